import { instantOf, workingDaysBefore } from './calendar.js';
import type { OpenRegistration } from './centre-history.js';
import { activityFor } from './centre-history.js';
import { centres, centresOf, trust } from './directory.js';
import type { FamilyRecord } from './family-record.js';
import type { FamilyScript } from './family-script.js';
import type { OpenCaseload } from './health-history.js';
import { liveCall } from './live-calls.js';
import type { Part } from './live-parts.js';
import { partsOf } from './live-parts.js';
import { liveReferral } from './live-referrals.js';
import type { Random } from './random.js';
import { workerOf } from './workers.js';

/** What stands for a family when the live week begins. */
export interface Standing {
  readonly record: FamilyRecord;
  readonly registration: OpenRegistration | undefined;
  readonly caseload: OpenCaseload | undefined;
}

const WEEK_DAYS = 5;
/** Minutes after midnight UTC that are working hours in England all year. */
const MORNING = 9 * 60;
const AFTERNOON = 15 * 60 + 30;

/** Five working days as the agencies' workers would have typed them. */
export function playLiveWeek(script: FamilyScript, standing: Standing): void {
  for (const part of partsOf(script.setting.seed, script.household.number)) {
    const random = script.random(`live/${part}`);
    play(script, standing, part, random);
  }
}

function play(script: FamilyScript, standing: Standing, part: Part, random: Random): void {
  switch (part) {
    case 'attendance':
    case 'not-brought':
    case 'late-attendance':
      return session(script, standing, part, random);
    case 'registration':
      return register(script, standing, random);
    case 'moves-provider':
      return changeProvider(script, standing, random);
    case 'registration-withdrawn':
      return withdraw(script, random);
    case 'details-corrected':
      return correct(script, standing, random);
    case 'review-held':
    case 'review-missed':
      return review(script, standing, part, random);
    case 'call-unrated':
    case 'call-red-overdue':
    case 'call-amber':
    case 'call-green':
    case 'call-decided':
    case 'call-told':
    case 'call-in-error':
      return liveCall(script, standing.record, part, random);
    case 'referral-new':
    case 'referral-rated':
    case 'referral-answered':
    case 'referral-by-health-visitor':
      return liveReferral(script, standing, part, random);
  }
}

/** A time of work on one of the five days; `from` and `to` count them from 0. */
function workTime(script: FamilyScript, random: Random, from = 0, to = WEEK_DAYS - 1): string {
  const days = workingDaysBefore(script.setting.today, WEEK_DAYS);
  const day = days[random.integer(from, to)] ?? script.setting.today - 1;
  return instantOf(day, random.integer(MORNING, AFTERNOON));
}

function session(
  script: FamilyScript,
  { record, registration }: Standing,
  part: 'attendance' | 'not-brought' | 'late-attendance',
  random: Random,
): void {
  const child = record.children.findLast((each) => each.child.kind === 'child');
  if (!registration || !child) return;
  const { centre, id } = registration;
  const actor = workerOf(centre.district.provider, random.integer(1, 6));
  const activity = activityFor(random, script.setting.today - child.child.bornOn);
  const at = { activity, placeId: centre.id };
  if (part === 'not-brought') {
    const data = { ...at, childId: child.id };
    const when = workTime(script, random);
    script.act('registration', id, { type: 'RecordChildNotBrought', data }, actor, when);
    return;
  }
  const personIds = [...record.adults.slice(0, 1).map((adult) => adult.id), child.id];
  const command = { type: 'RecordAttendance' as const, data: { ...at, personIds } };
  const typedAt = workTime(script, random);
  if (part === 'attendance') {
    script.act('registration', id, command, actor, typedAt);
    return;
  }
  // A paper list found in a drawer, three weeks old.
  const happened = instantOf(script.setting.today - 26, random.integer(MORNING, AFTERNOON));
  script.act('registration', id, command, actor, happened, { learnedAt: typedAt });
}

function register(script: FamilyScript, { registration, record }: Standing, random: Random): void {
  const youngest = record.children.findLast((each) => each.child.kind === 'child');
  if (registration || !youngest) return;
  const { familyId, household } = script;
  const { district, id: placeId } = household.centre;
  const data = { familyId, provider: district.provider, placeId };
  script.act(
    'registration',
    script.nextId('registration'),
    { type: 'BeginCentreRegistration', data },
    workerOf(district.provider, random.integer(1, 6)),
    workTime(script, random),
  );
}

function changeProvider(script: FamilyScript, { registration }: Standing, random: Random): void {
  if (!registration) return;
  const from = registration.centre.district.provider;
  const to = random.pick(centres.filter(({ district }) => district.provider !== from));
  script.act(
    'registration',
    registration.id,
    { type: 'EndCentreRegistration', data: { reason: 'moved-centre' } },
    workerOf(from, random.integer(1, 6)),
    workTime(script, random, 0, 1),
  );
  const { provider } = to.district;
  const data = { familyId: registration.familyId, provider, placeId: to.id };
  script.act(
    'registration',
    script.nextId('registration'),
    { type: 'BeginCentreRegistration', data },
    workerOf(provider, random.integer(1, 6)),
    workTime(script, random, 3, 4),
  );
}

function withdraw(script: FamilyScript, random: Random): void {
  const { familyId, household } = script;
  const { provider } = household.district;
  const id = script.nextId('registration');
  const data = { familyId, provider, placeId: random.pick(centresOf(household.district)).id };
  const actor = workerOf(provider, random.integer(1, 6));
  const began = script.act(
    'registration',
    id,
    { type: 'BeginCentreRegistration', data },
    actor,
    workTime(script, random, 0, 1),
  );
  const withdrawal = { withdraws: began, reason: 'wrong-family' as const };
  script.act(
    'registration',
    id,
    { type: 'WithdrawRecord', data: withdrawal },
    actor,
    workTime(script, random, 2, 4),
  );
}

function correct(script: FamilyScript, { record }: Standing, random: Random): void {
  const child = record.children.find((each) => each.child.kind === 'child');
  if (!child) return;
  const knownAs = child.child.givenName.slice(0, 3);
  const data = { corrects: child.registeredEventId, knownAs };
  script.act(
    'person',
    child.id,
    { type: 'CorrectPersonDetails', data },
    workerOf(trust, random.integer(1, 6)),
    workTime(script, random),
  );
}

/** A review whose time has come, or one long overdue. */
function review(
  script: FamilyScript,
  { caseload }: Standing,
  part: 'review-held' | 'review-missed',
  random: Random,
): void {
  const { seed } = script.setting;
  // Of a family in which one is held and one missed these are two.
  const alsoHeld =
    part === 'review-missed' && partsOf(seed, script.household.number).includes('review-held');
  const open = caseload?.open.filter(({ opensOn }) => opensOn <= script.setting.today - 8) ?? [];
  const due = open[alsoHeld ? 1 : 0];
  if (!caseload || !due) return;
  const actor = workerOf(trust, random.integer(1, 6));
  const when = workTime(script, random);
  const of = { childId: due.childId, review: due.review };
  script.act(
    'caseload',
    caseload.id,
    part === 'review-held'
      ? {
          type: 'RecordReviewHeld',
          data: { ...of, place: 'home', note: 'Seen at home. All well.' },
        }
      : { type: 'RecordReviewMissed', data: { ...of, reason: 'was-not-brought' } },
    actor,
    when,
  );
}
