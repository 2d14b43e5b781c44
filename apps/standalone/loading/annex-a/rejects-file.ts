import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access, constants, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'csv-stringify';
import type { Stringifier } from 'csv-stringify';
import { UnreadableInput } from './cells.js';
import type { Fault } from './contact-row.js';

/** The rejects of an input lie beside it: `extract.xlsx.rejects.csv`, `folder.rejects.csv`. */
export function rejectsPath(input: string): string {
  return `${input.replace(/[/\\]+$/, '')}.rejects.csv`;
}

/**
 * Says for each row that was not loaded where it stands and what is wrong with it, never what it
 * says: the file may be mailed about. Of one run alone; there is none where nothing was rejected.
 */
export class RejectsFile {
  #open: { readonly rows: Stringifier; readonly written: Promise<unknown> } | undefined;

  private constructor(readonly path: string) {}

  /** Removes an earlier run's. @throws UnreadableInput where none could be written */
  static async beside(input: string): Promise<RejectsFile> {
    const path = rejectsPath(input);
    try {
      await access(dirname(path), constants.W_OK);
      await rm(path, { force: true });
    } catch {
      throw new UnreadableInput(
        'nothing can be written beside it, and rows that are not loaded are listed there. ' +
          'Copy it to a folder of your own.',
      );
    }
    return new RejectsFile(path);
  }

  async add(file: string, row: number, faults: readonly Fault[]): Promise<void> {
    const { rows } = (this.#open ??= this.#begin());
    for (const { column, reason } of faults) {
      if (!rows.write([file, row, column, reason])) await once(rows, 'drain');
    }
  }

  /** Whether anything was written. */
  async close(): Promise<boolean> {
    if (!this.#open) return false;
    this.#open.rows.end();
    await this.#open.written;
    return true;
  }

  #begin() {
    const rows = stringify({
      header: true,
      columns: ['file', 'row', 'column', 'reason'],
      // A sheet's name is the sender's: opened in a spreadsheet it must stay a text.
      escape_formulas: true,
    });
    const file = rows.pipe(createWriteStream(this.path, { mode: 0o600 }));
    return { rows, written: once(file, 'finish') };
  }
}
