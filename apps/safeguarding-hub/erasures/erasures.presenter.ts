import type { DueList, DueRecords, Erasure, KeptRecords } from '@common-thread/platform/erasing';
import {
  calendarDayInWords,
  counted,
  instantInWords,
} from '@common-thread/platform/pages/london-time';
import { asSentence, inWords } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import * as words from '@common-thread/presenting/erasure-words';

/** What is due, the longest overdue at the top, and what officers have decided that is not complete. */
export function erasuresView(
  { asOf, until, due, more, notCounted }: DueList,
  erasures: readonly Erasure[],
  names: DirectoryNames,
) {
  const isOverdue = (records: DueRecords) => records.due.from < asOf;
  const now = due.filter((records) => records.due.from <= asOf).length;
  const held = due.filter(({ holds }) => holds.length > 0).length;
  return {
    summary:
      due.length === 0
        ? `Nothing is due until ${calendarDayInWords(until)}.`
        : `${counted(now, 'record')} due, ${due.filter(isOverdue).length} of them overdue; ` +
          `${due.length - now} more until ${calendarDayInWords(until)}. ${held} held.`,
    more:
      more > 0
        ? `The ${due.length} longest due are listed; ${more} more move up as these are erased.`
        : undefined,
    notCounted:
      notCounted > 0
        ? `For ${counted(notCounted, 'record')} whose work has ended the time cannot be counted, ` +
          'because a date of birth is not known. They are kept.'
        : undefined,
    due: due.map((records) => ({
      personId: records.personId,
      href: hrefOf(records.personId),
      families: records.familyIds.join(', '),
      when: dueInWords(records, asOf),
      isOverdue: isOverdue(records),
      why: ruleInWords(records.due),
      holder: names.organisation(records.holder),
      classes: classesInWords(records.recordClasses),
      holds: records.holds.map((ground) => inWords(words.legalHoldGroundWords, ground)),
      isProposed: records.proposalId !== undefined,
    })),
    underWay: erasures
      .filter((erasure) => !erasure.declined && !isComplete(erasure, asOf))
      .map((erasure) => ({
        personId: erasure.personId,
        href: hrefOf(erasure.personId),
        ...erasureInWords(erasure, asOf, names),
      })),
  };
}

export function hrefOf(personId: string): string {
  return `/erasures/${personId}`;
}

function dueInWords({ due }: DueRecords, today: string): string {
  const day = calendarDayInWords(due.from);
  return due.from < today ? `Overdue since ${day}` : day;
}

export function ruleInWords({ kind, countedFrom }: NonNullable<KeptRecords['due']>): string {
  const rule = inWords(words.retentionWords, kind);
  return `${asSentence(rule)}, ${inWords(words.retentionTriggerWords, countedFrom)}`;
}

export function classesInWords(classes: readonly string[]): string {
  return classes.map((code) => inWords(words.recordClassWords, code)).join('; ');
}

function isComplete({ completeOn }: Erasure, today: string): boolean {
  return completeOn !== undefined && completeOn <= today;
}

/** One proposal: what it is about, how far it has come, and when it can be said to be done. */
export function erasureInWords(erasure: Erasure, today: string, names: DirectoryNames) {
  const { proposed, confirmed, declined, earliestAt, completeOn, destroyedAt } = erasure;
  const by = (decided: { readonly by: string; readonly at: string } | undefined) =>
    decided && `${instantInWords(new Date(decided.at))} by ${decided.by}`;
  return {
    holder: names.organisation(erasure.holder),
    classes: asSentence(classesInWords(erasure.recordClasses)),
    ground: asSentence(inWords(words.shreddingGroundWords, erasure.ground)),
    state: stateInWords(erasure, today),
    proposed: by(proposed),
    confirmed: by(confirmed),
    declined: by(declined),
    earliest: earliestInWords(erasure),
    destroyed:
      destroyedAt === undefined || earliestAt === undefined
        ? undefined
        : `${instantInWords(new Date(destroyedAt))}, ${counted(erasure.keysDestroyed, 'key')}`,
    completeOn: completeInWords(completeOn, declined !== undefined),
  };
}

function stateInWords(erasure: Erasure, today: string): string {
  const { confirmed, declined, destroyedAt, holds, keysDestroyed } = erasure;
  if (declined) return 'Declined';
  if (destroyedAt !== undefined) {
    if (keysDestroyed === 0) return 'Ended for this organisation; others hold every key';
    return isComplete(erasure, today) ? 'Complete' : 'Destroyed, not yet complete';
  }
  if (holds.length > 0) return 'Waits: a legal hold keeps it';
  return confirmed ? 'Confirmed, being destroyed' : 'Waits for a second officer';
}

function earliestInWords({ earliestAt, destroyedAt, declined }: Erasure): string | undefined {
  if (destroyedAt !== undefined || declined) return undefined;
  if (earliestAt === undefined) return 'Ten minutes after the vault hears of the proposal';
  return instantInWords(new Date(earliestAt));
}

function completeInWords(completeOn: string | undefined, isDeclined: boolean): string | undefined {
  if (isDeclined) return undefined;
  return completeOn === undefined
    ? '30 days after it is destroyed, when the last backup of the keys is gone'
    : calendarDayInWords(completeOn);
}
