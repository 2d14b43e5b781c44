import { Random } from './random.js';
import { SCRIPTED_FAMILIES } from './household.js';

/** What may happen to a family in the five working days of ordinary work. */
export type Part =
  | 'attendance' | 'not-brought' | 'late-attendance'
  | 'registration' | 'moves-provider' | 'registration-withdrawn' | 'details-corrected'
  | 'review-held' | 'review-missed'
  | 'call-unrated' | 'call-red-overdue' | 'call-amber' | 'call-green' | 'call-decided'
  | 'call-told' | 'call-in-error'
  | 'referral-new' | 'referral-rated' | 'referral-answered'
  | 'referral-by-health-visitor'; // prettier-ignore

/**
 * The first families each have a part, so that a county of fifty already shows everything: a
 * queue with something unrated, something red and overdue, referrals answered and not, and the
 * rest.
 */
const script: readonly (readonly Part[])[] = [
  ['referral-new', 'attendance'],
  ['call-red-overdue'],
  ['call-amber', 'not-brought'],
  ['call-unrated'],
  ['call-decided', 'attendance'],
  ['referral-answered', 'attendance'],
  ['referral-rated'],
  ['referral-by-health-visitor', 'review-held'],
  ['review-held', 'attendance'],
  ['review-missed'],
  ['moves-provider'],
  ['late-attendance'],
  ['details-corrected'],
  ['registration-withdrawn'],
  ['call-green'],
  ['call-told', 'attendance'],
  ['call-in-error'],
  ['attendance'],
  ['review-held'],
  ['attendance', 'review-missed'],
  ['referral-new'],
  ['call-unrated', 'attendance'],
  ['call-told'],
  ['registration'],
  ['attendance'],
];

/** How likely each part is for any other family in one week; assumed. */
const chances: Readonly<Record<Part, number>> = {
  attendance: 0.12,
  'not-brought': 0.008,
  'late-attendance': 0.006,
  registration: 0.05,
  'moves-provider': 0.002,
  'registration-withdrawn': 0.001,
  'details-corrected': 0.003,
  'review-held': 0.25,
  'review-missed': 0.03,
  'call-unrated': 0.003,
  'call-red-overdue': 0.0008,
  'call-amber': 0.002,
  'call-green': 0.003,
  'call-decided': 0.002,
  'call-told': 0.006,
  'call-in-error': 0.0005,
  'referral-new': 0.0015,
  'referral-rated': 0.001,
  'referral-answered': 0.002,
  'referral-by-health-visitor': 0.001,
};

export function partsOf(seed: string, family: number): readonly Part[] {
  if (family < SCRIPTED_FAMILIES) return script[family % script.length] ?? [];
  const random = new Random(seed, 'parts', family);
  return (Object.keys(chances) as Part[]).filter((part) => random.chance(chances[part]));
}
