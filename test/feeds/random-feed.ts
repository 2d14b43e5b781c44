import fc from 'fast-check';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { Fields } from '@common-thread/projecting/told-row';
import { ToldFeed } from './told-feed.js';

/** One thing a relay tells, chosen at random; numbers pick among what there is by then. */
export type Step =
  | {
      readonly do: 'tell';
      readonly kind: number;
      readonly thing: number;
      readonly family: number;
      /** Bits of the fields left out. */
      readonly missing: number;
      readonly ground: 'author' | 'referrer' | 'relation' | 'referrer+relation';
      readonly redacted: boolean;
      readonly joined: boolean;
      readonly imported: boolean;
      readonly entitlement: 'begins' | 'ends' | 'none';
    }
  | { readonly do: 'correct'; readonly row: number; readonly fields: number }
  | { readonly do: 'withdraw'; readonly row: number; readonly entitlement: 'ends' | 'none' }
  /** The receiver fetches, and each read model folds up to some row. */
  | { readonly do: 'receive'; readonly upTo: number };

const index = fc.nat({ max: 1_000 });
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('tell' as const),
        kind: index,
        thing: fc.nat({ max: 3 }),
        family: fc.nat({ max: 2 }),
        missing: fc.oneof(fc.constant(0), fc.nat({ max: 65_535 })),
        ground: fc.constantFrom('author', 'referrer', 'relation', 'referrer+relation'),
        redacted: fc.nat({ max: 9 }).map((n) => n === 0),
        joined: fc.boolean(),
        imported: fc.nat({ max: 4 }).map((n) => n === 0),
        entitlement: fc.constantFrom('begins', 'ends', 'none', 'none', 'none'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('correct' as const), row: index, fields: index }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('withdraw' as const),
        row: index,
        entitlement: fc.constantFrom('ends', 'none', 'none'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('receive' as const), upTo: index }) },
  ),
  { minLength: 1, maxLength: 80, size: 'max' },
);

interface Kind {
  readonly name: string;
  /** `family` tells on a family's line about the thing named; `contact` on the contact's own line. */
  readonly on: 'family' | 'contact' | 'directory';
  readonly subject: string;
  readonly fields: (thing: number, family: number) => Fields;
}

const box = (of: string) => `box.v1.${of}.c2VhbGVk`;
const person = (thing: number) => `p${thing % 4}`;
const contactFields = (thing: number): Fields => ({
  hub: 'fairholme-hub.safeguarding-hub',
  channel: 'form',
  source: ['6', '2A', '3B', '8'][thing % 4],
  reference: `CT-000${thing}-AAAA`,
  referralId: `r${thing}`,
  childIds: [person(thing)],
  concern: box('concern'),
  callerDetails: box('caller'),
  organisation: 'larkfield-centres',
});

