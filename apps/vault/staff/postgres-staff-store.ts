import { inTransaction } from '@common-thread/adapters/postgres/in-transaction';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { StaffKeyKind } from '@common-thread/platform/staff';
import type { WorkPart } from '@common-thread/platform/standing';
import type { Pool } from 'pg';
import { entryRows, valuesOfEntry } from '../audit/postgres-audit.js';
import type { AuditEntry } from '../audit/audit.js';
import type { StaffKey } from './staff-key.js';
import type { KeptChange, KeptStaff, StaffMember, StaffWanted } from './staff-store.js';
import { nameOf, StaffStore } from './staff-store.js';

const ENTRY = `with ${entryRows('')} select 1 from entry`;

const FORGET = `
delete from vault.staff_keys k using unnest($1::text[], $2::text[]) as s (organisation, actor)
where k.organisation = s.organisation and k.actor = s.actor`;

const KEEP = `
insert into vault.staff_keys (organisation, actor, kind, mac)
select distinct * from unnest($1::text[], $2::text[], $3::text[], $4::bytea[])`;

const FOUND = `
select k.organisation, k.actor, k.kind, k.mac
from unnest($1::text[], $2::text[]) as s (organisation, actor)
join vault.staff_keys k using (organisation, actor)`;

const CHANGE = `
with ${entryRows('')}
insert into vault.staff_changes (organisation, actor, what, named, taken, at, by_actor)
values ($14, $15, $16, $17, $18, $19, $20)`;

/** The last change of each part, where that took it away. */
const TAKEN = `
select * from (
  select distinct on (c.organisation, c.actor, c.what, c.named) c.*
  from unnest($1::text[], $2::text[]) as s (organisation, actor)
  join vault.staff_changes c using (organisation, actor)
  order by c.organisation, c.actor, c.what, c.named, c.change_id desc
) latest
where taken order by change_id`;

const LISTED = `
select m.organisation, m.actor, array(
  select distinct kind from vault.staff_keys k
  where k.organisation = m.organisation and k.actor = m.actor order by kind
) as known
from (
  select organisation, actor from vault.staff_keys
  union select organisation, actor from vault.staff_changes
) m
where ($1::text is null or m.organisation = $1) and ($2::text is null or m.actor = $2)
  and (m.organisation collate "C", m.actor collate "C") > ($3, $4)
order by m.organisation collate "C", m.actor collate "C" limit $5`;

/** The register in a table of schema `vault`. */
export class PostgresStaffStore extends StaffStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  async replace(staff: readonly KeptStaff[], entry: AuditEntry): Promise<void> {
    const rows = staff.flatMap(({ id, keys, organisation }) =>
      keys.map(({ kind, mac }) => ({ organisation, id, kind, mac })),
    );
    await this.#reaching(() =>
      inTransaction(this.pool, async (client) => {
        await client.query(ENTRY, valuesOfEntry(entry));
        await client.query(FORGET, columnsOf(staff));
        const [kinds, macs] = [rows.map(({ kind }) => kind), rows.map(({ mac }) => mac)];
        await client.query(KEEP, [...columnsOf(rows), kinds, macs]);
      }),
    );
  }

  async find(members: readonly StaffMember[]): Promise<readonly KeptStaff[]> {
    const { rows } = await this.#reaching(() =>
      this.pool.query<KeyRow>(FOUND, columnsOf(members)),
    );
    const found = new Map<string, KeptStaff & { readonly keys: StaffKey[] }>();
    for (const { actor: id, kind, mac, organisation } of rows) {
      const name = nameOf({ id, organisation });
      const member = found.get(name) ?? { id, organisation, keys: [] };
      found.set(name, member);
      member.keys.push({ kind, mac });
    }
    return [...found.values()];
  }

  async change(change: KeptChange, entry: AuditEntry): Promise<void> {
    const { at, by, id, named, organisation, taken, what } = change;
    const kept = [organisation, id, what, named, taken, at, by];
    await this.#reaching(() => this.pool.query(CHANGE, [...valuesOfEntry(entry), ...kept]));
  }

  async takenFrom(members: readonly StaffMember[]): Promise<readonly KeptChange[]> {
    const { rows } = await this.#reaching(() =>
      this.pool.query<ChangeRow>(TAKEN, columnsOf(members)),
    );
    return rows.map(({ actor: id, by_actor: by, at, named, organisation, taken, what }) => {
      return { id, organisation, what, named, taken, at, by };
    });
  }

  async list({ after, id, limit, organisation }: StaffWanted) {
    const from = [after?.organisation ?? '', after?.id ?? ''];
    const { rows } = await this.#reaching(() =>
      this.pool.query<ListedRow>(LISTED, [organisation ?? null, id ?? null, ...from, limit]),
    );
    return rows.map((row) => ({
      id: row.actor,
      organisation: row.organisation,
      known: row.known,
    }));
  }

  async #reaching<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (cause) {
      throw new VaultUnavailable('the register of staff cannot be written or read', { cause });
    }
  }
}

interface ChangeRow {
  readonly organisation: string;
  readonly actor: string;
  readonly what: WorkPart;
  readonly named: string;
  readonly taken: boolean;
  readonly at: Date;
  readonly by_actor: string;
}

interface ListedRow {
  readonly organisation: string;
  readonly actor: string;
  readonly known: StaffKeyKind[];
}

interface KeyRow {
  readonly organisation: string;
  readonly actor: string;
  readonly kind: StaffKeyKind;
  readonly mac: Buffer;
}

function columnsOf(members: readonly StaffMember[]): [string[], string[]] {
  return [members.map(({ organisation }) => organisation), members.map(({ id }) => id)];
}
