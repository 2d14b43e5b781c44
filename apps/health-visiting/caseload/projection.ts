import { fieldsOf, lastNamed } from '@common-thread/projecting/contributions';
import { textOf } from '@common-thread/projecting/fields';
import {
  contributionTable,
  defineReadModel,
  journalTable,
} from '@common-thread/projecting/read-model';
import { idOfSubject, isOwn } from '@common-thread/projecting/told-row';

/** Our spells with each family, ended ones too. Who is in the family is told with the household. */
export const caseloadTable = contributionTable({
  name: 'caseload_family',
  columns: {
    caseload_id: 'text',
    line: 'text',
    /** It stands and has not ended. */
    on_caseload: 'boolean',
    since: 'instant?',
    until: 'instant?',
    end_reason: 'text?',
  },
  indexes: ['line', 'on_caseload'],
  keysOf: ({ origin, originName }) =>
    isOwn(origin) && inCaseload.has(originName) ? [origin.subject] : [],
  columnsOf: (held, subject) => {
    const began = lastNamed(held, 'caseload.began');
    const ended = lastNamed(held, 'caseload.ended');
    return {
      caseload_id: idOfSubject('caseload', subject) ?? subject,
      line: held[0]?.line ?? '',
      on_caseload: began !== undefined && ended === undefined,
      since: began?.occurredAt ?? null,
      until: ended?.occurredAt ?? null,
      end_reason: textOf(fieldsOf(ended), 'reason'),
    };
  },
});
const inCaseload = new Set(['caseload.began', 'caseload.ended']);

/**
 * Each time a review fell due, was held or was missed, whichever service told of it; and births, which end
 * the time for an antenatal one.
 */
export const reviewTable = contributionTable({
  name: 'caseload_review',
  columns: {
    line: 'text',
    sequence: 'bigint',
    stands: 'boolean',
    /** `due`, `held`, `missed` or `born`. */
    kind: 'text',
    child_id: 'text?',
    review: 'text?',
    due_week: 'text?',
    /** Box. */
    due_on: 'text?',
    place: 'text?',
    reason: 'text?',
    occurred_at: 'instant?',
  },
  indexes: ['line', 'child_id, review, kind'],
  keysOf: ({ origin, originName }) => (inReview.has(originName) ? [origin.id] : []),
  columnsOf: (held) => {
    const told = lastNamed(held, ...inReview);
    const fields = fieldsOf(told);
    return {
      line: held[0]?.line ?? '',
      sequence: held[0]?.sequence ?? 0,
      stands: told !== undefined,
      kind: held[0]?.name.split('.').at(-1) ?? '',
      child_id: textOf(fields, 'childId') ?? textOf(fields, 'personId'),
      review: textOf(fields, 'review'),
      due_week: textOf(fields, 'dueWeek'),
      due_on: textOf(fields, 'dueOn'),
      place: textOf(fields, 'place'),
      reason: textOf(fields, 'reason'),
      occurred_at: told?.occurredAt ?? null,
    };
  },
});
const inReview = new Set(['review.due', 'review.held', 'review.missed', 'child.born']);

/**
 * What others told of each family as it happened: the past that came by joining or from a backfill, and
 * our own records, announce nothing.
 */
export const newsTable = journalTable({
  name: 'caseload_news',
  columns: { sequence: 'bigint', line: 'text', occurrence: 'text' },
  indexes: ['line, sequence'],
  wants: ({ envelope }) =>
    envelope.partitionkey.startsWith('family/') &&
    envelope.joined === undefined &&
    envelope.imported === undefined &&
    !isOwn(envelope),
  begin: ({ envelope }) => ({
    sequence: envelope.sequence,
    line: envelope.partitionkey,
    occurrence: envelope.occurrenceid,
  }),
});

export const caseload = defineReadModel({
  name: 'caseload',
  version: 2,
  differs: [
    {
      table: 'caseload_review',
      in: 'records',
      because: 'a birth ends the time for the review before it',
    },
  ],
  tables: [caseloadTable, reviewTable, newsTable],
});
