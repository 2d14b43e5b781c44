import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { PartReading } from '@common-thread/projecting/inbox';
import { Inbox } from '@common-thread/projecting/inbox';
import type { HeldRow } from '@common-thread/projecting/inbox-append';
import { followedIds, planAppend } from '@common-thread/projecting/inbox-append';
import { ToldRow } from '@common-thread/projecting/told-row';

interface Held {
  readonly row: FeedRow;
  readonly originSequence: number;
}

/** An inbox in memory, for tests and simulations. */
export class MemoryInbox extends Inbox {
  private readonly held: Held[] = [];
  private readonly sequences = new Map<string, number>();

  async prepare(): Promise<void> {}

  async head(): Promise<number> {
    return this.held.length;
  }

  async append(rows: readonly FeedRow[]): Promise<number> {
    const planned = planAppend(rows, {
      head: this.held.length,
      hashes: new Map(
        rows.flatMap(({ envelope: { sequence } }) => {
          const known = this.held[sequence - 1];
          return known ? [[sequence, known.row.hash] as const] : [];
        }),
      ),
      followed: new Map(
        followedIds(rows).flatMap((id) => {
          const known = this.heldBy(id);
          return known ? [[id, known] as const] : [];
        }),
      ),
      marks: this.marksNaming(new Set(rows.map((row) => row.envelope.id))),
    });
    for (const { row, originSequence } of planned.rows) {
      this.held.push({ row: structuredClone(row), originSequence });
      this.sequences.set(row.envelope.id, row.envelope.sequence);
    }
    for (const [id, withdrawal] of planned.redacted) this.redact(id, withdrawal);
    return planned.head;
  }

  async read(after: number, limit: number): Promise<readonly ToldRow[]> {
    return this.held.slice(after, after + limit).map((held) => this.told(held));
  }

  async readOf(
    matters: readonly string[],
    after: number,
    to: number,
    limit: number,
  ): Promise<PartReading> {
    const wanted = this.held
      .slice(after, to)
      .map((held) => this.told(held))
      .filter((row) => matters.includes(row.matter));
    const rows = wanted.slice(0, limit);
    const reached = rows.at(-1)?.sequence ?? after;
    return {
      rows,
      reached:
        rows.length < wanted.length ? reached : Math.max(after, Math.min(to, this.held.length)),
    };
  }

  async readLine(
    line: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<readonly ToldRow[]> {
    return this.held
      .slice(from - 1, to)
      .filter(({ row }) => row.envelope.partitionkey === line)
      .slice(0, limit)
      .map((held) => this.told(held));
  }

  async rows(after: number, limit: number): Promise<readonly FeedRow[]> {
    return this.held.slice(after, after + limit).map(({ row }) => structuredClone(row));
  }

  async unanswered(): Promise<readonly number[]> {
    return this.held
      .filter(({ row }) => row.withdrawnBy !== null && !this.sequences.has(row.withdrawnBy))
      .map(({ row }) => row.envelope.sequence)
      .slice(0, 100);
  }

  private told({ row, originSequence }: Held): ToldRow {
    const origin = this.held[originSequence - 1]?.row.envelope ?? row.envelope;
    return new ToldRow(row.envelope, origin, row.body && textWithoutSalt(row.body));
  }

  private heldBy(id: string): HeldRow | undefined {
    const sequence = this.sequences.get(id);
    const held = sequence === undefined ? undefined : this.held[sequence - 1];
    if (!held) return undefined;
    const { matter } = this.told(held);
    return { sequence: held.row.envelope.sequence, originSequence: held.originSequence, matter };
  }

  private marksNaming(ids: ReadonlySet<string>): Map<string, string[]> {
    const marks = new Map<string, string[]>();
    for (const { row } of this.held) {
      if (row.withdrawnBy === null || !ids.has(row.withdrawnBy)) continue;
      marks.set(row.withdrawnBy, [...(marks.get(row.withdrawnBy) ?? []), row.envelope.id]);
    }
    return marks;
  }

  private redact(id: string, withdrawal: string): void {
    const sequence = this.sequences.get(id);
    const held = sequence === undefined ? undefined : this.held[sequence - 1];
    if (sequence === undefined || !held) return;
    const withdrawnBy = held.row.withdrawnBy ?? withdrawal;
    this.held[sequence - 1] = { ...held, row: { ...held.row, body: null, withdrawnBy } };
  }
}

function textWithoutSalt(body: Readonly<Record<string, unknown>>): string {
  const { salt: _, ...fields } = body;
  return JSON.stringify(fields);
}
