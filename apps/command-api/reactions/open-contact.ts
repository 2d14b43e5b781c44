import type { ContactSource } from '@common-thread/domain/code-lists';
import type { Audience, RecipientId } from '@common-thread/domain/identifiers';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { derivedId, idOfStream } from '@common-thread/eventing/identifiers';
import type { Reaction } from './reaction.js';
import { commandIdOf } from './reaction.js';

/** Under which source code the hub counts a referral (children in need census). */
const sources: Readonly<Record<Audience, ContactSource>> = {
  'childrens-centre': '8',
  'health-visiting': '3B',
  'safeguarding-hub': '5A',
  'partnership-board': '5B',
};

const STEP = 'open-contact';

/** A referral raised to a hub opens a contact there, under the referral's own reference. */
export const openContact: Reaction = {
  name: 'open-contact',
  on: ['ReferralRaised'],

  async react(cause, { records }) {
    if (cause.type !== 'ReferralRaised') return [];
    const referralId = idOfStream('referral', cause.streamId);
    const history = await records.history('referral', referralId);
    if (history.some(({ data }) => 'withdraws' in data && data.withdraws === cause.id)) return [];
    const { familyId, childIds, from, to, reference, need, concern } = cause.data;
    return [
      {
        step: STEP,
        intent: {
          category: 'contact',
          id: derivedId(commandIdOf(cause.id, STEP), 'contact'),
          type: 'ReceiveContact',
          data: {
            hub: to,
            channel: 'form',
            source: sourceOf(from),
            reference,
            referrer: from,
            referralId,
            familyId,
            childIds,
            need,
            concern, // a box, carried unopened
          },
        },
        inTheNameOf: to,
        // However late it was written down, the hub has it from now.
        occurredAt: cause.metadata.recordedAt,
      },
    ];
  },
};

function sourceOf(referrer: RecipientId): ContactSource {
  return sources[partsOfRecipient(referrer).audience];
}
