import { inTransaction } from '@common-thread/adapters/postgres/in-transaction';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Pool } from 'pg';
import { entryRows, valuesOfEntry } from '../audit/postgres-audit.js';
import type { AuditEntry } from '../audit/audit.js';
import type { StaffKey, StaffKeyKind } from './staff-key.js';
import type { KeptStaff, StaffMember } from './staff-store.js';
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

  async #reaching<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (cause) {
      throw new VaultUnavailable('the register of staff cannot be written or read', { cause });
    }
  }
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
