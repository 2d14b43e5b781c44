import type { Pool } from 'pg';
import { reaching } from '../store/reaching.js';
import { FenceLost } from '../store/relay-store.js';
import type { Unpublished } from './published-marks.js';
import { PublishedMarks } from './published-marks.js';

/** The marks in schema `relay` of PostgreSQL, which the relay's store makes. */
export class PostgresPublishedMarks extends PublishedMarks {
  constructor(private readonly pool: Pool) {
    super();
  }

  async takeOver(): Promise<number> {
    const { rows } = await reaching(() =>
      this.pool.query<{ fence: string }>(
        'update relay.publishing set fence = fence + 1 returning fence',
      ),
    );
    const [record] = rows;
    if (!record) throw new Error('the relay has lost its place in publishing');
    return Number(record.fence);
  }

  async unpublished(): Promise<readonly Unpublished[]> {
    const { rows } = await reaching(() =>
      this.pool.query<{ recipient: string; published: string; head: string }>(
        `select f.recipient, coalesce(p.sequence, 0) as published, f.sequence as head
         from relay.feeds f left join relay.published p using (recipient)
         where f.sequence > coalesce(p.sequence, 0) order by f.recipient collate "C"`,
      ),
    );
    return rows.map(({ recipient, published, head }) => {
      return { recipient, published: Number(published), head: Number(head) };
    });
  }

  async advance(fence: number, recipient: string, to: number): Promise<void> {
    // The row is locked until this is committed, so that nobody takes over in between.
    const { rowCount } = await reaching(() =>
      this.pool.query(
        `with held as (select from relay.publishing where fence = $1 for share)
         insert into relay.published (recipient, sequence) select $2, $3 from held
         on conflict (recipient) do update
           set sequence = greatest(relay.published.sequence, excluded.sequence)`,
        [fence, recipient, to],
      ),
    );
    if (rowCount !== 1) throw new FenceLost('another relay publishes now');
  }
}
