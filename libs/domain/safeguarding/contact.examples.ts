import type { CommandContext } from '@common-thread/eventing/decider';
import type { GivenFact } from '@common-thread/eventing/given-when-then';
import { contextAt } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { ContactCommand, ReceiveContact } from './contact.js';
import type { ContactEvent } from './events.js';

/** One contact for the specs: the facts of its story, and the commands that lead to them. */
type Fact = GivenFact<ContactEvent> & { readonly id: string };

const now = '2026-03-02T10:00:00.000Z';
export const contactId = derivedId('spec', 'contact');
export const referralId = derivedId('spec', 'referral');
export const familyId = derivedId('spec', 'family');
export const maya = derivedId('spec', 'maya');
export const tom = derivedId('spec', 'tom');

export function asked<Type extends ContactCommand['type']>(
  type: Type,
  data: Extract<ContactCommand, { type: Type }>['data'],
  change: Partial<CommandContext> = {},
) {
  const context = contextAt(now, { subjectId: contactId, ...change });
  return { type, data, context } as Extract<ContactCommand, { type: Type }>;
}

export const call: ReceiveContact['data'] = {
  hub: 'fairholme-hub.safeguarding-hub',
  channel: 'phone',
  source: '2A',
  concern: 'Teacher heard shouting at the gate.',
};
export const referred: ReceiveContact['data'] = {
  hub: 'fairholme-hub.safeguarding-hub',
  channel: 'form',
  source: '8',
  reference: 'CT-4F7K-29QD',
  referrer: 'larkfield-centres.childrens-centre',
  referralId,
  familyId,
  childIds: [maya],
};

const fact = (event: ContactEvent): Fact => ({ ...event, id: derivedId('spec', event.type) });
export const received = fact({
  type: 'ContactReceived',
  data: { ...call, concern: 'box.v1.e.e', reference: 'CT-0000-0000' },
});
export const receivedByReferral = fact({
  type: 'ContactReceived',
  data: { ...referred, reference: 'CT-4F7K-29QD' },
});
export const linked = fact({ type: 'ContactLinked', data: { familyId, childIds: [maya] } });
export const rated = fact({
  type: 'ContactRated',
  data: { rating: 'amber', reason: 'box.v1.e.e' },
});
export const rerated = fact({
  type: 'ContactRerated',
  data: { rating: 'red', previous: 'amber', reason: 'box.v1.e.e' },
});
export const decided = fact({
  type: 'ContactDecided',
  data: { outcomes: ['advice'], rationale: 'box.v1.e.e', decidedBy: 'manager-1' },
});
export const told = fact({
  type: 'FeedbackGiven',
  data: { channel: 'phone', words: 'box.v1.e.e' },
});
export const inError = fact({ type: 'ContactRecordedInError', data: { reason: 'duplicate' } });
export const withdrawn = (withdraws: string): Fact =>
  fact({ type: 'RecordWithdrawn', data: { withdraws, reason: 'wrong-family' } });
