import { contactSources } from '@common-thread/domain/code-lists';
import { county } from './county.js';
import { isWorkingDay, dayNumber, monthOf } from './calendar.js';
import { districts, larkfield } from './directory.js';
import { monthWeights, needWeights, rates, sourceWeights } from './rates.js';
import type { PlannedCommand } from './planned-command.js';

const commands = [
  ...county({ seed: 'fairholme', families: 2_000, asOf: '2026-03-04T14:20:00.000Z' }),
];
const imported = commands.filter((command) => command.imported);

/**
 * Contacts of the years before that no agency of ours opened by a referral, with what they came
 * to.
 */
interface PastContact {
  readonly family: string;
  readonly day: number;
  readonly source: keyof typeof sourceWeights;
  readonly need: keyof typeof needWeights | undefined;
  outcomes: readonly string[];
}
const contacts = new Map<string, PastContact>();
for (const { intent, lane, occurredAt } of imported) {
  if (intent.type === 'ReceiveContact' && intent.data.referralId === undefined) {
    const { source, need } = intent.data;
    const day = dayNumber(occurredAt.slice(0, 10));
    contacts.set(intent.id, { family: lane, day, source, need, outcomes: [] });
  }
  if (intent.type === 'DecideContact') {
    const contact = contacts.get(intent.id);
    if (contact) contact.outcomes = intent.data.outcomes;
  }
}
const past = [...contacts.values()];
const referrals = past.filter(({ outcomes }) => outcomes.includes('new-referral'));

const share = (of: number, all: number) => of / all;
const sum = (weights: readonly number[]) => weights.reduce((total, each) => total + each, 0);
function count(type: PlannedCommand['intent']['type'], among = commands): number {
  return among.filter(({ intent }) => intent.type === type).length;
}

describe('the county as the published figures have it', () => {
  it('is referred again within twelve months as often as England (22.6 %)', () => {
    const firstDay = Math.min(...referrals.map(({ day }) => day));
    const countable = referrals.filter(({ day }) => day >= firstDay + 365);
    const again = countable.filter(({ family, day }) =>
      referrals.some((r) => r.family === family && r.day < day && day - r.day <= 365),
    );
    expect(countable.length).toBeGreaterThan(150);
    expect(Math.abs(share(again.length, countable.length) - rates.reReferred)).toBeLessThan(0.06);
  });

  it('hears from each source in its share', () => {
    const all = sum(Object.values(sourceWeights));
    for (const source of contactSources) {
      const expected = share(sourceWeights[source], all);
      const found = share(past.filter((each) => each.source === source).length, past.length);
      expect([source, Math.abs(found - expected) < 0.025]).toEqual([source, true]);
    }
    const police = past.filter(({ source }) => source === '6');
    expect(Math.abs(share(police.length, past.length) - 0.285)).toBeLessThan(0.025);
  });

  it('is worried about what children in need are in need for', () => {
    const known = past.filter(({ need }) => need !== undefined);
    const abuse = known.filter(({ need }) => need === 'N1');
    const expected = share(needWeights.N1, sum(Object.values(needWeights)));
    expect(Math.abs(share(abuse.length, known.length) - expected)).toBeLessThan(0.04);
  });

  it('has the quiet months the country has, and no contact on a weekend', () => {
    expect(past.filter(({ day }) => !isWorkingDay(day))).toEqual([]);
    const months = Array.from({ length: 12 }, (_, month) =>
      share(past.filter(({ day }) => monthOf(day) === month).length, past.length),
    );
    const busiest = share(monthWeights[5]!, sum(monthWeights));
    const quietest = share(monthWeights[11]!, sum(monthWeights));
    expect(busiest).toBeGreaterThan(quietest);
    for (const found of months) expect(Math.abs(found - 1 / 12)).toBeLessThan(0.04);
  });
});

