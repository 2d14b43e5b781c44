import { fieldsOf, standing } from '@common-thread/projecting/contributions';
import { textOf } from '@common-thread/projecting/fields';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { contributionTable, lineTable } from '@common-thread/projecting/read-model';

/** A fold that cannot take a note saying `poison` until it is mended. */
export interface Mending {
  mended: boolean;
}

/** A small read model for tests of what folds, not of what is folded: notes by family, and every line. */
export function trialModel(mending: Mending = { mended: true }): ReadModel {
  const notes = contributionTable({
    name: 'trial_notes',
    columns: { line: 'text', notes: 'texts' },
    keysOf: ({ origin }) => [origin.partitionkey],
    columnsOf: (held, line) => {
      const told = standing(held).flatMap((c) => textOf(fieldsOf(c), 'note') ?? []);
      if (!mending.mended && told.includes('poison')) throw new RangeError('not this note');
      return { line, notes: told };
    },
  });
  const lines = lineTable({
    name: 'trial_line',
    columns: { sequence: 'bigint', line: 'text', fields: 'json?' },
    wants: () => true,
    begin: (row) => ({ sequence: row.sequence, line: row.line, fields: row.text }),
    follow: (record, row) =>
      row.envelope.withdraws === undefined ? record : { ...record, fields: null },
  });
  return { name: 'trial', version: 1, tables: [notes, lines] };
}
