import type { ContactOutcome, Rating } from '@common-thread/domain/code-lists';
import { minutesBefore } from './calendar.js';
import { feedbackWords, reasons } from './contact-history.js';
import { callerDetails, channelOf, concernOf, describedAs, rationaleOf } from './contact-words.js';
import { hub } from './directory.js';
import type { FamilyRecord } from './family-record.js';
import type { FamilyScript } from './family-script.js';
import type { Part } from './live-parts.js';
import type { Random } from './random.js';
import { needWeights, outcomeWeights, sourceWeights } from './rates.js';
import { managerOf, workerOf } from './workers.js';

type Call = Extract<Part, `call-${string}`>;

interface Course {
  /** Received between so many minutes before the end of the week. */
  readonly receivedMinutes: readonly [number, number];
  readonly rating?: Rating;
  readonly decided?: true;
  readonly told?: true;
}

const DAY = 24 * 60;
const courses: Readonly<Record<Exclude<Call, 'call-in-error'>, Course>> = {
  'call-unrated': { receivedMinutes: [25, 200] },
  // Older than any hub's limit for red.
  'call-red-overdue': { receivedMinutes: [26 * 60, 30 * 60], rating: 'red' },
  'call-amber': { receivedMinutes: [90, 240], rating: 'amber' },
  'call-green': { receivedMinutes: [5 * 60, 2 * DAY], rating: 'green' },
  'call-decided': { receivedMinutes: [DAY, 3 * DAY], rating: 'amber', decided: true },
  'call-told': { receivedMinutes: [2 * DAY, 6 * DAY], rating: 'green', decided: true, told: true },
};

/**
 * Something reaches the hub by telephone, form or police notice, and as much is done about it as
 * its part says.
 */
export function liveCall(
  script: FamilyScript,
  record: FamilyRecord,
  part: Call,
  random: Random,
): void {
  const { asOf } = script.setting;
  const course = part === 'call-in-error' ? courses['call-told'] : courses[part];
  const age = random.integer(...course.receivedMinutes);
  const after = (minutes: number) => minutesBefore(asOf, Math.max(2, age - minutes));
  const triage = workerOf(hub, random.integer(1, 6));
  const id = script.nextId('contact');
  const source = random.weighted(sourceWeights);
  const need = random.weighted(needWeights);
  const data = {
    hub,
    channel: channelOf(random, source),
    source,
    need,
    describedAs: describedAs(script.household),
    concern: concernOf(random, need),
    ...callerDetails(source),
  };
  script.act('contact', id, { type: 'ReceiveContact', data }, triage, after(0));
  if (part === 'call-in-error') {
    const reason = { reason: 'duplicate' as const };
    script.act('contact', id, { type: 'RecordContactInError', data: reason }, triage, after(30));
    return;
  }
  const childIds = record.children.map((child) => child.id);
  const link = { familyId: script.familyId, childIds };
  script.act('contact', id, { type: 'LinkContact', data: link }, triage, after(6));
  workOn(script, id, course, random, after);
}

/**
 * Rates, decides and tells as far as a course goes; `after` gives the instant so many minutes on.
 */
export function workOn(
  script: FamilyScript,
  contactId: string,
  { rating, decided, told }: Omit<Course, 'receivedMinutes'>,
  random: Random,
  after: (minutes: number) => string,
  more: { readonly follows?: 'reaction'; readonly answersReferral?: true } = {},
): void {
  const { answersReferral, ...follows } = more;
  const triage = workerOf(hub, random.integer(1, 6));
  if (!rating) return;
  const rate = { rating, reason: reasons[rating] };
  script.act(
    'contact',
    contactId,
    { type: 'RateContact', data: rate },
    triage,
    after(35),
    follows,
  );
  if (!decided) return;
  const outcomes: ContactOutcome[] =
    rating === 'amber' ? ['new-referral'] : [random.weighted(outcomeWeights)];
  const manager = managerOf(hub, random.integer(1, 2));
  const returned =
    answersReferral &&
    !outcomes.includes('new-referral') &&
    !outcomes.includes('existing-referral')
      ? { returnReason: 'other-service' as const }
      : {};
  const rationale = rationaleOf(random, outcomes);
  const decision = { outcomes, rationale, decidedBy: manager.id, ...returned };
  script.act(
    'contact',
    contactId,
    { type: 'DecideContact', data: decision },
    manager,
    after(5 * 60),
    follows,
  );
  if (!told) return;
  const words = { channel: 'phone' as const, words: feedbackWords(outcomes) };
  script.act(
    'contact',
    contactId,
    { type: 'GiveFeedback', data: words },
    triage,
    after(7 * 60),
    follows,
  );
}
