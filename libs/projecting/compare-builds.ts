import type { TableHashes } from './projection-store.js';
import type { DeclaredDifference, ReadModel } from './read-model.js';

/** Where the records of a table differ. */
export interface Difference {
  readonly table: string;
  /** Columns whose values differ; `records` where there are others than there were, or fewer. */
  readonly in: 'records' | readonly string[];
  /** Why it had to, as the read model declares; null where nobody said that it would. */
  readonly because: string | null;
}

/** A new version of a read model differs from the one before in what it did not say it would. */
export class UndeclaredDifference extends Error {
  override readonly name = 'UndeclaredDifference';
  constructor(model: ReadModel, differences: readonly Difference[]) {
    const undeclared = differences.filter(({ because }) => because === null).map(placeOf);
    super(
      `${model.name} version ${model.version} differs from the version before in ` +
        `${undeclared.join('; ')}: mend the fold, declare it in \`differs\`, or rebuild with --replace`,
    );
  }
}

/** `triage_queue_contact: rated_at, rating` */
export function placeOf({ table, in: where }: Difference): string {
  return `${table}: ${where === 'records' ? where : where.join(', ')}`;
}

/**
 * Where two builds differ that were hashed at one sequence; null where they cannot be compared, the live
 * one being older than the version before. What only one of them has, a table or a column, is no
 * difference: the definition itself says so. What a model declares is of a new version against the one
 * before; at one version nothing may differ.
 */
export function compareBuilds(
  model: ReadModel,
  live: TableHashes,
  built: TableHashes,
): readonly Difference[] | null {
  if (live.version < model.version - 1) return null;
  const declared = live.version === model.version ? [] : (model.differs ?? []);
  return Object.keys(live.tables).flatMap((table) => {
    if (live.tables[table] === built.tables[table]) return [];
    const differing = differingColumns(live.columns[table] ?? {}, built.columns[table] ?? {});
    const key = model.tables.find(({ name }) => name === table)?.key;
    if (key !== undefined && differing.includes(key)) return recordsDiffer(table, declared);
    return columnsDiffer(table, differing, declared);
  });
}

type Hashes = Readonly<Record<string, string>>;

function differingColumns(live: Hashes, built: Hashes): string[] {
  return Object.keys(live).filter((column) => column in built && live[column] !== built[column]);
}

/** The key's own hash tells whether the same records are there; every other depends on that. */
function recordsDiffer(table: string, declared: readonly DeclaredDifference[]): Difference[] {
  const because = declared.find((one) => one.table === table && one.in === 'records')?.because;
  return [{ table, in: 'records', because: because ?? null }];
}

function columnsDiffer(
  table: string,
  differing: readonly string[],
  declared: readonly DeclaredDifference[],
): Difference[] {
  const becauses = new Map<string | null, string[]>();
  for (const column of differing) {
    const one = declared.find((d) => d.table === table && d.in.includes(column));
    const because = one?.because ?? null;
    becauses.set(because, [...(becauses.get(because) ?? []), column]);
  }
  return [...becauses].map(([because, columns]) => ({ table, in: columns, because }));
}
