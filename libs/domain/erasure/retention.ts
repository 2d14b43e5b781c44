import { Temporal } from 'temporal-polyfill';
import { daysAfter, londonDay } from '../london-day.js';

/** For how long a kind of record is kept. Policy of the county after published schedules, not law. */
export type RetentionClass = keyof typeof retentionPolicy;

/** What of a record's subject and its history the time to keep it is counted from. */
export interface RetentionFacts {
  /** Day of birth: of the child, or of the adult that an allegation is about. */
  readonly born?: string;
  readonly died?: string;
  /** The day on which the holder’s work came to an end; absent while it goes on. */
  readonly closed?: string;
  /** Day of an adoption order. */
  readonly ordered?: string;
}

type Trigger = keyof RetentionFacts;

/** So many years after a day. */
interface Rule {
  readonly from: Trigger;
  readonly years: number;
  /** Applies only where the child died before this age. */
  readonly ifDiedUnder?: number;
  /** These years instead, where the child was this old or older when the work closed. */
  readonly closedAt?: { readonly age: number; readonly years: number };
}

/** The first rule whose day is known counts. */
export const retentionPolicy = {
  'looked-after': {
    source: 'Care Planning, Placement and Case Review (England) Regulations 2010, regulation 50',
    rules: [
      { from: 'died', years: 15, ifDiedUnder: 18 },
      { from: 'born', years: 75 },
    ],
  },
  adoption: {
    source: 'Disclosure of Adoption Information (Post-Commencement Adoptions) Regulations 2005',
    rules: [{ from: 'ordered', years: 100 }],
  },
  'strategy-enquiry-or-conference': {
    source: 'Published schedules of councils: 35 years from closure where not looked after',
    rules: [{ from: 'closed', years: 35 }],
  },
  'early-help-contact-or-need': {
    source: 'North Somerset Council’s schedule: to the age of 30, or six years after death',
    rules: [
      { from: 'died', years: 6 },
      { from: 'born', years: 30 },
    ],
  },
  'child-health': {
    source: 'NHS Records Management Code: 25th birthday, 26th where 17 at the end',
    rules: [{ from: 'born', years: 25, closedAt: { age: 17, years: 26 } }],
  },
  'allegation-against-adult': {
    source: 'Published schedules of councils: 100 years from the adult’s birth',
    rules: [{ from: 'born', years: 100 }],
  },
} as const satisfies Readonly<
  Record<string, { readonly source: string; readonly rules: readonly Rule[] }>
>;

/** Backups of the bucket keys are kept no longer: until the last is gone nothing is erased for good. */
export const masterKeyBackupDaysMax = 30;

/** The last London day on which a backup can hold a bucket key that was destroyed at this instant. */
export function completeOn(destroyedAt: string): string {
  return daysAfter(londonDay(destroyedAt), masterKeyBackupDaysMax);
}

/**
 * The first day on which a record of these classes may be destroyed: that of the class kept longest.
 * Undefined while the work goes on, and where a day that counts is not known: then it is kept.
 */
export function dueOn(
  classes: readonly RetentionClass[],
  facts: RetentionFacts,
): string | undefined {
  if (facts.closed === undefined || classes.length === 0) return undefined;
  const days = classes.map((each) => dayOf(retentionPolicy[each].rules, facts));
  if (days.includes(undefined)) return undefined;
  // Whatever the schedule says, not before the work has come to an end.
  return [...days, facts.closed].reduce((last = '', day = '') => (day > last ? day : last));
}

function dayOf(rules: readonly Rule[], facts: RetentionFacts): string | undefined {
  for (const { from, years, ifDiedUnder, closedAt } of rules) {
    const day = facts[from];
    if (day === undefined) continue;
    const { born, closed } = facts;
    if (ifDiedUnder !== undefined && (born === undefined || ageOn(born, day) >= ifDiedUnder)) {
      continue;
    }
    const isOlder = closedAt && closed !== undefined && ageOn(day, closed) >= closedAt.age;
    return yearsAfter(day, isOlder ? closedAt.years : years);
  }
  return undefined;
}

function ageOn(born: string, day: string): number {
  return Temporal.PlainDate.from(born).until(day, { largestUnit: 'years' }).years;
}

/** A birthday on 29 February is 1 March where there is none: nobody is a day younger for it. */
function yearsAfter(day: string, years: number): string {
  const date = Temporal.PlainDate.from(day);
  const later = date.add({ years });
  return (later.day === date.day ? later : later.add({ days: 1 })).toString();
}
