import type { Rating } from '@common-thread/domain/code-lists';
import { counted, durationInWords, sinceInWords } from '@common-thread/platform/pages/london-time';
import { inWords, ratingWords, sourceWords } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import type { ContactTask, QueuedContact, RepeatCount } from './queries.js';

const ratingClasses: Readonly<Record<Rating, string>> = {
  red: 'govuk-tag--red',
  amber: 'govuk-tag--orange',
  green: 'govuk-tag--green',
  blue: 'govuk-tag--blue',
};

const taskWords: Readonly<Record<ContactTask, string>> = {
  rate: 'Rate',
  decide: 'Decide',
  tell: 'Tell the referrer',
};

/** A rating as a word and a colour, never a colour alone. */
export function ratingTag(rating: Rating | null) {
  return rating === null
    ? { text: 'Not rated', classes: 'govuk-tag--grey' }
    : { text: ratingWords[rating], classes: ratingClasses[rating] };
}

/** What is to be done next; undefined once the contact is no longer in hand. */
export function taskInWords(task: ContactTask | null): string | undefined {
  return task === null ? undefined : taskWords[task];
}

/** `2 hours 5 minutes left` or `25 minutes overdue`. */
export function timeLeft(dueAt: Date | null, now: Date): { text: string; overdue: boolean } {
  if (dueAt === null) return { text: 'No limit', overdue: false };
  const left = dueAt.getTime() - now.getTime();
  const overdue = left < 0;
  return { text: `${durationInWords(Math.abs(left))} ${overdue ? 'overdue' : 'left'}`, overdue };
}

/** `3 earlier contacts in 90 days from 2 sources`; undefined where this is the first in a year. */
export function repeatsInWords(repeats: readonly RepeatCount[]): string | undefined {
  const found = repeats.find(({ earlier }) => earlier > 0);
  if (!found) return undefined;
  const within = found.days === 90 ? '90 days' : '12 months';
  const from = found.sources > 1 ? ` from ${counted(found.sources, 'source')}` : '';
  return `${counted(found.earlier, 'earlier contact')} in ${within}${from}`;
}

/** Who got in touch: the organisation where it is one of ours, else what kind of source. */
export function fromInWords(
  contact: Pick<QueuedContact, 'referrer' | 'source'>,
  names: DirectoryNames,
): string {
  return contact.referrer === null
    ? inWords(sourceWords, contact.source)
    : names.organisation(contact.referrer);
}

/** The queue by time left, as it came. @param children names by contact id */
export function triageQueueView(
  queue: readonly QueuedContact[],
  children: ReadonlyMap<string, readonly string[]>,
  names: DirectoryNames,
  now: Date,
) {
  const rows = queue.map((contact) => ({
    href: `/contacts/${contact.contactId}`,
    reference: contact.reference ?? 'No reference',
    rating: ratingTag(contact.rating),
    task: taskWords[contact.task],
    time: timeLeft(contact.dueAt, now),
    children: children.get(contact.contactId) ?? [],
    from: fromInWords(contact, names),
    received: sinceInWords(contact.receivedAt, now),
    repeats: repeatsInWords(contact.repeats),
  }));
  const overdue = rows.filter(({ time }) => time.overdue).length;
  return {
    rows,
    summary: `${counted(rows.length, 'contact')} in hand`,
    overdue: overdue === 0 ? 'none overdue' : `${overdue} overdue`,
  };
}
