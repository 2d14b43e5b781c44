import type { Command, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { sameMembers, neededTextRefusal, listRefusal } from '../limits.js';
import { beforeItBegan, occurrenceRefusal } from '../occurrence.js';
import type { Standing, WithdrawRecord } from '../record-withdrawn.js';
import { decideWithdrawal, standing, unlessWithdrawn } from '../record-withdrawn.js';
import { decisionRefusal } from './contact-decision.js';
import { receptionRefusal } from './contact-reception.js';
import type { ContactEvent } from './events.js';
import { referenceOf } from '../reference-number.js';

type Received = DataOf<ContactEvent, 'ContactReceived'>;
type Linked = DataOf<ContactEvent, 'ContactLinked'>;
type Rated = DataOf<ContactEvent, 'ContactRated'>;
type Decided = DataOf<ContactEvent, 'ContactDecided'>;

/**
 * A contact that answers a referral keeps the referral's reference; any other gets its own from
 * its id. What a caller asks for themselves is a fact of its own.
 */
export type ReceiveContact = Command<
  'ReceiveContact',
  Omit<Received, 'reference'> &
    Partial<Pick<Received, 'reference'>> & { readonly wishesAnonymity?: boolean }
>;
export type LinkContact = Command<'LinkContact', Linked>;
/** Rates at first and re-rates after; another rating needs its own reason. */
export type RateContact = Command<'RateContact', Rated>;
export type DecideContact = Command<'DecideContact', Decided>;
export type GiveFeedback = Command<'GiveFeedback', DataOf<ContactEvent, 'FeedbackGiven'>>;
export type RecordContactInError = Command<
  'RecordContactInError',
  DataOf<ContactEvent, 'ContactRecordedInError'>
>;
export type ContactCommand =
  | ReceiveContact
  | LinkContact
  | RateContact
  | DecideContact
  | GiveFeedback
  | RecordContactInError
  | WithdrawRecord;

export interface Contact {
  readonly received: (Standing & Pick<Received, 'hub' | 'referralId'>) | undefined;
  /** Of the link that stands, or named when it was received. */
  readonly linked: (Standing & Linked) | undefined;
  readonly rating: Rated['rating'] | undefined;
  readonly decided: (Standing & Omit<Decided, 'rationale'>) | undefined;
  readonly told: Standing | undefined;
  readonly inError: Standing | undefined;
  /** Everything after its reception that stands, oldest first. */
  readonly later: readonly Standing[];
  readonly withdrawn: readonly string[];
}

const nothing: Contact = {
  received: undefined,
  linked: undefined,
  rating: undefined,
  decided: undefined,
  told: undefined,
  inError: undefined,
  later: [],
  withdrawn: [],
};

/**
 * Anything reaching the front door about a child: received, linked, rated, decided, and its caller
 * told.
 */
export const contact: Decider<ContactCommand, ContactEvent, Contact> = {
  category: 'contact',
  initialState: nothing,

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    if (command.type === 'ReceiveContact') return receive(command, state);
    if (command.type === 'WithdrawRecord') {
      return decideWithdrawal(command, {
        beginning: state.received,
        alone: state.linked && state.linked.id !== state.received?.id ? [state.linked] : [],
        resting: state.later,
        withdrawn: state.withdrawn,
      });
    }
    const { received } = state;
    if (!received) {
      return new Refusal('contact/not-received', 'There is no such contact. Record it first.');
    }
    const early = beforeItBegan(command.context, received.at);
    if (early) return early;
    if (command.type === 'RecordContactInError') return recordInError(command, state);
    if (state.inError) {
      return new Refusal(
        'contact/in-error',
        'This contact was recorded in error and is closed. Record a new contact.',
      );
    }
    switch (command.type) {
      case 'LinkContact':
        return link(command, state);
      case 'RateContact':
        return rate(command, state);
      case 'DecideContact':
        return decideOn(command, state);
      case 'GiveFeedback':
        return tell(command, state);
    }
  },

  evolve(state, event) {
    const at = standing(event);
    const later = [...state.later, at];
    switch (event.type) {
      case 'ContactReceived': {
        const { hub, referralId, familyId, childIds } = event.data;
        const linked = familyId && childIds ? { ...at, familyId, childIds } : undefined;
        return { ...state, received: { ...at, hub, ...(referralId && { referralId }) }, linked };
      }
      case 'ContactLinked':
        return { ...state, later, linked: { ...at, ...event.data } };
      case 'AnonymityRequested':
        return { ...state, later };
      case 'ContactRated':
      case 'ContactRerated':
        return { ...state, later, rating: event.data.rating };
      case 'ContactDecided': {
        const { rationale: _, ...decided } = event.data;
        return { ...state, later, decided: { ...at, ...decided } };
      }
      case 'FeedbackGiven':
        return { ...state, later, told: at };
      case 'ContactRecordedInError':
        return { ...state, later, inError: at };
      case 'RecordWithdrawn':
        return withoutEvent(state, event.data.withdraws);
    }
  },
};

