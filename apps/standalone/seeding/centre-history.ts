import { centreActivities } from '@common-thread/domain/code-lists';
import { isWorkingDay, nextWorkingDay } from './calendar.js';
import type { Centre } from './directory.js';
import { centres, centresOf } from './directory.js';
import type { FamilyRecord } from './family-record.js';
import type { FamilyScript } from './family-script.js';
import { SCRIPTED_FAMILIES } from './household.js';
import type { Random } from './random.js';
import { rates } from './rates.js';
import { systemOf, workerOf } from './workers.js';

/** A registration that stands at the end of history, for the live week. */
export interface OpenRegistration {
  readonly id: string;
  readonly familyId: string;
  readonly centre: Centre;
}

const DAYS_IN_MONTH = 30.4;
const UNDER_FIVE_DAYS = 5 * 365;
const SESSIONS_MAX = 34;
const notes = [
  'Settled quickly and joined in at the water tray.',
  'Came with grandmother. Mum has started a college course.',
  'Talked about sleep; gave the leaflet.',
  'Asked about speech; two-word phrases now.',
  'Left early, the baby was unwell.',
];

/**
 * Registration with a centre, the sessions they came to or were not brought to, and moves between
 * providers.
 */
export function recordCentreHistory(
  script: FamilyScript,
  record: FamilyRecord,
): OpenRegistration | undefined {
  const random = script.random('centre');
  const { household, setting } = script;
  const scripted = household.number < SCRIPTED_FAMILIES;
  if (!random.chance(rates.registered) && !scripted) return undefined;
  const began = Math.max(
    household.knownSince + random.integer(0, scripted ? 60 : 160),
    household.children[0]!.bornOn + random.integer(20, 90),
  );
  const last = setting.today - 9;
  if (began > last) return undefined;
  recordWithdrawnRegistration(script, began, random);
  const moved = random.chance(rates.movedToOtherProvider) && !scripted;
  const ended = random.chance(rates.registrationEnded) && !scripted;
  const until = moved || ended ? random.integer(began, last) : last;
  const first = openAt(script, household.centre, began);
  attend(script, record, first, began, until, random);
  if (!moved && !ended) {
    secondHomeRegistration(script, record, began, random);
    return first;
  }
  const reason = moved
    ? ('moved-centre' as const)
    : random.pick(['moved-away', 'family-request', 'no-longer-eligible'] as const);
  const end = { type: 'EndCentreRegistration' as const, data: { reason } };
  script.fact(
    'registration',
    first.id,
    end,
    workerOf(household.district.provider, 2),
    until,
    late(random, until),
  );
  if (!moved) return undefined;
  const other = random.pick(
    centres.filter(({ district }) => district.provider !== household.district.provider),
  );
  const second = openAt(script, other, Math.min(until + random.integer(0, 21), last));
  attend(script, record, second, until + 22, last, random);
  return second;
}

function openAt(script: FamilyScript, centre: Centre, day: number, familyId = script.familyId) {
  const id = script.nextId('registration');
  const { provider } = centre.district;
  const data = { familyId, provider, placeId: centre.id };
  script.fact(
    'registration',
    id,
    { type: 'BeginCentreRegistration', data },
    systemOf(provider),
    day,
  );
  return { id, familyId, centre };
}

/** Sessions a family with a child under five goes to, more at first. */
function attend(
  script: FamilyScript,
  record: FamilyRecord,
  { id, centre }: OpenRegistration,
  from: number,
  until: number,
  random: Random,
): void {
  const young = record.children.filter(({ child }) => child.kind === 'child');
  const months = Math.max(0, until - from) / DAYS_IN_MONTH;
  const sessions = Math.min(SESSIONS_MAX, random.count(months * rates.sessionsPerMonth));
  const carer = record.adults.find(({ adult }) => adult.home === 'first');
  const taken = new Set<number>();
  for (let nth = 0; nth < sessions; nth += 1) {
    const day = nextWorkingDay(random.integer(from, until));
    const here = young.filter(
      ({ child, since }) =>
        since <= day && day - child.bornOn < UNDER_FIVE_DAYS && day > child.bornOn + 14,
    );
    if (day > until || taken.has(day) || !isWorkingDay(day) || here.length === 0) continue;
    taken.add(day);
    const actor = workerOf(centre.district.provider, random.integer(1, 6));
    const activity = activityFor(random, day - here.at(-1)!.child.bornOn);
    const session = { activity, placeId: centre.id };
    const learnedOn = late(random, day);
    if (random.chance(rates.notBroughtPerSession)) {
      const data = { ...session, childId: random.pick(here).id };
      script.fact(
        'registration',
        id,
        { type: 'RecordChildNotBrought', data },
        actor,
        day,
        learnedOn,
      );
      continue;
    }
    const personIds = [...(carer ? [carer.id] : []), ...here.slice(-2).map((child) => child.id)];
    const note = random.chance(0.12) ? { note: random.pick(notes) } : {};
    const data = { ...session, personIds, ...note };
    const attended = script.fact(
      'registration',
      id,
      { type: 'RecordAttendance', data },
      actor,
      day,
      learnedOn,
    );
    if (!random.chance(rates.sessionWithdrawn)) continue;
    const withdraws = { withdraws: attended, reason: 'did-not-happen' as const };
    script.fact(
      'registration',
      id,
      { type: 'WithdrawRecord', data: withdraws },
      actor,
      Math.min(day + 2, script.setting.today - 1),
    );
  }
}

type CentreActivity = (typeof centreActivities)[number];

const forBabies: readonly CentreActivity[] = ['baby-massage', 'breastfeeding-support', 'weaning'];
const BABY_DAYS = 300;

/** What a family with a youngest of so many days comes to. */
export function activityFor(random: Random, youngestDays: number): CentreActivity {
  if (youngestDays < BABY_DAYS && random.chance(0.5)) return random.pick(forBabies);
  return random.pick(
    centreActivities.filter((each) => each !== 'antenatal-class' && !forBabies.includes(each)),
  );
}

/** Somebody registered the wrong family and put it right some days after. */
function recordWithdrawnRegistration(script: FamilyScript, day: number, random: Random): void {
  if (!random.chance(rates.registrationWithdrawn)) return;
  const { household, familyId } = script;
  const others = centresOf(household.district);
  const centre = random.pick(others);
  const id = script.nextId('registration');
  const { provider } = household.district;
  const data = { familyId, provider, placeId: centre.id };
  const began = script.fact(
    'registration',
    id,
    { type: 'BeginCentreRegistration', data },
    workerOf(provider, 3),
    day,
  );
  const withdraws = { withdraws: began, reason: 'wrong-family' as const };
  const putRight = Math.min(day + random.integer(1, 9), script.setting.today - 8);
  script.fact(
    'registration',
    id,
    { type: 'WithdrawRecord', data: withdraws },
    workerOf(provider, 1),
    Math.max(day, putRight),
  );
}

/** The other home may have a centre of its own, of the other provider often enough. */
function secondHomeRegistration(
  script: FamilyScript,
  record: FamilyRecord,
  day: number,
  random: Random,
): void {
  if (record.secondFamilyId === undefined || !random.chance(0.4)) return;
  openAt(script, random.pick(centres), day, record.secondFamilyId);
}

/** The day it was recorded: mostly the same, now and then weeks after. */
function late(random: Random, day: number): number {
  return random.chance(rates.recordedLate) ? day + random.integer(8, 75) : day;
}