describe('the county as it is assumed', () => {
  it('makes one referral of about five contacts', () => {
    const ratio = share(past.length, referrals.length);
    expect(Math.abs(ratio - rates.contactsPerReferral)).toBeLessThan(1);
  });

  it('has repeat contacts from several sources in the families it hears of often', () => {
    const voices = new Map<string, Set<string>>();
    for (const { family, source } of past) {
      voices.set(family, (voices.get(family) ?? new Set()).add(source));
    }
    const heardFromThree = [...voices.values()].filter(({ size }) => size >= 3);
    expect(heardFromThree.length).toBeGreaterThan(100);
  });

  it('stays within the size that a demonstration can take', () => {
    expect(commands.length).toBeGreaterThan(40_000);
    expect(commands.length + 3 * count('RaiseReferral')).toBeLessThan(110_000);
  });

  it('lives in seven districts of two providers, some in two homes', () => {
    const places = commands.flatMap(({ intent }) =>
      intent.type === 'RecordPlace' ? [intent.data] : [],
    );
    expect(new Set(places.map(({ district }) => district)).size).toBe(7);
    expect(new Set(places.map(({ cluster }) => cluster)).size).toBe(18);
    expect(new Set(places.map(({ organisationId }) => organisationId)).size).toBe(2);
    const begun = imported.flatMap(({ intent }) =>
      intent.type === 'BeginCentreRegistration' ? [intent.data.provider] : [],
    );
    const atLarkfield = begun.filter((provider) => provider === larkfield).length;
    const weight = sum(districts.filter((d) => d.provider === larkfield).map((d) => d.weight));
    expect(Math.abs(share(atLarkfield, begun.length) - weight / 100)).toBeLessThan(0.05);
    const people = count('RegisterPerson');
    expect(count('BeginMembership') - people).toBeGreaterThan(people / 50);
  });

  it('holds most reviews, misses some, and leaves some to fall overdue', () => {
    const due = sum(
      commands.map(({ intent }) =>
        intent.type === 'ScheduleReviews' ? intent.data.reviews.length : 0,
      ),
    );
    const held = count('RecordReviewHeld');
    const missed = count('RecordReviewMissed');
    expect(share(held, due)).toBeGreaterThan(0.6);
    expect(share(missed, due)).toBeGreaterThan(0.03);
    expect(held + missed).toBeLessThan(due);
  });

  it('holds no review in the week in which it is missed', () => {
    const done = commands.flatMap(({ intent, imported: past }) =>
      !past && (intent.type === 'RecordReviewHeld' || intent.type === 'RecordReviewMissed')
        ? [`${intent.data.childId} ${intent.data.review}`]
        : [],
    );
    expect(done.length).toBeGreaterThan(100);
    expect(new Set(done).size).toBe(done.length);
  });

  it('moves families from one provider to the other', () => {
    const moved = commands.filter(
      ({ intent }) =>
        intent.type === 'EndCentreRegistration' && intent.data.reason === 'moved-centre',
    );
    expect(share(moved.length, 2_000)).toBeGreaterThan(0.02);
  });

  it('ends in a week of ordinary work that leaves the hub a mixed queue', () => {
    const live = commands.filter((command) => !command.imported);
    const received = live.flatMap(({ intent }) =>
      intent.type === 'ReceiveContact' || intent.type === 'RaiseReferral' ? [intent.id] : [],
    );
    const rated = count('RateContact', live);
    const decided = count('DecideContact', live);
    const told = count('GiveFeedback', live);
    expect(received.length).toBeGreaterThan(40);
    expect(rated).toBeLessThan(received.length);
    expect(decided).toBeLessThan(rated);
    expect(told).toBeLessThan(decided);
    const overdue = live.filter(
      ({ intent }) => intent.type === 'RateContact' && intent.data.rating === 'red',
    );
    expect(overdue.length).toBeGreaterThan(0);
    expect(count('BeginCentreRegistration', live)).toBeGreaterThan(5);
    expect(count('RecordAttendance', live)).toBeGreaterThan(100);
    expect(count('RecordReviewHeld', live)).toBeGreaterThan(20);
  });
});