/** Every public type, with the fields a full cell tells. */
export const kinds: readonly Kind[] = [
  of('person.registered', 'family', 'person', (thing) => ({
    personId: person(thing),
    kind: 'child',
    sex: 'F',
    givenName: box('given'),
    familyName: box('family'),
    dateOfBirth: box('born'),
    nhsNumber: box('nhs'),
  })),
  of('child.born', 'family', 'person', (thing) => ({
    personId: person(thing),
    sex: 'M',
    givenName: box('named'),
    dateOfBirth: box('birth'),
    nhsNumber: box('given'),
  })),
  of('membership.began', 'family', 'membership', (thing) => ({
    personId: person(thing),
    position: 'child',
    address: box('address'),
    postcode: box('postcode'),
    organisation: 'larkfield-centres',
  })),
  of('address.changed', 'family', 'membership', (thing) => ({
    personId: person(thing),
    address: box(`moved${thing}`),
  })),
  of('membership.ended', 'family', 'membership', (thing) => ({ personId: person(thing) })),
  of('relationship.recorded', 'family', 'family', (thing) => ({
    personId: person(thing),
    relatedPersonId: person(thing + 1),
    relationship: 'parent',
    parentalResponsibility: true,
  })),
  of('involvement.began', 'family', 'family', () => ({
    service: 'fairholme-health.health-visiting',
  })),
  of('involvement.ended', 'family', 'family', () => ({
    service: 'fairholme-health.health-visiting',
  })),
  of('registration.began', 'family', 'registration', () => ({
    provider: 'larkfield-centres.childrens-centre',
    placeId: 'elm-road',
  })),
  of('registration.ended', 'family', 'registration', () => ({ reason: 'moved-away' })),
  of('session.attended', 'family', 'registration', (thing) => ({
    personIds: [person(thing)],
    activity: 'stay-and-play',
    note: box('note'),
  })),
  of('child.not-brought', 'family', 'registration', (thing) => ({ childId: person(thing) })),
  of('caseload.began', 'family', 'caseload', () => ({
    trust: 'fairholme-health.health-visiting',
  })),
  of('caseload.ended', 'family', 'caseload', () => ({ reason: 'moved-out' })),
  of('review.due', 'family', 'caseload', (thing) => ({
    childId: person(thing),
    review: 'one-year',
    dueWeek: `2026-W0${thing}`,
    dueOn: box('due'),
  })),
  of('review.held', 'family', 'caseload', (thing) => ({
    childId: person(thing),
    review: 'one-year',
    place: 'home',
  })),
  of('review.missed', 'family', 'caseload', (thing) => ({
    childId: person(thing),
    review: 'one-year',
    reason: 'no-access',
  })),
  of('referral.raised', 'family', 'referral', (thing) => ({
    childIds: [person(thing)],
    from: 'larkfield-centres.childrens-centre',
    to: 'fairholme-hub.safeguarding-hub',
    reference: `CT-000${thing}-BBBB`,
    need: 'N1',
    level: '3',
    concern: box('concern'),
  })),
  of('referral.acknowledged', 'family', 'referral', (thing) => ({ contactId: `c${thing}` })),
  of('referral.accepted', 'family', 'referral', () => ({ outcomes: ['new-referral'] })),
  of('referral.returned', 'family', 'referral', () => ({ outcomes: [], reason: 'duplicate' })),
  of('referral.referrer-told', 'family', 'referral', (thing) => ({ contactId: `c${thing}` })),
  of('referral.closed', 'family', 'referral', () => ({})),
  of('contact.received', 'contact', 'contact', contactFields),
  of('contact.received', 'family', 'contact', contactFields),
  of('contact.linked', 'family', 'contact', (thing) => ({ childIds: [person(thing)] })),
  ...(['contact', 'family'] as const).flatMap((on) => [
    of('contact.rated', on, 'contact', () => ({ rating: 'amber', reason: box('why') })),
    of('contact.rerated', on, 'contact', () => ({ rating: 'red', previous: 'amber' })),
    of('contact.decided', on, 'contact', () => ({
      outcomes: ['early-help', 'advice'],
      rationale: box('rationale'),
      decidedBy: 'manager-1',
    })),
    of('contact.feedback-given', on, 'contact', () => ({ channel: 'phone', words: box('w') })),
    of('contact.recorded-in-error', on, 'contact', () => ({ reason: 'duplicate' })),
  ]),
  of('family.restricted', 'family', 'restriction', () => ({
    hub: 'fairholme-hub.safeguarding-hub',
    ground: 'high-risk',
    authority: 'director',
    speakTo: 'hub-manager',
    reviewOn: '2026-05-01',
  })),
  of('restriction.reviewed', 'family', 'restriction', () => ({
    authority: 'head-of-service',
    reviewOn: '2026-07-01',
  })),
  of('restriction.lifted', 'family', 'restriction', () => ({ reason: 'no-longer-needed' })),
  of('organisation.recorded', 'directory', 'organisation', (thing) => ({
    organisationId: `organisation-${thing}`,
    name: `Organisation ${thing}`,
    recipients: ['fairholme-hub.safeguarding-hub'],
  })),
  of('place.recorded', 'directory', 'place', (thing) => ({
    placeId: `place-${thing}`,
    organisationId: 'larkfield-centres',
    name: `Place ${thing}`,
    cluster: 'north',
    district: 'brook',
  })),
];

