import type { MandatedReview } from '@common-thread/domain/code-lists';
import { reviewSchedule } from '@common-thread/domain/engagement/review-schedule';
import { dayNumber, dayText, nextWorkingDay } from './calendar.js';
import { trust } from './directory.js';
import type { FamilyRecord, KnownChild } from './family-record.js';
import type { FamilyScript } from './family-script.js';
import { SCRIPTED_FAMILIES } from './household.js';
import type { Random } from './random.js';
import { rates } from './rates.js';
import { systemOf, workerOf } from './workers.js';

/** The caseload a family is on at the end of history, with reviews nobody has held. */
export interface OpenCaseload {
  readonly id: string;
  readonly open: readonly {
    readonly childId: string;
    readonly review: MandatedReview;
    /** Days counted from 1970. */
    readonly opensOn: number;
    readonly dueOn: number;
  }[];
}

const SCHOOL_DAYS = 5 * 365;
const notes = [
  'Weight follows the 50th centile. Feeding well.',
  'Mood scale done with mum; to be repeated.',
  'Home safety talked through. Stair gate to be fitted.',
  'Discussed the centre near them; they know it.',
  'Walking at furniture, points at what he wants.',
];
const places = ['home', 'home', 'clinic', 'family-hub', 'virtual'] as const;
const missedReasons = [
  'was-not-brought',
  'declined',
  'no-access',
  'cancelled-by-service',
] as const;

/** On and off the health visitors' caseload, and the mandated reviews due, held and missed. */
export function recordHealthHistory(
  script: FamilyScript,
  record: FamilyRecord,
): OpenCaseload | undefined {
  const random = script.random('health');
  const { household, setting } = script;
  const scripted = household.number < SCRIPTED_FAMILIES;
  const youngest = Math.max(...household.children.map(({ bornOn }) => bornOn));
  const began = household.knownSince + random.integer(0, 6);
  const school = youngest + SCHOOL_DAYS;
  if (began >= Math.min(school, setting.today - 6)) return undefined;
  const id = script.id('caseload');
  const data = { familyId: script.familyId, trust };
  script.fact('caseload', id, { type: 'BeginCaseload', data }, systemOf(trust), began);
  const movedOut = random.chance(0.04) && !scripted;
  const ends = movedOut ? random.integer(began + 1, setting.today) : school;
  const last = Math.min(ends - 1, setting.today - 8);
  const open = record.children.flatMap((child) =>
    recordReviews(script, id, child, { began, last, random }),
  );
  if (ends > setting.today - 8) return { id, open };
  const reason = movedOut ? 'moved-out' : 'transferred-to-school-nursing';
  script.fact(
    'caseload',
    id,
    { type: 'EndCaseload', data: { reason } },
    workerOf(trust, 1),
    ends,
    ends + (random.chance(rates.recordedLate) ? 20 : 0),
  );
  return undefined;
}

/**
 * Schedules what falls due while they are on the caseload; gives the reviews that are still open.
 */
function recordReviews(
  script: FamilyScript,
  caseloadId: string,
  { id: childId, child, since }: KnownChild,
  { began, last, random }: { began: number; last: number; random: Random },
): OpenCaseload['open'] {
  const day = dayText(child.bornOn);
  const schedule = reviewSchedule(
    child.kind === 'unborn' ? { expectedDate: day } : { dateOfBirth: day },
  )
    .map(({ review, opensOn, dueOn }) => ({
      childId,
      review,
      opensOn: dayNumber(opensOn),
      dueOn: dayNumber(dueOn),
    }))
    .filter(({ dueOn }) => dueOn >= began);
  const scheduledOn = Math.max(began, since);
  if (schedule.length === 0 || scheduledOn > last) return [];
  const reviews = schedule.map(({ review, dueOn }) => ({ review, dueOn: dayText(dueOn) }));
  script.fact(
    'caseload',
    caseloadId,
    { type: 'ScheduleReviews', data: { childId, reviews } },
    systemOf(trust),
    scheduledOn,
  );
  return schedule.filter((each) => {
    const actor = workerOf(trust, random.integer(1, 6));
    const heldOn = nextWorkingDay(random.integer(Math.max(each.opensOn, scheduledOn), each.dueOn));
    const { review } = each;
    if (random.chance(1 - rates.reviewHeld)) {
      const reason = random.pick(missedReasons);
      // Nobody noted anything: it falls overdue.
      if (heldOn > last || !random.chance(0.7)) return true;
      script.fact(
        'caseload',
        caseloadId,
        { type: 'RecordReviewMissed', data: { childId, review, reason } },
        actor,
        heldOn,
      );
      const caughtUp = nextWorkingDay(heldOn + random.integer(14, 60));
      if (caughtUp > last || random.chance(0.55)) return true;
      const data = { childId, review, place: 'home' as const };
      script.fact('caseload', caseloadId, { type: 'RecordReviewHeld', data }, actor, caughtUp);
      return false;
    }
    if (heldOn > last) return true;
    const note = random.chance(0.15) ? { note: random.pick(notes) } : {};
    const data = { childId, review, place: random.pick(places), ...note };
    const learnedOn = random.chance(rates.recordedLate) ? heldOn + random.integer(8, 40) : heldOn;
    script.fact(
      'caseload',
      caseloadId,
      { type: 'RecordReviewHeld', data },
      actor,
      heldOn,
      learnedOn,
    );
    return false;
  });
}
