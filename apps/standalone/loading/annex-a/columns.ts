import type { Cell } from './cells.js';
import { textOf } from './cells.js';

/** The lists of Annex A that are loaded. */
export type ListNumber = 1 | 3;

export type ColumnName = 'child' | 'sex' | 'dateOfBirth' | 'date' | 'source' | 'noFurtherAction';

interface Column {
  readonly name: ColumnName;
  /** As the specification spells it, for messages. */
  readonly title: string;
  readonly header: RegExp;
  readonly required: boolean;
}

/*
 * Header patterns after Annex_A_schema.yml (specification.origin.md). Ours beside it: "Sex", as
 * the 2026 edition renames Gender, and "Referral NFA" without its question mark. The
 * specification's own pattern for the date of referral has a slip of the pen at its end and is
 * given here without it.
 *
 * Not read, and so never kept: ethnicity (special category, and nothing here rests on it), age
 * (stale the day after the extract; the date of birth says it), allocated team and worker (a
 * colleague's name), the number of referrals in the last 12 months (counted from the referrals
 * themselves).
 */
const child: Column = {
  name: 'child',
  title: 'Child Unique ID',
  header: /\bchild\b.*\b(id|identifier)\b|\b(id|identifier)\b.*\bchild\b/i,
  required: true,
};
const sex: Column = { name: 'sex', title: 'Gender', header: /^(gender|sex)$/i, required: false };
const dateOfBirth: Column = {
  name: 'dateOfBirth',
  title: 'Date of Birth',
  header: /date.*birth/i,
  required: false,
};

export const columnsOfList: Readonly<Record<ListNumber, readonly Column[]>> = {
  1: [
    child,
    sex,
    dateOfBirth,
    { name: 'date', title: 'Date of Contact', header: /date.*contact/i, required: true },
    { name: 'source', title: 'Contact Source', header: /contact.*source/i, required: true },
  ],
  3: [
    child,
    sex,
    dateOfBirth,
    { name: 'date', title: 'Date of referral', header: /date of.*referral/i, required: true },
    { name: 'source', title: 'Referral Source', header: /referral.*source/i, required: true },
    {
      name: 'noFurtherAction',
      title: 'Referral NFA?',
      header: /^referral nfa\b/i,
      required: true,
    },
  ],
};

export function titleOf(list: ListNumber, name: ColumnName): string {
  return columnsOfList[list].find((column) => column.name === name)?.title ?? name;
}

/** Place of each column in the rows of one sheet; absent where the sheet has no such column. */
export type Places = Readonly<Partial<Record<ColumnName, number>>>;

export type Header =
  { readonly places: Places } | { readonly missing: readonly string[]; readonly best: number };

/**
 * Reads a row as the header of a list: each column is the first cell its pattern fits that no
 * other took.
 */
export function readHeader(list: ListNumber, cells: readonly Cell[]): Header {
  const titles = cells.map((cell) => textOf(cell));
  const places: Partial<Record<ColumnName, number>> = {};
  const taken = new Set<number>();
  for (const column of columnsOfList[list]) {
    const exact = titles.findIndex((title) => title.toLowerCase() === column.title.toLowerCase());
    const place =
      exact >= 0
        ? exact
        : titles.findIndex((title, nth) => !taken.has(nth) && column.header.test(title));
    if (place < 0) continue;
    places[column.name] = place;
    taken.add(place);
  }
  const missing = columnsOfList[list].filter((c) => c.required && places[c.name] === undefined);
  return missing.length === 0
    ? { places }
    : { missing: missing.map((c) => c.title), best: taken.size };
}
