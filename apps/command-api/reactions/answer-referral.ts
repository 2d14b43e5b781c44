import { acceptsReferral } from '@common-thread/domain/contact-outcomes';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { RecipientId } from '@common-thread/domain/identifiers';
import type { ReferralEvent } from '@common-thread/domain/referral/events';
import type { Referral } from '@common-thread/domain/referral/referral';
import type { ContactEvent } from '@common-thread/domain/safeguarding/events';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { idOfStream } from '@common-thread/eventing/identifiers';
import type { IntentOf } from '../commands/deciders.js';
import { deciders } from '../commands/deciders.js';
import type { Records } from '../records.js';
import type { Reaction } from './reaction.js';
import { whenCaused } from './reaction.js';

/** A contact that answers a referral, and how that referral stands. */
interface Answering {
  readonly contactId: string;
  readonly hub: RecipientId;
  /** The reception of the contact. */
  readonly receptionId: string;
  readonly referralId: string;
  readonly referral: Referral;
}

/**
 * What becomes of a contact answers the referral behind it: acknowledged when the contact opens, accepted
 * or returned when it is decided, told and closed when the referrer has been told. Where the contact
 * turns out to be a mistake the referral is returned and closed: the referrer is never left unanswered.
 */
export const answerReferral: Reaction = {
  name: 'answer-referral',
  on: [
    'ContactReceived',
    'ContactDecided',
    'FeedbackGiven',
    'ContactRecordedInError',
    'RecordWithdrawn',
  ],

  async react(cause, { records }) {
    if (!cause.streamId.startsWith('contact-')) return [];
    const answering = await answeringOf(records, idOfStream('contact', cause.streamId));
    // A referral that has been withdrawn asks for no answer any more.
    if (!answering?.referral.raised) return [];
    return answersOf(cause, answering).map((intent) => ({
      step: intent.type,
      intent,
      inTheNameOf: answering.hub,
      ...whenCaused(cause),
    }));
  },
};

type Answer = IntentOf<'referral'>;

function answersOf(cause: RecordedCommonThreadEvent, answering: Answering): readonly Answer[] {
  const { contactId } = answering;
  const answer = <Type extends Answer['type']>(
    type: Type,
    data: Extract<Answer, { type: Type }>['data'],
  ) => ({ category: 'referral', id: answering.referralId, type, data }) as Answer;
  if (cause.type === 'ContactReceived') return [answer('AcknowledgeReferral', { contactId })];
  if (cause.type === 'ContactDecided') {
    const { outcomes, returnReason } = cause.data;
    return acceptsReferral(outcomes)
      ? [answer('AcceptReferral', { outcomes })]
      : [answer('ReturnReferral', { outcomes, reason: returnReason ?? 'other-service' })];
  }
  if (cause.type === 'FeedbackGiven') {
    return [answer('RecordReferrerTold', { contactId }), answer('CloseReferral', { contactId })];
  }
  const mistake = mistakeIn(cause, answering);
  if (mistake === undefined) return [];
  const returned = { outcomes: [], reason: whyReturned(mistake) };
  const unanswered = answering.referral.answer === undefined;
  return [
    ...(unanswered ? [answer('ReturnReferral', returned)] : []),
    answer('CloseReferral', { contactId }),
  ];
}

/** Why the contact itself was a mistake; undefined where it stands, also where a link of it is withdrawn. */
function mistakeIn(
  cause: RecordedCommonThreadEvent,
  { receptionId }: Answering,
): WithdrawalReason | undefined {
  if (cause.type === 'ContactRecordedInError') return cause.data.reason;
  return cause.type === 'RecordWithdrawn' && cause.data.withdraws === receptionId
    ? cause.data.reason
    : undefined;
}

type WithdrawalReason = DataOf<ContactEvent, 'ContactRecordedInError'>['reason'];
type ReturnReason = DataOf<ReferralEvent, 'ReferralReturned'>['reason'];

/** A mistake of the hub's is no judgement of the family: whoever referred is asked to come back. */
function whyReturned(reason: WithdrawalReason): ReturnReason {
  return reason === 'duplicate' ? 'duplicate' : 'more-information-needed';
}

async function answeringOf(records: Records, contactId: string): Promise<Answering | undefined> {
  const [received] = await records.history('contact', contactId);
  if (received?.type !== 'ContactReceived') return undefined;
  const { hub, referralId } = received.data;
  if (referralId === undefined) return undefined;
  const rules = deciders.referral;
  const history = await records.history('referral', referralId);
  const referral = history.reduce((s, event) => rules.evolve(s, event), rules.initialState);
  return { contactId, hub, receptionId: received.id, referralId, referral };
}
