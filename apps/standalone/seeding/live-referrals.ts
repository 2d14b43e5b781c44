import { minutesBefore } from './calendar.js';
import { trust } from './directory.js';
import type { FamilyScript } from './family-script.js';
import { SCRIPTED_FAMILIES } from './household.js';
import { workOn } from './live-calls.js';
import type { Part } from './live-parts.js';
import type { Standing } from './live-week.js';
import type { Random } from './random.js';
import { contactOpenedBy } from './reaction-ids.js';
import { referralOf } from './referral-history.js';
import { workerOf } from './workers.js';

type Referral = Extract<Part, `referral-${string}`>;

const DAY = 24 * 60;
const raisedMinutes: Readonly<Record<Referral, readonly [number, number]>> = {
  'referral-new': [15, 150],
  'referral-rated': [4 * 60, 20 * 60],
  'referral-answered': [2 * DAY, 5 * DAY],
  'referral-by-health-visitor': [60, 8 * 60],
};
const courses = {
  'referral-new': {},
  'referral-rated': { rating: 'amber' },
  'referral-answered': { rating: 'amber', decided: true, told: true },
  'referral-by-health-visitor': { rating: 'green' },
} as const;

/**
 * A centre worker or a health visitor refers the family. A reaction opens the contact, so what
 * the hub does with it waits until that is there.
 */
export function liveReferral(
  script: FamilyScript,
  { record, registration, caseload }: Standing,
  part: Referral,
  random: Random,
): void {
  const from =
    part === 'referral-by-health-visitor'
      ? caseload && trust
      : registration?.centre.district.provider;
  const childIds = record.children.map((child) => child.id);
  if (from === undefined) return;
  const age = random.integer(...raisedMinutes[part]);
  const after = (minutes: number) =>
    minutesBefore(script.setting.asOf, Math.max(2, age - minutes));
  const raised = script.act(
    'referral',
    script.nextId('referral'),
    referralOf(script, from, childIds, random),
    // Whoever signs in first finds referrals of their own.
    workerOf(from, script.household.number < SCRIPTED_FAMILIES ? 1 : random.integer(1, 6)),
    after(0),
  );
  workOn(script, contactOpenedBy(raised), courses[part], random, after, {
    follows: 'reaction',
    answersReferral: true,
  });
}
