import type { Contribution } from '@common-thread/projecting/contributions';
import { fieldsOf, lastNamed, tagOf } from '@common-thread/projecting/contributions';
import { currentLine } from '@common-thread/projecting/family-history/placement';
import { textOf, textsOf } from '@common-thread/projecting/fields';
import { contributionTable, defineReadModel } from '@common-thread/projecting/read-model';
import { idOfSubject } from '@common-thread/projecting/told-row';

/**
 * Every contact told, in hand or not: those no longer in hand are what makes the next one a repeat.
 * Times due are worked out when the queue is read, because limits are policy and policy changes.
 */
export const contactTable = contributionTable({
  name: 'triage_queue_contact',
  columns: {
    contact_id: 'text',
    /** Told to us as its author: the contact is this hub's, not another's. */
    ours: 'boolean',
    /** Ours, not backfilled, and neither answered nor recorded in error. */
    in_hand: 'boolean',
    /** Counts as an earlier contact: it stands and was not recorded in error. */
    counts: 'boolean',
    /** The family's line, or the contact's own until it is linked. */
    line: 'text',
    family_id: 'text?',
    tag: 'text?',
    reference: 'text?',
    channel: 'text?',
    source: 'text?',
    organisation: 'text?',
    referrer: 'text?',
    referral_id: 'text?',
    need: 'text?',
    child_ids: 'texts',
    received_at: 'instant?',
    imported: 'boolean',
    /** Boxes. */
    concern: 'text?',
    described_as: 'text?',
    caller_details: 'text?',
    wishes_anonymity: 'boolean',
    rating: 'text?',
    rated_at: 'instant?',
    first_rated_at: 'instant?',
    /** A list of `RatingTold`, oldest first. */
    ratings: 'json',
    outcomes: 'texts',
    rationale: 'text?',
    decided_by: 'text?',
    return_reason: 'text?',
    decided_at: 'instant?',
    feedback_channel: 'text?',
    feedback_words: 'text?',
    feedback_at: 'instant?',
    error_reason: 'text?',
    in_error_at: 'instant?',
    corrected: 'boolean',
  },
  indexes: ['in_hand', 'line, received_at'],
  keysOf: ({ origin, originName }) =>
    originName.startsWith('contact.') && idOfSubject('contact', origin.subject) !== null
      ? [origin.subject]
      : [],
  columnsOf: (held, subject) => ({
    contact_id: idOfSubject('contact', subject) ?? subject,
    ...standingOf(held),
    ...placeOf(held, subject),
    ...receptionOf(held),
    ...ratingOf(held),
    ...decisionOf(held),
    tag: tagOf(subject, held),
    corrected: held.some((c) => c.corrections.some((x) => x.fields !== null)),
  }),
});

/** One rating in its turn; `reason` is a box. */
export interface RatingTold {
  readonly rating: string | null;
  readonly reason: string | null;
  readonly ratedAt: string;
}

function standingOf(held: readonly Contribution[]) {
  const received = lastNamed(held, 'contact.received');
  const error = lastNamed(held, 'contact.recorded-in-error');
  const feedback = lastNamed(held, 'contact.feedback-given');
  const imported = held.find((c) => c.name === 'contact.received')?.imported ?? false;
  const ours = held.some((c) => c.ground.split('+').includes('author'));
  return {
    ours,
    in_hand: ours && received !== undefined && !imported && !error && !feedback,
    counts: received !== undefined && !error,
    imported,
    error_reason: textOf(fieldsOf(error), 'reason'),
    in_error_at: error?.occurredAt ?? null,
  };
}

function placeOf(held: readonly Contribution[], subject: string) {
  const rows = held.map((c) => ({ ...c, stands: c.fields !== null }));
  const line = currentLine(subject, rows);
  return { line, family_id: idOfSubject('family', line) };
}

function receptionOf(held: readonly Contribution[]) {
  const received = lastNamed(held, 'contact.received');
  const fields = fieldsOf(received);
  const link = lastNamed(held, 'contact.linked');
  const anonymity = lastNamed(held, 'contact.anonymity-requested');
  const childIds = textsOf(fieldsOf(link), 'childIds');
  return {
    reference: textOf(fields, 'reference'),
    channel: textOf(fields, 'channel'),
    source: textOf(fields, 'source'),
    organisation: textOf(fields, 'organisation'),
    referrer: textOf(fields, 'referrer'),
    referral_id: textOf(fields, 'referralId'),
    need: textOf(fields, 'need'),
    child_ids: childIds.length > 0 ? childIds : textsOf(fields, 'childIds'),
    received_at: received?.occurredAt ?? null,
    concern: textOf(fields, 'concern'),
    described_as: textOf(fields, 'describedAs'),
    caller_details: textOf(fields, 'callerDetails'),
    wishes_anonymity: anonymity !== undefined,
  };
}

function ratingOf(held: readonly Contribution[]) {
  const ratings = held.filter(
    (c) => c.fields !== null && (c.name === 'contact.rated' || c.name === 'contact.rerated'),
  );
  const told = ratings.map((c): RatingTold => ({
    rating: textOf(fieldsOf(c), 'rating'),
    reason: textOf(fieldsOf(c), 'reason'),
    ratedAt: c.occurredAt,
  }));
  return {
    rating: told.at(-1)?.rating ?? null,
    rated_at: told.at(-1)?.ratedAt ?? null,
    first_rated_at: told[0]?.ratedAt ?? null,
    ratings: JSON.stringify(told),
  };
}

function decisionOf(held: readonly Contribution[]) {
  const decided = lastNamed(held, 'contact.decided');
  const feedback = lastNamed(held, 'contact.feedback-given');
  const decision = fieldsOf(decided);
  return {
    outcomes: textsOf(decision, 'outcomes'),
    rationale: textOf(decision, 'rationale'),
    decided_by: textOf(decision, 'decidedBy'),
    return_reason: textOf(decision, 'returnReason'),
    decided_at: decided?.occurredAt ?? null,
    feedback_channel: textOf(fieldsOf(feedback), 'channel'),
    feedback_words: textOf(fieldsOf(feedback), 'words'),
    feedback_at: feedback?.occurredAt ?? null,
  };
}

export const triageQueue = defineReadModel({
  name: 'triage-queue',
  version: 2,
  matters: ['contact'],
  tables: [contactTable],
});
