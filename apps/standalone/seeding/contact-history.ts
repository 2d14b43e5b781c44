import type {
  ContactOutcome,
  ContactSource,
  PrimaryNeed,
  Rating,
} from '@common-thread/domain/code-lists';
import { callerDetails, channelOf, concernOf, describedAs, rationaleOf } from './contact-words.js';
import { monthOf, nextWorkingDay } from './calendar.js';
import { hub } from './directory.js';
import type { FamilyRecord } from './family-record.js';
import type { FamilyScript } from './family-script.js';
import { HISTORY_DAYS } from './household.js';
import type { Random } from './random.js';
import { monthWeights, needWeights, outcomeWeights, rates, sourceWeights } from './rates.js';
import { managerOf, workerOf } from './workers.js';

const BUSIEST_MONTH = Math.max(...monthWeights);
const YEAR_DAYS = 365;
/** The last contact of history is decided and told before the live week begins. */
const LAST_DAYS = 17;

/** The contacts an outcome makes a referral of, and everything else that reached the front door. */
export function recordContacts(script: FamilyScript, record: FamilyRecord): void {
  const random = script.random('contacts');
  const { household, setting } = script;
  const first = household.knownSince;
  const last = setting.today - LAST_DAYS;
  const { inNeed, number } = household;
  const known = Math.max(0, last - first) / HISTORY_DAYS;
  const referred = random.chance(
    known * (inNeed ? rates.referredInNeed : rates.referredOtherwise),
  );
  let day = someDay(random, first, last);
  const atLeast = number === 0 ? 2 : 0; // whom the tour looks at was referred twice in a year
  if (number === 0) day = first + 400;
  for (let nth = 0; (referred || nth < atLeast) && day <= last; nth += 1) {
    recordContact(script, record, day, true, random);
    if (!random.chance(rates.referredAgain) && nth + 1 >= atLeast) break;
    day = nextWorkingDay(day + random.integer(21, YEAR_DAYS - 5));
  }
  const mean = inNeed ? rates.otherContactsInNeed : rates.otherContactsOtherwise;
  const others = random.count(mean * known) + atLeast;
  for (let nth = 0; nth < others; nth += 1) {
    recordContact(script, record, someDay(random, first, last), false, random);
  }
}

/** A working day, as often in each month as referrals fall into it. */
function someDay(random: Random, from: number, to: number): number {
  for (let tries = 0; tries < 12; tries += 1) {
    const day = nextWorkingDay(random.integer(from, Math.max(from, to)));
    if (random.chance((monthWeights[monthOf(day)] ?? 0) / BUSIEST_MONTH)) return day;
  }
  return nextWorkingDay(random.integer(from, Math.max(from, to)));
}

function recordContact(
  script: FamilyScript,
  record: FamilyRecord,
  day: number,
  isReferral: boolean,
  random: Random,
): void {
  const childIds = record.children.filter(({ since }) => since <= day).map(({ id }) => id);
  if (childIds.length === 0 || day > script.setting.today - LAST_DAYS) return;
  const id = script.nextId('contact');
  const source = random.weighted<ContactSource>(sourceWeights);
  const need = random.weighted(needWeights);
  const triage = workerOf(hub, random.integer(1, 6));
  const learnedOn = random.chance(rates.recordedLate) ? day + random.integer(2, 9) : day;
  const data = {
    hub,
    channel: channelOf(random, source),
    source,
    need,
    describedAs: describedAs(script.household, day),
    concern: concernOf(random, need),
    ...callerDetails(source),
  };
  script.fact('contact', id, { type: 'ReceiveContact', data }, triage, day, learnedOn);
  if (random.chance(rates.contactInError) && !isReferral) {
    const reason = random.pick(['duplicate', 'wrong-person'] as const);
    script.fact('contact', id, { type: 'RecordContactInError', data: { reason } }, triage, day);
    return;
  }
  const link = { familyId: script.familyId, childIds };
  script.fact('contact', id, { type: 'LinkContact', data: link }, triage, day);
  const outcomes = isReferral ? referralOutcomes(random) : [random.weighted(outcomeWeights)];
  const rating = ratingOf(random, outcomes, need);
  const rate = { rating, reason: reasons[rating] };
  script.fact('contact', id, { type: 'RateContact', data: rate }, triage, day);
  decide(script, id, outcomes, nextWorkingDay(day + (rating === 'red' ? 0 : 1)), random);
}

function decide(
  script: FamilyScript,
  contactId: string,
  outcomes: ContactOutcome[],
  day: number,
  random: Random,
): void {
  const manager = managerOf(hub, random.integer(1, 2));
  const rationale = rationaleOf(random, outcomes);
  const data = { outcomes, rationale, decidedBy: manager.id };
  script.fact('contact', contactId, { type: 'DecideContact', data }, manager, day);
  // Some referrers never heard: the history shows it.
  if (random.chance(0.06)) return;
  const words = { channel: 'phone' as const, words: feedbackWords(outcomes) };
  const told = nextWorkingDay(day + random.integer(0, 2));
  const triage = workerOf(hub, random.integer(1, 6));
  script.fact('contact', contactId, { type: 'GiveFeedback', data: words }, triage, told);
}

export function referralOutcomes(random: Random): ContactOutcome[] {
  return random.chance(rates.enquiryAfterReferral)
    ? ['new-referral', 'child-protection-enquiry']
    : ['new-referral'];
}

/** Needs about which people ring for information. */
const INFORMATION: readonly PrimaryNeed[] = ['N2', 'N7', 'N9', 'N0'];

export function ratingOf(
  random: Random,
  outcomes: readonly ContactOutcome[],
  need: PrimaryNeed,
): Rating {
  if (outcomes.includes('child-protection-enquiry')) return random.chance(0.7) ? 'red' : 'amber';
  if (outcomes.includes('new-referral')) return random.weighted({ red: 10, amber: 65, green: 25 });
  return INFORMATION.includes(need)
    ? random.weighted({ green: 30, blue: 70 })
    : random.weighted({ amber: 18, green: 82 });
}

export const reasons: Readonly<Record<Rating, string>> = {
  red: 'Likely to come to harm today.',
  amber: 'Serious, but somebody safe is with the children tonight.',
  green: 'Concern without risk of harm now.',
  blue: 'Asks for information only.',
};

export function feedbackWords(outcomes: readonly ContactOutcome[]): string {
  if (outcomes.includes('new-referral'))
    return 'Thank you. A social worker will assess and ring you.';
  if (outcomes.includes('early-help')) return 'The family is offered early help near them.';
  return (
    'We looked into it with other services. No further step from us at present; ' +
    'ring again if it changes.'
  );
}
