import type { Correction } from '../contributions.js';
import { foldCorrections, instant } from '../contributions.js';
import type { ReadModel, RecordOf } from '../read-model.js';
import { defineReadModel, lineTable } from '../read-model.js';
import type { ToldRow } from '../told-row.js';
import { placementTable } from './placement.js';

/*
 * Everything told of every family, a line a row. It knows no event: what a line says is told by its
 * name and its fields, and the page has the words.
 */

const columns = {
  sequence: 'bigint',
  /** Public id of the row. */
  id: 'text',
  line: 'text',
  subject: 'text',
  /** `contact.rated` */
  name: 'text',
  /** Equal on all rows of one event. */
  occurrence: 'text',
  occurred_at: 'instant',
  /** `day` where the source gave a date only. */
  occurred_precision: 'text?',
  learned_at: 'instant?',
  recorded_at: 'instant',
  disclosed_at: 'instant',
  /** Why we were told: `author`, `referrer`, `relation`, joined by `+`. */
  ground: 'text',
  joined: 'boolean',
  imported: 'boolean',
  /** What it tells, as first told; null once withdrawn. */
  fields: 'json?',
  /** A list of `Correction`, oldest first; null where there is none. */
  corrections: 'json?',
  withdrawn_at: 'instant?',
  withdrawn_by: 'text?',
} as const;

type LineRecord = RecordOf<typeof columns>;

export const historyLineTable = lineTable({
  name: 'history_line',
  columns,
  indexes: ['line, occurred_at desc, sequence desc'],
  wants: (row) => row.origin.partitionkey !== 'directory',
  begin: lineOf,
  follow,
});

function lineOf(row: ToldRow): LineRecord {
  const { envelope } = row;
  return {
    sequence: envelope.sequence,
    id: envelope.id,
    line: envelope.partitionkey,
    subject: envelope.subject,
    name: row.name,
    occurrence: envelope.occurrenceid,
    occurred_at: instant(envelope.time),
    occurred_precision: envelope.timeprecision ?? null,
    learned_at: envelope.learnedtime === undefined ? null : instant(envelope.learnedtime),
    recorded_at: instant(envelope.recordedtime),
    disclosed_at: instant(envelope.disclosedtime),
    ground: envelope.ground,
    joined: envelope.joined === true,
    imported: envelope.imported === true,
    fields: row.text,
    corrections: null,
    withdrawn_at: null,
    withdrawn_by: null,
  };
}

function follow(record: LineRecord, row: ToldRow): LineRecord {
  if (row.envelope.withdraws === record.id) {
    // Withdrawn twice (with its membership, say), it was withdrawn by the first.
    if (record.withdrawn_by !== null) return record;
    const withdrawn_at = instant(row.envelope.recordedtime);
    return { ...record, fields: null, withdrawn_at, withdrawn_by: row.envelope.id };
  }
  const held = JSON.parse(record.corrections ?? '[]') as readonly Correction[];
  return { ...record, corrections: JSON.stringify(foldCorrections(held, row)) };
}

/** One agency's history of its families, under the agency's own name for it. */
export function familyHistory(name: string): ReadModel {
  return defineReadModel({ name, version: 1, tables: [historyLineTable, placementTable] });
}
