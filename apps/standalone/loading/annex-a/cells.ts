/**
 * A cell as its reader gives it: text (numbers keep their digits), a date the sheet itself knows
 * for one, or nothing.
 */
export type Cell = string | Date | boolean | null;

/**
 * One row of one list: its number as a spreadsheet program shows it, the header being row 1 or
 * later.
 */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

/**
 * The input cannot be read at all. The message says what is wrong and what to do; nothing was
 * loaded from it.
 */
export class UnreadableInput extends Error {
  override readonly name = 'UnreadableInput';
}

/** The longest text any column of the two lists needs, many times over. */
export const CELL_CHARACTERS_MAX = 1_000;

/** A cell as trimmed text; empty where there is nothing. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
  return String(cell).replace(/\s+/g, ' ').trim();
}
