import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Household } from './county.js';
import { health, hub } from './county.js';
import type { Recorder } from './recording.js';

const CALLER = 'Thistle Undergrowth of 9 Mallow Way';

/** What is recorded beside a household, in the words of the specs of a copy. */
export class BesideHousehold {
  constructor(private readonly recorder: Recorder) {}

  record(streamId: string, event: CommonThreadEvent, controller = 'fairholme-hub') {
    return this.recorder.record(streamId, event, { controller });
  }

  /** A sibling of whom a note and a referral speak too, and a contact taken by telephone. */
  async withSibling(home: Household, seed: string) {
    const [siblingId, contactId] = [derivedId('sibling', seed), derivedId('contact', seed)];
    const { childId, familyId, registration } = home;
    await this.record(`person-${siblingId}`, {
      type: 'PersonRegistered',
      data: { personId: siblingId, kind: 'child', givenName: 'Bramble', familyName: 'Secondname' },
    });
    await this.record(`membership-${derivedId('sibling', 'membership', seed)}`, {
      type: 'MembershipBegan',
      data: { familyId, personId: siblingId, position: 'child' },
    });
    for (const [personIds, note] of [
      [[childId], 'Played happily.'],
      [[childId, siblingId], 'They squabbled over Bramble’s shoes.'],
    ] as const) {
      await this.record(
        registration,
        {
          type: 'SessionAttended',
          data: { personIds: [...personIds], activity: 'stay-and-play', placeId: 'oak', note },
        },
        'larkfield-centres',
      );
    }
    const contact = `contact-${contactId}`;
    await this.record(contact, {
      type: 'ContactReceived',
      data: {
        hub,
        channel: 'phone',
        source: '1B',
        reference: 'CT-7H2M-19QX',
        familyId,
        childIds: [childId],
        need: 'N1',
        concern: 'Left alone in the evening.',
        callerDetails: CALLER,
      },
    });
    await this.record(contact, {
      type: 'ContactRated',
      data: { rating: 'amber', reason: 'Young and alone.' },
    });
    return { siblingId, contactId };
  }

  /** A referral of which the parents are not told because it would raise the harm. */
  secret({ childId, familyId }: Household, seed: string) {
    return this.record(
      `referral-${derivedId('referral', seed)}`,
      {
        type: 'ReferralRaised',
        data: {
          familyId,
          childIds: [childId],
          from: health,
          to: hub,
          reference: 'CT-4F7K-29QD',
          need: 'N1',
          level: '4',
          statement: 'witnessed',
          parentsInformed: 'not-informed',
          groundNotInformed: 'raises-harm',
          concern: 'Unexplained marks were seen.',
        },
      },
      'fairholme-health',
    );
  }

  restrict(familyId: string) {
    return this.record(`restriction-${familyId}`, {
      type: 'FamilyRestricted',
      data: {
        familyId,
        hub,
        ground: 'witness-protection',
        authority: 'director',
        speakTo: 'service-manager',
        reviewOn: '2026-03-01',
      },
    });
  }
}
