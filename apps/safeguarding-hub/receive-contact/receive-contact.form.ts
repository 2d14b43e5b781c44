import {
  contactChannels,
  contactSources,
  primaryNeeds,
  publicSources,
} from '@common-thread/domain/code-lists';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { typedChoices, typedText } from '@common-thread/platform/pages/typed-fields';

/** The body of `POST /v1/contacts`. */
export interface ContactAnswers {
  readonly channel: string;
  readonly source: string;
  readonly need?: string;
  readonly concern: string;
  readonly describedAs?: string;
  readonly callerDetails?: string;
  readonly wishesAnonymity?: boolean;
  readonly familyId?: string;
  readonly childIds?: readonly string[];
}

const messages = {
  channel: 'Choose how they got in touch',
  source: 'Choose who got in touch',
  concern: 'Write down what they told you',
  describedAs: 'Write down who it is about, as they described them',
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Census source "anonymous": whoever asked not to be known is not written down. */
const ANONYMOUS = '9';
/** The one choice of a question that is asked by ticking. */
export const WISHED = 'yes';

/** The child a look-up found, carried by the form; undefined where it was recorded without one. */
export function matchedChild(
  typed: TypedFields,
): { readonly familyId: string; readonly childId: string } | undefined {
  const [familyId, childId] = [typedText(typed, 'familyId'), typedText(typed, 'childId')];
  return UUID.test(familyId) && UUID.test(childId) ? { familyId, childId } : undefined;
}

export function checkContact(typed: TypedFields): Checked<ContactAnswers> {
  const answers = new Answers(typed);
  const matched = matchedChild(typed);
  const channel = answers.oneOf('channel', contactChannels, messages.channel);
  const source = answers.oneOf('source', contactSources, messages.source);
  const callerDetails = answers.optionalText('callerDetails', 2_000);
  if (source === ANONYMOUS && callerDetails !== undefined) {
    answers.wrong('callerDetails', 'Leave this empty: an anonymous caller is not written down');
  }
  const wishes = typedChoices(typed, 'wishesAnonymity').includes(WISHED);
  if (wishes && source !== undefined && !publicSources.some((code) => code === source)) {
    answers.wrong('wishesAnonymity', 'Only a member of the public may ask to stay anonymous');
  }
  if (wishes && callerDetails === undefined) {
    answers.wrong('callerDetails', 'Write down who they are, or choose an anonymous caller');
  }
  const describedAs = matched
    ? undefined
    : answers.text('describedAs', messages.describedAs, 2_000);
  const concern = answers.text('concern', messages.concern);
  const need = answers.optionalOneOf('need', primaryNeeds);
  return answers.checked(() =>
    channel && source
      ? {
          channel,
          source,
          concern,
          ...(need ? { need } : {}),
          ...(describedAs ? { describedAs } : {}),
          ...(callerDetails ? { callerDetails } : {}),
          ...(wishes ? { wishesAnonymity: true } : {}),
          ...(matched ? { familyId: matched.familyId, childIds: [matched.childId] } : {}),
        }
      : undefined,
  );
}