function of(name: string, on: Kind['on'], subject: string, fields: Kind['fields']): Kind {
  return { name, on, subject, fields };
}

/** A feed built step by step. Whatever the steps, its rows are ones a relay could have told. */
export class RandomFeed {
  readonly feed: ToldFeed;
  /** Rows that may still be followed, as the relay would follow them. */
  private readonly origins: FeedRow[] = [];
  private readonly unanswered: FeedRow[] = [];

  constructor(recipient: string) {
    this.feed = new ToldFeed(recipient);
  }

  take(step: Exclude<Step, { do: 'receive' }>): void {
    switch (step.do) {
      case 'tell':
        this.tell(step);
        return;
      case 'correct': {
        const row = pick(this.origins, step.row);
        const field = row?.body && Object.keys(row.body)[step.fields % 4];
        if (!row || this.isWithdrawn(row) || !field || field === 'salt') return;
        this.origins.push(this.feed.correct(row, { [field]: box(`corrected${step.fields}`) }));
        return;
      }
      case 'withdraw': {
        const row = pick(this.origins, step.row);
        if (row) this.withdraw(row, step.entitlement === 'none' ? {} : { entitlement: 'ends' });
        return;
      }
    }
  }

  /** Every row that came redacted gets the withdrawal it named. */
  finish(): void {
    for (const row of this.unanswered.splice(0)) {
      if (!this.feed.told.some((told) => told.envelope.withdraws === row.envelope.id)) {
        this.withdraw(row, {});
      }
    }
  }

  private tell(step: Extract<Step, { do: 'tell' }>): void {
    const kind = kinds[step.kind % kinds.length]!;
    const existence = kind.name.startsWith('involvement.');
    const family = `f${step.family}`;
    const id = kind.subject === 'family' ? family : `${kind.subject[0]}${step.thing}`;
    const line = { family: `family/${family}`, contact: `contact/${id}`, directory: 'directory' };
    const fields = Object.entries(kind.fields(step.thing, step.family)).filter(
      (_, position) => existence || (step.missing & (1 << position)) === 0,
    );
    const row = this.feed.tell(kind.name, {
      // A membership, a registration and their like belong to one family for good.
      line:
        kind.on === 'family' && !ofContact.has(kind.subject)
          ? `family/f${step.thing % 3}`
          : line[kind.on],
      subject: `${kind.subject}/${id}`,
      fields: Object.fromEntries(fields),
      ground: existence || kind.on === 'directory' ? 'relation' : step.ground,
      ...(step.redacted && !existence ? { redacted: true } : {}),
      ...(step.joined ? { joined: true } : {}),
      ...(step.imported ? { imported: true } : {}),
      ...(step.entitlement === 'none' ? {} : { entitlement: step.entitlement }),
    });
    if (existence) return; // never corrected or withdrawn
    this.origins.push(row);
    if (step.redacted) this.unanswered.push(row);
  }

  /** Corrections go before what they correct, as the relay withdraws them. */
  private withdraw(row: FeedRow, telling: { entitlement?: 'ends' }): void {
    const corrections = this.feed.told.filter(
      (told) => told.envelope.corrects === row.envelope.id && !this.isWithdrawn(told),
    );
    for (const correction of corrections) this.feed.withdraw(correction);
    this.feed.withdraw(row, telling);
  }

  private isWithdrawn(row: FeedRow): boolean {
    return this.feed.served[row.envelope.sequence - 1]?.withdrawnBy !== null;
  }
}

const ofContact = new Set(['contact', 'person', 'family']);

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list.length === 0 ? undefined : list[at % list.length];
}
