import { disclosure } from './disclosure.js';
import type { AnyLine, Cell, CellsLine, Column, Grade } from './disclosure-table.js';
import { grades } from './disclosure-table.js';

/** A cell as it applies: the union of the columns that match. */
export interface TellingGrade {
  readonly grade: Grade;
  readonly fields: readonly string[];
}

const lines: Readonly<Record<string, AnyLine>> = disclosure;

/** @throws when the table has no such event: it is complete over the catalogue, so the log is not ours */
export function lineOf(eventType: string): AnyLine {
  const line = lines[eventType];
  if (!line) throw new Error(`the disclosure table has no line for ${eventType}`);
  return line;
}

export function rank(grade: Grade): number {
  return grades.indexOf(grade);
}

/** The highest grade among the matching columns and, at content, the union of their fields. */
export function union(line: CellsLine<string>, columns: readonly Column[]): TellingGrade {
  const cells: Cell[] = columns.map((column) => line[column]);
  const grade = cells.reduce<Grade>(
    (best, cell) => (rank(cell.grade) > rank(best) ? cell.grade : best),
    'withheld',
  );
  const fields = cells.flatMap((cell) => (cell.grade === 'content' ? cell.fields : []));
  return { grade, fields: [...new Set(fields)] };
}

/**
 * What may be told of something that happened before the relationship began: no more than its grade of
 * history, `cap`, save of the household itself and of public reference data. Nobody told as author or
 * referrer is capped.
 */
export function ofThePast<Told extends TellingGrade>(
  line: CellsLine<string>,
  cap: Grade,
  telling: Told,
): Told {
  if (line.household || line.reaches === 'directory' || rank(telling.grade) <= rank(cap)) {
    return telling;
  }
  return { ...telling, grade: cap, fields: [] };
}
