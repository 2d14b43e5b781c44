import type { Command, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { audienceRefusal } from '../audience-rule.js';
import { acceptsReferral, outcomesRefusal } from '../contact-outcomes.js';
import { listRefusal, neededTextRefusal, sameMembers, textRefusal } from '../limits.js';
import { beforeItBegan, occurrenceRefusal } from '../occurrence.js';
import type { Standing, WithdrawRecord } from '../record-withdrawn.js';
import { decideWithdrawal, standing } from '../record-withdrawn.js';
import { referenceOf } from '../reference-number.js';
import type { ReferralEvent } from './events.js';

type Raised = DataOf<ReferralEvent, 'ReferralRaised'>;

/** The reference to quote is worked out from the referral's id. */
export type RaiseReferral = Command<'RaiseReferral', Omit<Raised, 'reference'>>;
/** The hub has it: `contactId` is the contact it opened. */
export type AcknowledgeReferral = Command<
  'AcknowledgeReferral',
  DataOf<ReferralEvent, 'ReferralAcknowledged'>
>;
export type AcceptReferral = Command<'AcceptReferral', DataOf<ReferralEvent, 'ReferralAccepted'>>;
export type ReturnReferral = Command<'ReturnReferral', DataOf<ReferralEvent, 'ReferralReturned'>>;
export type RecordReferrerTold = Command<
  'RecordReferrerTold',
  DataOf<ReferralEvent, 'ReferrerTold'>
>;
/** Told and done, or its contact turned out to be recorded in error. */
export type CloseReferral = Command<'CloseReferral', DataOf<ReferralEvent, 'ReferralClosed'>>;
/** What the hub answers; each step only from the ones `moves` names. */
export type AnswerReferral =
  AcknowledgeReferral | AcceptReferral | ReturnReferral | RecordReferrerTold | CloseReferral;
export type ReferralCommand = RaiseReferral | AnswerReferral | WithdrawRecord;

type Status = 'none' | 'raised' | 'acknowledged' | 'accepted' | 'returned' | 'told' | 'closed';

export interface Referral {
  readonly status: Status;
  readonly raised: (Standing & Pick<Raised, 'familyId' | 'childIds' | 'from' | 'to'>) | undefined;
  readonly contactId: string | undefined;
  readonly answer: DataOf<ReferralEvent, 'ReferralAccepted' | 'ReferralReturned'> | undefined;
  readonly told: boolean;
  /** Everything recorded after it was raised, oldest first. */
  readonly answers: readonly Standing[];
  readonly withdrawn: readonly string[];
}

const nothing: Referral = {
  status: 'none',
  raised: undefined,
  contactId: undefined,
  answer: undefined,
  told: false,
  answers: [],
  withdrawn: [],
};

/** From which status each answer may follow. */
const moves = {
  AcknowledgeReferral: ['raised'],
  AcceptReferral: ['acknowledged'],
  ReturnReferral: ['acknowledged'],
  RecordReferrerTold: ['accepted', 'returned'],
  CloseReferral: ['raised', 'acknowledged', 'accepted', 'returned', 'told'],
} as const satisfies Record<AnswerReferral['type'], readonly Status[]>;

/** One agency's request to the hub and what became of it, on the agency's own line. */
export const referral: Decider<ReferralCommand, ReferralEvent, Referral> = {
  category: 'referral',
  initialState: nothing,

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    if (command.type === 'RaiseReferral') return raise(command, state);
    if (command.type !== 'WithdrawRecord') return answer(command, state);
    return decideWithdrawal(command, {
      beginning: state.raised,
      alone: [], // what the hub answered is the hub's; it is put right at its contact
      resting: state.answers,
      withdrawn: state.withdrawn,
    });
  },

  evolve(state, event) {
    const answers = [...state.answers, standing(event)];
    switch (event.type) {
      case 'ReferralRaised': {
        const { familyId, childIds, from, to } = event.data;
        const raised = { ...standing(event), familyId, childIds, from, to };
        return { ...state, status: 'raised', raised };
      }
      case 'ReferralAcknowledged':
        return { ...state, answers, status: 'acknowledged', contactId: event.data.contactId };
      case 'ReferralAccepted':
        return { ...state, answers, status: 'accepted', answer: event.data };
      case 'ReferralReturned':
        return { ...state, answers, status: 'returned', answer: event.data };
      case 'ReferrerTold':
        return { ...state, answers, status: 'told', told: true };
      case 'ReferralClosed':
        return { ...state, answers, status: 'closed' };
      case 'RecordWithdrawn': {
        const withdrawn = [...state.withdrawn, event.data.withdraws];
        if (state.raised?.id === event.data.withdraws) return { ...nothing, withdrawn };
        return { ...state, withdrawn };
      }
    }
  },
};

