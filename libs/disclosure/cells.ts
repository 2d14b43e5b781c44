import type { Audience, RecipientId } from '@common-thread/domain/identifiers';
import { disclosure, gradeOfHistory } from './disclosure.js';
import type { AnyLine, Cell, CellsLine, Column, Grade } from './disclosure-table.js';
import { grades, isFollowing } from './disclosure-table.js';
import type { Policy } from './policy.js';
import { audienceOf, familiesOfPerson, familiesOfStream, isEntitled, partsOf } from './policy.js';

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
 * history, save of the household itself and of public reference data. Nobody told as author or
 * referrer is capped.
 */
export function ofThePast(
  line: CellsLine<string>,
  audience: Audience,
  telling: TellingGrade,
): TellingGrade {
  const cap = gradeOfHistory[audience];
  if (line.household || line.reaches === 'directory' || rank(telling.grade) <= rank(cap)) {
    return telling;
  }
  return { grade: cap, fields: [] };
}

/**
 * What a recipient may be told now of an event of this type in this stream, for the people named: what
 * command-api's tags and the vault's reveals rest on. A following event has its target's cell.
 */
export function gradeFor(
  policy: Policy,
  recipient: RecipientId,
  event: {
    readonly type: string;
    readonly streamId: string;
    readonly personIds?: readonly string[];
  },
): TellingGrade {
  const line = lineOf(event.type);
  const parts = partsOf(policy, recipient, event.streamId);
  const families = [
    ...familiesOfStream(policy, event.streamId),
    ...(event.personIds ?? []).flatMap((personId) => familiesOfPerson(policy, personId)),
  ];
  const entitled = families.some((familyId) => isEntitled(policy, recipient, familyId));
  const columns: Column[] = entitled ? [...parts, audienceOf(recipient)] : parts;
  if (isFollowing(line)) return { grade: columns.length > 0 ? 'notice' : 'withheld', fields: [] };
  return union(line, columns);
}
