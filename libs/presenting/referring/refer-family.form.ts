import {
  groundsNotInformed,
  levelsOfNeed,
  parentsInformed,
  primaryNeeds,
  statementTypes,
} from '@common-thread/domain/code-lists';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';

/** Who and where a referral may be about and to. */
export interface ReferralChoices {
  readonly childIds: readonly string[];
  readonly hubs: readonly string[];
}

/** The body of `POST /v1/referrals`, without the family. */
export interface ReferralAnswers {
  readonly childIds: readonly string[];
  readonly to: string;
  readonly need: string;
  readonly level: string;
  readonly statement: string;
  readonly parentsInformed: string;
  readonly groundNotInformed?: string;
  readonly concern: string;
  readonly supportTried?: string;
  readonly safeContact?: string;
  readonly referrerContact: string;
}

const messages = {
  childIds: 'Choose the child or children you are worried about',
  to: 'Choose the hub to refer to',
  concern: 'Say what you are worried about',
  statement: 'Say whether you saw this, were told it, or think it',
  need: 'Choose the main need',
  level: 'Choose the level of need',
  parentsInformed: 'Say whether the parents know about this referral',
  groundNotInformed: 'Say why the parents have not been told',
  referrerContact: 'Give your name and a number the hub can ring you on',
};

/** Checks *Refer a family*. @param choices children of this family and hubs there are */
export function checkReferral(
  typed: TypedFields,
  choices: ReferralChoices,
): Checked<ReferralAnswers> {
  const answers = new Answers(typed);
  const childIds = answers.someOf('childIds', choices.childIds, messages.childIds);
  const [onlyHub] = choices.hubs;
  const to = choices.hubs.length === 1 ? onlyHub : answers.oneOf('to', choices.hubs, messages.to);
  const concern = answers.text('concern', messages.concern);
  const statement = answers.oneOf('statement', statementTypes, messages.statement);
  const need = answers.oneOf('need', primaryNeeds, messages.need);
  const level = answers.oneOf('level', levelsOfNeed, messages.level);
  const informed = answers.oneOf('parentsInformed', parentsInformed, messages.parentsInformed);
  const ground = answers.optionalOneOf('groundNotInformed', groundsNotInformed);
  if (informed === 'not-informed' && ground === undefined) {
    answers.wrong('groundNotInformed', messages.groundNotInformed);
  }
  const supportTried = answers.optionalText('supportTried');
  const safeContact = answers.optionalText('safeContact');
  const referrerContact = answers.text('referrerContact', messages.referrerContact, 500);
  return answers.checked(() =>
    to && statement && need && level && informed
      ? {
          childIds,
          to,
          need,
          level,
          statement,
          parentsInformed: informed,
          ...(informed === 'not-informed' && ground ? { groundNotInformed: ground } : {}),
          concern,
          ...(supportTried ? { supportTried } : {}),
          ...(safeContact ? { safeContact } : {}),
          referrerContact,
        }
      : undefined,
  );
}