function raise({ data, context }: RaiseReferral, { raised, withdrawn }: Referral) {
  if (raised || withdrawn.length > 0) {
    return new Refusal(
      'referral/already-raised',
      'This referral has been raised already. To tell the hub more, raise another or ring the ' +
        'hub.',
    );
  }
  return (
    audienceRefusal(data.to, 'safeguarding-hub', '/to') ??
    listRefusal(data.childIds, '/childIds') ??
    groundRefusal(data) ??
    neededTextRefusal(data.concern, concernMissing) ??
    textRefusal(data.supportTried, '/supportTried') ??
    textRefusal(data.safeContact, '/safeContact') ??
    textRefusal(data.referrerContact, '/referrerContact') ?? [
      {
        type: 'ReferralRaised' as const,
        data: { ...data, reference: referenceOf(context.subjectId) },
      },
    ]
  );
}

/**
 * Parents are told unless telling them would do harm, and then the ground is part of the record.
 */
function groundRefusal({
  parentsInformed,
  groundNotInformed,
}: RaiseReferral['data']): Refusal | undefined {
  if (parentsInformed === 'not-informed' && groundNotInformed === undefined) {
    return new Refusal(
      'referral/ground-missing',
      'Say why the parents have not been told, or tell them first if that is safe.',
      '/groundNotInformed',
    );
  }
  if (parentsInformed !== 'not-informed' && groundNotInformed !== undefined) {
    return new Refusal(
      'referral/ground-without-need',
      'A ground for not telling the parents is given, yet they have been told. Leave out one ' +
        'of the two.',
      '/groundNotInformed',
    );
  }
  return undefined;
}

const concernMissing = new Refusal(
  'referral/concern-missing',
  'Say what you are worried about.',
  '/concern',
);

function answer(command: AnswerReferral, state: Referral): readonly ReferralEvent[] | Refusal {
  const { raised, status } = state;
  if (!raised) {
    return new Refusal('referral/not-raised', 'There is no such referral. Raise it first.');
  }
  if (isAnswered(command, state)) return [];
  const allowed: readonly Status[] = moves[command.type];
  if (!allowed.includes(status)) return outOfTurn(status);
  return (
    beforeItBegan(command.context, raised.at) ??
    contactRefusal(command, state.contactId) ??
    answerRefusal(command) ?? [answerEvent(command)]
  );
}

/** Whether the referral has been answered so already. */
function isAnswered(
  command: AnswerReferral,
  { status, answer, contactId, told }: Referral,
): boolean {
  switch (command.type) {
    case 'AcknowledgeReferral':
      return contactId === command.data.contactId;
    case 'AcceptReferral':
      return (
        answer !== undefined &&
        !('reason' in answer) &&
        sameMembers(answer.outcomes, command.data.outcomes)
      );
    case 'ReturnReferral':
      return (
        answer !== undefined &&
        'reason' in answer &&
        answer.reason === command.data.reason &&
        sameMembers(answer.outcomes, command.data.outcomes)
      );
    case 'RecordReferrerTold':
      return told && contactId === command.data.contactId;
    case 'CloseReferral':
      return status === 'closed';
  }
}

const outOfTurnWords: Record<Status, string> = {
  none: 'Raise the referral first.',
  raised: 'The hub has not acknowledged this referral yet. Acknowledge it first.',
  acknowledged: 'The hub has not answered this referral yet. Accept or return it first.',
  accepted: 'This referral has been accepted already.',
  returned: 'This referral has been returned already.',
  told: 'The referrer has been told already; close the referral, or raise another.',
  closed: 'This referral is closed. Raise another.',
};

function outOfTurn(status: Status): Refusal {
  return new Refusal('referral/out-of-turn', outOfTurnWords[status]);
}

/** One referral, one contact: what another contact came to is no answer to it. */
function contactRefusal(
  command: AnswerReferral,
  contactId: string | undefined,
): Refusal | undefined {
  const named = 'contactId' in command.data ? command.data.contactId : undefined;
  if (named === undefined || contactId === undefined || named === contactId) return undefined;
  return new Refusal(
    'referral/other-contact',
    'This referral was acknowledged with another contact. Name that one.',
    '/contactId',
  );
}

function answerRefusal(command: AnswerReferral): Refusal | undefined {
  if (command.type !== 'AcceptReferral' && command.type !== 'ReturnReferral') return undefined;
  const { outcomes } = command.data;
  const contradiction = outcomes.length === 0 ? undefined : outcomesRefusal(outcomes);
  if (contradiction) return contradiction;
  if (acceptsReferral(outcomes) === (command.type === 'AcceptReferral')) return undefined;
  return new Refusal(
    'referral/outcomes-contradict',
    'A referral is accepted where an outcome takes it on (new or existing referral, child ' +
      'protection enquiry), and returned otherwise.',
    '/outcomes',
  );
}

function answerEvent(command: AnswerReferral): ReferralEvent {
  switch (command.type) {
    case 'AcknowledgeReferral':
      return { type: 'ReferralAcknowledged', data: command.data };
    case 'AcceptReferral':
      return { type: 'ReferralAccepted', data: command.data };
    case 'ReturnReferral':
      return { type: 'ReferralReturned', data: command.data };
    case 'RecordReferrerTold':
      return { type: 'ReferrerTold', data: command.data };
    case 'CloseReferral':
      return { type: 'ReferralClosed', data: command.data };
  }
}
