import { Temporal } from 'temporal-polyfill';
import { daysAfter, londonDay } from '../london-day.js';
import type { RecordClass } from './code-lists.js';

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

/** The day that the time to keep a record is counted from. */
export type RetentionTrigger = keyof RetentionFacts;

/** So many years after a day. */
interface Rule {
  readonly from: RetentionTrigger;
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

/** The class that an organisation’s own records of a kind are kept by. Who somebody is goes with them. */
export const retentionOfRecords: Readonly<
  Record<Exclude<RecordClass, 'identity'>, RetentionClass>
> = {
  centre: 'early-help-contact-or-need',
  'child-health': 'child-health',
  contact: 'early-help-contact-or-need',
};

/** When a record may be destroyed, and by what of the policy. */
export interface RetentionEnd {
  /** London day, `YYYY-MM-DD` */
  readonly on: string;
  readonly kind: RetentionClass;
  readonly from: RetentionTrigger;
}

/**
 * The first day on which a record of these classes may be destroyed: that of the class kept longest.
 * Undefined while the work goes on, and where a day that counts is not known: then it is kept.
 */
export function dueOn(
  classes: readonly RetentionClass[],
  facts: RetentionFacts,
): RetentionEnd | undefined {
  const { closed } = facts;
  if (closed === undefined) return undefined;
  const ends = classes.map((kind) => endOf(kind, facts));
  let last: RetentionEnd | undefined;
  for (const end of ends) {
    if (!end) return undefined;
    if (!last || end.on > last.on) last = end;
  }
  // Whatever the schedule says, not before the work has come to an end.
  return last && last.on < closed ? { ...last, on: closed, from: 'closed' } : last;
}

/**
 * The day a due day is told as: the first of a month, the day itself or the next. A birthday is not told
 * by when a record is due, and nothing is destroyed early.
 */
export function toldAsDue(day: string): string {
  const date = Temporal.PlainDate.from(day);
  const first = date.with({ day: 1 });
  return (date.day === 1 ? first : first.add({ months: 1 })).toString();
}

function endOf(kind: RetentionClass, facts: RetentionFacts): RetentionEnd | undefined {
  const rules: readonly Rule[] = retentionPolicy[kind].rules;
  for (const { from, years, ifDiedUnder, closedAt } of rules) {
    const day = facts[from];
    if (day === undefined) continue;
    const { born, closed } = facts;
    if (ifDiedUnder !== undefined && (born === undefined || ageOn(born, day) >= ifDiedUnder)) {
      continue;
    }
    const isOlder = closedAt && closed !== undefined && ageOn(day, closed) >= closedAt.age;
    return { on: yearsAfter(day, isOlder ? closedAt.years : years), kind, from };
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
