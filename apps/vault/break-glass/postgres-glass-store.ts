import type { GlassStepName } from '@common-thread/domain/break-glass/glass-outbox';
import type { BreakGlassReason, GlassReviewOutcome } from '@common-thread/platform/break-glass';
import type { Pool, QueryResultRow } from 'pg';
import { entryRows, valuesOfEntry } from '../audit/postgres-audit.js';
import type { AuditEntry } from '../audit/audit.js';
import { vaultQuery } from '../vault-query.js';
import type { Glass, GlassReview, KeptGlass, UnrecordedStep } from './glass.js';
import { GlassStore, stepsBy } from './glass.js';

/** One statement: what is granted and what is audited are there together, or neither is. */
const OPEN = `
with glass as (
  insert into vault.break_glass
    (glass_id, family_id, actor, organisation, recipient, role, reason, words, opened_at, ends_at)
  values ($14, $15, $3, $4, $5, $6, $16, $17, $18, $19)
  on conflict (glass_id) do nothing
  returning glass_id
), ${entryRows('where exists (select from glass)')}
select 1 from glass`;

const KEPT = `
select g.*, e.at as ended_at, r.at as reviewed_at, r.by_actor, r.outcome
from vault.break_glass g
  left join vault.break_glass_ends e using (glass_id)
  left join vault.break_glass_reviews r using (glass_id)`;

/** Grants of which a step that has come by now was not recorded, the earliest granted first. */
const UNRECORDED = `
select g.*, e.at as ended_at, r.at as reviewed_at, r.by_actor, r.outcome,
  coalesce(k.said, '{}') as said
from vault.break_glass g
  left join vault.break_glass_ends e using (glass_id)
  left join vault.break_glass_reviews r using (glass_id)
  left join lateral (
    select array_agg(step) as said from vault.break_glass_recorded where glass_id = g.glass_id
  ) k on true
where not coalesce(k.said, '{}') @> (
  array['broken']
  || case when coalesce(e.at, g.ends_at) <= $1 then array['ended'] else '{}' end
  || case when r.at <= $1 then array['reviewed'] else '{}' end)
order by g.opened_at limit $2`;

/** Grants in tables of schema `vault`. */
export class PostgresGlassStore extends GlassStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  async open(glass: Glass, entry: AuditEntry): Promise<void> {
    const { glassId, familyId, reason, words, openedAt, endsAt } = glass;
    const granted = [glassId, familyId, reason, words, openedAt, endsAt];
    await this.#query(OPEN, [...valuesOfEntry(entry), ...granted]);
  }

  async find(glassId: string): Promise<KeptGlass | undefined> {
    const { rows } = await this.#query<GlassRow>(`${KEPT} where g.glass_id = $1`, [glassId]);
    return rows.map(glassOf)[0];
  }

  async openFor(actorId: string, recipient: string, at: Date): Promise<readonly KeptGlass[]> {
    const { rows } = await this.#query<GlassRow>(
      `${KEPT} where g.actor = $1 and g.recipient = $2 and g.ends_at > $3
       and (e.at is null or e.at > $3) order by g.opened_at`,
      [actorId, recipient, at],
    );
    return rows.map(glassOf);
  }

  async ofHub(recipient: string, since: Date): Promise<readonly KeptGlass[]> {
    const { rows } = await this.#query<GlassRow>(
      `${KEPT} where g.recipient = $1 and (r.at is null or g.opened_at >= $2)
       order by g.opened_at desc`,
      [recipient, since],
    );
    return rows.map(glassOf);
  }

  async end(glassId: string, at: Date): Promise<void> {
    await this.#query(
      `insert into vault.break_glass_ends (glass_id, at) values ($1, $2) on conflict do nothing`,
      [glassId, at],
    );
  }

  async review(glassId: string, { at, by, outcome }: GlassReview): Promise<boolean> {
    const { rowCount } = await this.#query(
      `insert into vault.break_glass_reviews (glass_id, at, by_actor, outcome)
       values ($1, $2, $3, $4) on conflict do nothing`,
      [glassId, at, by, outcome],
    );
    return rowCount === 1;
  }

  async unrecorded(until: Date, limit: number): Promise<readonly UnrecordedStep[]> {
    const { rows } = await this.#query<GlassRow & { readonly said: GlassStepName[] }>(UNRECORDED, [
      until,
      limit,
    ]);
    return rows
      .flatMap(({ said, ...row }) =>
        stepsBy(glassOf(row), until).filter(({ step }) => !said.includes(step)),
      )
      .sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  async recorded(glassId: string, step: GlassStepName, at: Date): Promise<void> {
    await this.#query(
      `insert into vault.break_glass_recorded (glass_id, step, at) values ($1, $2, $3)
       on conflict do nothing`,
      [glassId, step, at],
    );
  }

  #query<Row extends QueryResultRow>(text: string, values: unknown[]) {
    return vaultQuery<Row>(this.pool, 'break-glass', text, values);
  }
}

interface GlassRow {
  readonly glass_id: string;
  readonly family_id: string;
  readonly actor: string;
  readonly organisation: string;
  readonly recipient: string;
  readonly role: string;
  readonly reason: BreakGlassReason;
  readonly words: string;
  readonly opened_at: Date;
  readonly ends_at: Date;
  readonly ended_at: Date | null;
  readonly reviewed_at: Date | null;
  readonly by_actor: string | null;
  readonly outcome: GlassReviewOutcome | null;
}

function glassOf(row: GlassRow): KeptGlass {
  const { actor: id, organisation, recipient, role, reason, words } = row;
  const { reviewed_at: at, by_actor: by, outcome } = row;
  return {
    glassId: row.glass_id,
    familyId: row.family_id,
    by: { id, organisation, recipient, role },
    reason,
    words,
    openedAt: row.opened_at,
    endsAt: row.ends_at,
    endedAt: row.ended_at ?? undefined,
    review: at && by !== null && outcome ? { at, by, outcome } : undefined,
  };
}
