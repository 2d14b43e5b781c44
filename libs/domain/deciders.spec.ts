import type { Command, Decider } from '@common-thread/eventing/decider';
import type { DomainEvent } from '@common-thread/eventing/event-shapes';
import { BOX_PREFIX } from '@common-thread/eventing/sealing';
import fc from 'fast-check';
import { caseload } from './engagement/caseload.js';
import { registration } from './engagement/registration.js';
import { codec, contexts } from './event-catalogue.js';
import { family } from './family/family.js';
import { membership } from './family/membership.js';
import { familySharing } from './need-to-know/family-sharing.js';
import { shielding } from './need-to-know/shielding.js';
import { person } from './person/person.js';
import type { Step, Story, Told } from './random-commands.examples.js';
import { run } from './random-commands.examples.js';
import { sharings, shieldings } from './random-sharing.examples.js';
import { tables } from './random-table.examples.js';
import * as random from './random-steps.examples.js';
import { referral } from './referral/referral.js';
import { erasure } from './erasure/erasure.js';
import { restriction } from './restriction/restriction.js';
import { contact } from './safeguarding/contact.js';
import type { ContactEvent } from './safeguarding/events.js';
import { glass } from './break-glass/glass.js';
import { agreement } from './sharing/agreement.js';
import { table } from './sharing/table.js';

/** Commands whose words are sealed, so that no rule can tell a repetition: their ids tell it. */
const sealedWords = [
  'ChangeAddress',
  'CorrectAddress',
  'CorrectPersonDetails',
  'DecideToShare',
  'DecideNotToShare',
  'RecordViews',
];

/** Where a test asks that every kind of event came up, the same stories come every time. */
const seed = 20260302;

/** As the kernel appends it: personal fields in boxes. */
function encoded(event: DomainEvent & { readonly id: string }) {
  const data: Record<string, unknown> = { ...event.data };
  for (const { field } of codec.personalFieldsOf(event.type)) {
    if (data[field] !== undefined) data[field] = `${BOX_PREFIX}e.e`;
  }
  const at = '2026-03-20T10:00:00.000Z';
  return codec.encode({
    id: event.id,
    type: event.type,
    version: 0,
    data,
    metadata: {
      commandId: event.id,
      fingerprint: 'fingerprint',
      correlationId: event.id,
      organisation: 'agency',
      recordedBy: 'worker-1',
      role: 'worker',
      occurredAt: at,
      recordedAt: at,
    },
  });
}

function behaves<C extends Command, Event extends DomainEvent, State>(
  decider: Decider<C, Event, State>,
  taken: fc.Arbitrary<Step<C>[]>,
) {
  describe(decider.category, () => {
    it('records only what its declarations take', () => {
      fc.assert(
        fc.property(taken, (steps) => {
          for (const { event } of run(decider, steps).story) encoded(event);
        }),
      );
    });

    it('records nothing when the same is asked twice', () => {
      fc.assert(
        fc.property(taken, (steps) => {
          const { recordedTwice } = run(decider, steps);
          expect(recordedTwice.filter((type) => !sealedWords.includes(type))).toEqual([]);
        }),
      );
    });

    it('withdraws what was recorded, after it and once', () => {
      fc.assert(
        fc.property(taken, (steps) => {
          const standing = new Set<string>();
          for (const { event } of run(decider, steps).story) {
            const target = event.data['withdraws'];
            if (event.type !== 'RecordWithdrawn') standing.add(event.id);
            else expect(standing.delete(String(target))).toBe(true);
          }
        }),
      );
    });

    it('folds its events in whatever order they come, keeps no box and changes no state', () => {
      const types = Object.keys(contexts[decider.category]!.shapes);
      const story = taken.map((steps) => run(decider, steps).story.map(({ event }) => event));
      const shuffled = story.chain((events) => fc.shuffledSubarray(events));
      const seen = new Set<string>();
      fc.assert(
        fc.property(shuffled, (events) => {
          let state = frozen(decider.initialState);
          for (const event of events) {
            seen.add(event.type);
            const at = '2026-03-20T10:00:00.000Z';
            const metadata = { occurredAt: at, recordedAt: at, commandId: '', recordedBy: '' };
            const sealed = { ...event, data: encoded(event).data, metadata };
            state = frozen(decider.evolve(state, sealed));
            // What no state holds, no rule can read.
            expect(JSON.stringify(state)).not.toContain(BOX_PREFIX);
          }
        }),
        { numRuns: 150, seed },
      );
      expect([...seen].sort()).toEqual(types.sort());
    });
  });
}