/** Only the reception, with everything, and a link by itself are ever withdrawn. */
function withoutEvent(state: Contact, id: string): Contact {
  const withdrawn = [...state.withdrawn, id];
  if (state.received?.id === id) return { ...nothing, withdrawn };
  const later = state.later.filter((each) => each.id !== id);
  return { ...state, linked: unlessWithdrawn(state.linked, id), later, withdrawn };
}

function receive({ data, context }: ReceiveContact, { received, withdrawn }: Contact) {
  if (received || withdrawn.length > 0) {
    return received?.hub === data.hub &&
      data.referralId !== undefined &&
      received.referralId === data.referralId
      ? []
      : new Refusal(
          'contact/already-received',
          'This contact is recorded already. Record another as a new one.',
        );
  }
  const { wishesAnonymity, ...reception } = data;
  const reference = data.reference ?? referenceOf(context.subjectId);
  return (
    receptionRefusal(data, context) ?? [
      { type: 'ContactReceived' as const, data: { ...reception, reference } },
      ...(wishesAnonymity
        ? [{ type: 'AnonymityRequested' as const, data: { source: data.source } }]
        : []),
    ]
  );
}

function link({ data }: LinkContact, { linked }: Contact) {
  if (linked) {
    return linked.familyId === data.familyId && sameMembers(linked.childIds, data.childIds)
      ? []
      : new Refusal(
          'contact/already-linked',
          'This contact is linked already. Withdraw that link first, then link it to the right ' +
            'family and children.',
          '/familyId',
        );
  }
  return listRefusal(data.childIds, '/childIds') ?? [{ type: 'ContactLinked' as const, data }];
}

const reasonMissing = new Refusal(
  'contact/reason-missing',
  'Give a reason for this rating.',
  '/reason',
);

function rate({ data }: RateContact, { rating, decided }: Contact) {
  const refusal = neededTextRefusal(data.reason, reasonMissing);
  if (refusal) return refusal;
  if (rating === data.rating) return [];
  if (decided) {
    return new Refusal(
      'contact/already-decided',
      'This contact is decided, so its rating stays. If there is news, record a new contact.',
    );
  }
  return rating === undefined
    ? [{ type: 'ContactRated' as const, data }]
    : [{ type: 'ContactRerated' as const, data: { ...data, previous: rating } }];
}

function decideOn({ data, context }: DecideContact, { received, rating, decided }: Contact) {
  if (decided) {
    const same =
      sameMembers(decided.outcomes, data.outcomes) &&
      decided.decidedBy === data.decidedBy &&
      decided.returnReason === data.returnReason;
    return same
      ? []
      : new Refusal(
          'contact/already-decided',
          'This contact is decided already. If there is news, record a new contact.',
        );
  }
  // An extract seldom says how a contact was rated at the time.
  if (rating === undefined && !context.imported) {
    return new Refusal('contact/not-rated', 'Rate the contact before it is decided.');
  }
  return (
    decisionRefusal(data, received?.referralId !== undefined) ?? [
      { type: 'ContactDecided' as const, data },
    ]
  );
}

const wordsMissing = new Refusal(
  'contact/words-missing',
  'Write down what the referrer was told.',
  '/words',
);

function tell({ data }: GiveFeedback, { decided, told }: Contact) {
  if (!decided) {
    return new Refusal('contact/not-decided', 'Decide the contact before telling the referrer.');
  }
  if (told) {
    return new Refusal(
      'contact/feedback-already-given',
      'The referrer has been told already. If there is more to tell, ring them and record it ' +
        'in a new contact.',
    );
  }
  return neededTextRefusal(data.words, wordsMissing) ?? [{ type: 'FeedbackGiven' as const, data }];
}

function recordInError({ data }: RecordContactInError, { inError }: Contact) {
  return inError ? [] : [{ type: 'ContactRecordedInError' as const, data }];
}
