import type { RecipientId } from '@common-thread/domain/identifiers';
import { rank, union } from './cells.js';
import type { CellsLine, Column, Grade } from './disclosure-table.js';
import { isFollowing } from './disclosure-table.js';
import type { CellGround, Duty, KindOfTelling } from './grounds.js';
import { groundOfCell, kindOfEvent } from './grounds.js';
import { audienceOf } from './policy.js';
import type { TableVersion } from './tables.js';

/** What a recipient is told of a kind of fact because the law asks for it, whatever was agreed. */
export interface ToldByDuty {
  /** Of every family it is related to, or of what it asked about itself. */
  readonly as: 'audience' | 'referrer';
  readonly duty: Duty;
  /** The most that is told of any of these events. */
  readonly grade: Grade;
  /** Types of the private log. */
  readonly eventTypes: readonly string[];
}

/**
 * What of a kind of fact goes on being told to a recipient without any agreement. As referrer only where its
 * audience is not told as much by duty. Its own record, and what is within its organisation, is neither.
 */
export function toldByDuty(
  recipient: RecipientId,
  kind: KindOfTelling,
  table: TableVersion,
): readonly ToldByDuty[] {
  const asAudience = told(table, kind, audienceOf(recipient), 'audience');
  const asReferrer = told(table, kind, 'referrer', 'referrer');
  const isMore = !asAudience || !asReferrer || !covers(asAudience, asReferrer);
  return [asAudience, isMore ? asReferrer : undefined].filter((each) => each !== undefined);
}

/** The most that the table lets a recipient be told of a kind of fact under an agreement. */
export function toldByAgreement(
  recipient: RecipientId,
  kind: KindOfTelling,
  table: TableVersion,
): Grade {
  const audience = audienceOf(recipient);
  if (groundOfCell[kind][audience].rests !== 'agreement') return 'withheld';
  return highest(linesOf(table, kind).map(({ line }) => union(line, [audience]).grade));
}

function told(
  table: TableVersion,
  kind: KindOfTelling,
  column: Column,
  as: ToldByDuty['as'],
): ToldByDuty | undefined {
  const ground: CellGround = groundOfCell[kind][column];
  if (ground.rests !== 'duty') return undefined;
  const lines = linesOf(table, kind).filter(({ line }) => line[column].grade !== 'withheld');
  if (lines.length === 0) return undefined;
  const grade = highest(lines.map(({ line }) => line[column].grade));
  return { as, duty: ground.duty, grade, eventTypes: lines.map(({ type }) => type) };
}

function linesOf(table: TableVersion, kind: KindOfTelling) {
  const types = Object.keys(kindOfEvent) as (keyof typeof kindOfEvent)[];
  return types.flatMap((type): { type: string; line: CellsLine<string> }[] => {
    const line = table.lines[type];
    if (!line || isFollowing(line) || kindOfEvent[type] !== kind) return [];
    return [{ type, line }];
  });
}

function covers(one: ToldByDuty, other: ToldByDuty): boolean {
  const tellsAll = other.eventTypes.every((type) => one.eventTypes.includes(type));
  return tellsAll && rank(one.grade) >= rank(other.grade);
}

function highest(grades: readonly Grade[]): Grade {
  return grades.reduce<Grade>(
    (best, grade) => (rank(grade) > rank(best) ? grade : best),
    'withheld',
  );
}