/** Frozen to the bottom, so that writing to it throws. */
function frozen<State>(state: State): State {
  if (typeof state === 'object' && state !== null && !Object.isFrozen(state)) {
    Object.freeze(state);
    for (const part of Object.values(state)) frozen(part);
  }
  return state;
}

describe('whatever is asked, in whatever order,', () => {
  behaves(person, random.people);
  behaves(membership, random.memberships);
  behaves(family, random.families);
  behaves(registration, random.registrations);
  behaves(caseload, random.caseloads);
  behaves(referral, random.referrals);
  behaves(contact, random.contacts);
  behaves(restriction, random.restrictions);
  behaves(agreement, random.agreements);
  behaves(glass, random.glasses);
  behaves(erasure, random.erasures);
  behaves(table, tables);
  behaves(familySharing, sharings);
  behaves(shielding, shieldings);
});

/** The types of a story, in order, without the withdrawals that end it. */
function order(story: Story<DomainEvent>): string {
  return story.map(({ event }) => event.type).join(' ');
}

describe('the legal order', () => {
  it('of a referral is raised, acknowledged, answered, told, closed', () => {
    const legal = new RegExp(
      '^(ReferralRaised( ReferralAcknowledged( (ReferralAccepted|ReferralReturned)' +
        '( ReferrerTold)?)?)?( ReferralClosed)?( RecordWithdrawn)*)?$',
    );
    const furthest = { told: 0 };
    fc.assert(
      fc.property(random.referrals, (steps) => {
        const told = order(run(referral, steps).story);
        expect(told).toMatch(legal);
        if (told.includes('ReferrerTold ReferralClosed')) furthest.told += 1;
      }),
      { numRuns: 150, seed },
    );
    expect(furthest.told).toBeGreaterThan(0);
  });

  it('of a contact is received, rated, decided, told, and nothing once in error', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(random.contacts, (steps) => {
        const { story } = run(contact, steps);
        for (const [nth, each] of story.entries()) {
          told.add(each.event.type);
          expect(breaks(each, story.slice(0, nth))).toEqual([]);
        }
      }),
      { numRuns: 150, seed },
    );
    expect(told).toContain('FeedbackGiven');
  });
});

/** What an event of a contact breaks of the order, told from the story alone, apart from the rules. */
function breaks({ event, imported }: Told<ContactEvent>, story: Story<ContactEvent>): string[] {
  const earlier = story.map((each) => each.event);
  const had = (type: ContactEvent['type']) => earlier.some((each) => each.type === type);
  const withdrawn = earlier.some(
    (each) => each.type === 'RecordWithdrawn' && each.data.withdraws === earlier[0]?.id,
  );
  const ratings = earlier.flatMap((each) =>
    each.type === 'ContactRated' || each.type === 'ContactRerated' ? [each.data.rating] : [],
  );
  const goesOn = event.type !== 'RecordWithdrawn';
  const broken: Record<string, boolean> = {
    'begins with its reception': had('ContactReceived') === (event.type === 'ContactReceived'),
    'ends when withdrawn': withdrawn && goesOn,
    'ends when in error': had('ContactRecordedInError') && goesOn,
  };
  if (event.type === 'AnonymityRequested') {
    broken['is asked with the reception'] = earlier.at(-1)?.type !== 'ContactReceived';
  }
  if (event.type === 'ContactRated') {
    broken['is rated first once'] = ratings.length > 0 || had('ContactDecided');
  }
  if (event.type === 'ContactRerated') {
    const { rating, previous } = event.data;
    broken['is re-rated from its last rating'] =
      ratings.at(-1) !== previous || rating === previous;
    broken['keeps its rating once decided'] = had('ContactDecided');
  }
  if (event.type === 'ContactDecided') {
    const { outcomes, rationale } = event.data;
    broken['is decided once'] = had('ContactDecided');
    broken['is rated before it is decided'] = ratings.length === 0 && !imported;
    broken['is decided for a reason'] = outcomes.length === 0 || rationale.trim() === '';
  }
  if (event.type === 'FeedbackGiven') {
    broken['is told once decided, once'] = !had('ContactDecided') || had('FeedbackGiven');
  }
  return Object.entries(broken).flatMap(([rule, is]) => (is ? [rule] : []));
}
