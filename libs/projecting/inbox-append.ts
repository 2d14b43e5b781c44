import { FeedFault } from './feed-fault.js';
import type { FeedRow } from './feed-row.js';
import { matterOf, publicName } from './told-row.js';

/** What an inbox already holds that an append has to agree with. */
export interface HeldRows {
  readonly head: number;
  /** Hashes by sequence, of those sequences in the append that are held. */
  readonly hashes: ReadonlyMap<number, string>;
  /** Rows the append corrects or withdraws, by id, as far as they are held. */
  readonly followed: ReadonlyMap<string, HeldRow>;
  /** Ids of redacted rows, by the id of the withdrawal they name, of withdrawals in the append. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
}

export interface HeldRow {
  readonly sequence: number;
  /** Sequence of the row it finally follows; its own where it follows none. */
  readonly originSequence: number;
  /** What the row it finally follows is about; null where it was held before that was kept. */
  readonly matter: string | null;
}

export interface PlannedRow {
  readonly row: FeedRow;
  readonly originSequence: number;
  readonly matter: string | null;
}

export interface PlannedAppend {
  readonly head: number;
  /** New rows in order, those withdrawn within the append already redacted. */
  readonly rows: readonly PlannedRow[];
  /** Held rows to redact: id and the withdrawal to name, unless one is named already. */
  readonly redacted: ReadonlyMap<string, string>;
}

/** Ids that the rows of an append correct or withdraw. */
export function followedIds(rows: readonly FeedRow[]): string[] {
  return rows.flatMap(({ envelope }) => envelope.withdraws ?? envelope.corrects ?? []);
}

/**
 * What an append comes to, the same in every adapter.
 * @throws FeedFault diverged, gap, follows-unknown, mark-unanswered
 */
export function planAppend(rows: readonly FeedRow[], held: HeldRows): PlannedAppend {
  let head = held.head;
  const planned = new Map<string, PlannedRow>();
  const redacted = new Map<string, string>();
  const marks = new Map(held.marks);
  for (const row of rows) {
    const { sequence, id } = row.envelope;
    if (sequence <= held.head) {
      if (held.hashes.get(sequence) !== row.hash) throw new FeedFault('diverged', sequence);
      continue;
    }
    if (sequence !== head + 1) throw new FeedFault('gap', sequence);
    const { withdraws } = row.envelope;
    if (marks.get(id)?.some((marked) => marked !== withdraws)) {
      throw new FeedFault('mark-unanswered', sequence);
    }
    if (row.withdrawnBy !== null) {
      marks.set(row.withdrawnBy, [...(marks.get(row.withdrawnBy) ?? []), id]);
    }
    planned.set(id, { row: redactedIfMarked(row), ...originOf(row, held, planned) });
    redact(row, planned, redacted);
    head = sequence;
  }
  return { head, rows: [...planned.values()], redacted };
}

function originOf(
  row: FeedRow,
  held: HeldRows,
  planned: ReadonlyMap<string, PlannedRow>,
): Pick<PlannedRow, 'originSequence' | 'matter'> {
  const { sequence, type, withdraws, corrects } = row.envelope;
  const followed = withdraws ?? corrects;
  if (followed === undefined) {
    return { originSequence: sequence, matter: matterOf(publicName(type)) };
  }
  const target = planned.get(followed) ?? held.followed.get(followed);
  if (!target) throw new FeedFault('follows-unknown', sequence);
  return { originSequence: target.originSequence, matter: target.matter };
}

function redact(
  row: FeedRow,
  planned: Map<string, PlannedRow>,
  redacted: Map<string, string>,
): void {
  const { id, withdraws } = row.envelope;
  if (withdraws === undefined) return;
  const target = planned.get(withdraws);
  if (target) {
    const withdrawnBy = target.row.withdrawnBy ?? id;
    planned.set(withdraws, { ...target, row: { ...target.row, body: null, withdrawnBy } });
  } else if (!redacted.has(withdraws)) {
    redacted.set(withdraws, id);
  }
}

/** A row that came with its body although it is marked withdrawn is kept as the mark says. */
function redactedIfMarked(row: FeedRow): FeedRow {
  return row.withdrawnBy === null ? row : { ...row, body: null };
}
