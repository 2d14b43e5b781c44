import { parse } from 'csv-parse/sync';
import { SLUG_PATTERN } from '@common-thread/domain/identifiers';
import { isDay } from '@common-thread/domain/london-day';
import type { StaffDetails } from '@common-thread/platform/staff';

/** Why a file of staff cannot be entered: which line, and what to do. */
export class UnreadableStaff extends Error {
  override readonly name = 'UnreadableStaff';
}

const needed = ['id', 'organisation', 'familyName'] as const;
const known = [...needed, 'givenName', 'dateOfBirth', 'nhsNumber', 'address', 'postcode'] as const;

/** What each column holds, said where it holds something else. */
const rules: Readonly<Partial<Record<(typeof known)[number], readonly [RegExp, string]>>> = {
  id: [/^[\w.|-]{1,100}$/, 'the id somebody signs in with: letters, digits and - _ . |'],
  organisation: [new RegExp(SLUG_PATTERN), 'an organisation’s short name, like larkfield-centres'],
  familyName: [/\S/, 'a surname'],
  nhsNumber: [/^[0-9 -]{10,14}$/, 'ten digits'],
};

/**
 * Members of staff from a CSV with a heading: `id`, `organisation` and `familyName`, and where they are
 * known `givenName`, `dateOfBirth`, `nhsNumber`, `address` and `postcode`.
 * @throws UnreadableStaff; nothing of what is wrong is repeated in it
 */
export function readStaff(text: string): readonly StaffDetails[] {
  const [heading = [], ...lines] = rowsOf(text);
  const missing = needed.filter((column) => !heading.includes(column));
  const strange = heading.filter((column) => !known.some((name) => name === column));
  if (missing.length > 0) throw new UnreadableStaff(`Add the columns ${missing.join(', ')}.`);
  if (strange.length > 0) {
    throw new UnreadableStaff(
      `Leave out what is no column of ours: there are ${known.join(', ')}.`,
    );
  }
  return lines.map((cells, nth) => staffOf(heading, cells, nth + 2));
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, trim: true });
  } catch {
    throw new UnreadableStaff('This is no CSV whose lines have as many cells as its heading.');
  }
}

function staffOf(
  heading: readonly string[],
  cells: readonly string[],
  line: number,
): StaffDetails {
  const given = (column: (typeof known)[number]) => {
    const text = cells[heading.indexOf(column)] ?? '';
    const [pattern, what] = rules[column] ?? [/^/, ''];
    const isNeeded = needed.some((name) => name === column);
    if ((text !== '' || isNeeded) && !pattern.test(text)) {
      throw new UnreadableStaff(`Line ${line}: ${column} is ${what}.`);
    }
    if (column === 'dateOfBirth' && text !== '' && !isDay(text)) {
      throw new UnreadableStaff(`Line ${line}: dateOfBirth is a day like 1985-03-27.`);
    }
    return text;
  };
  const [id, organisation, familyName] = needed.map(given) as [string, string, string];
  const rest = known.slice(needed.length).map((column) => [column, given(column)] as const);
  return {
    ...Object.fromEntries(rest.filter(([, text]) => text !== '')),
    ...{ id, organisation, familyName },
  };
}
