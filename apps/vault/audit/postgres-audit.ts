import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Pool } from 'pg';
import type { Clock } from '../clock.js';
import { readEntries } from './audit-rows.js';
import type { AuditEntry, AuditEntryId, EntriesWanted, KeptEntry } from './audit.js';
import { Audit, subjectsOf } from './audit.js';

/** The parts of a statement that write an entry of `valuesOfEntry`, where a condition holds. */
export const entryRows = (condition: string) => `entry as (
  insert into vault.audit
    (at, kind, actor, organisation, recipient, role, purpose, page, about, asked, granted, items)
  select $1::timestamptz, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text,
    $9::text[], $10::int, $11::int, $12::json
  ${condition}
  returning entry_id
), subjects as (
  insert into vault.audit_subjects (subject, entry_id, asked, granted)
  select s.subject, entry.entry_id, s.asked, s.granted
  from entry, json_to_recordset($13) as s (subject text, asked int, granted int)
)`;

const COMMIT = `with ${entryRows('')} select entry_id::text from entry`;

/** An entry as the first thirteen values of a statement. */
export function valuesOfEntry(entry: AuditEntry): unknown[] {
  const { asker, items } = entry;
  return [
    entry.at,
    entry.kind,
    asker.id,
    asker.organisation,
    asker.recipient,
    asker.role,
    entry.purpose,
    entry.page,
    entry.about,
    items.length,
    items.filter((item) => item.outcome === 'granted').length,
    JSON.stringify(items),
    JSON.stringify(subjectsOf(entry)),
  ];
}

const DELIVERED = `
insert into vault.audit_deliveries (entry_id, at)
select unnest($1::bigint[]), $2 on conflict do nothing`;

/** The audit in tables of schema `vault`. */
export class PostgresAudit extends Audit {
  #delivered: AuditEntryId[] = [];
  #keeping: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
    /** Told of each entry that could not be committed. */
    private readonly onFailed: () => void = () => undefined,
  ) {
    super();
  }

  async commit(entry: AuditEntry): Promise<AuditEntryId> {
    const committed = this.pool.query<{ entry_id: string }>({
      name: 'vault-audit',
      text: COMMIT,
      values: valuesOfEntry(entry),
    });
    try {
      return (await committed).rows[0]!.entry_id;
    } catch (cause) {
      this.onFailed();
      throw new VaultUnavailable('the audit cannot be written', { cause });
    }
  }

  delivered(entryId: AuditEntryId): void {
    this.#delivered.push(entryId);
    this.#keeping ??= this.#keep();
  }

  async settled(): Promise<void> {
    while (this.#keeping) await this.#keeping;
  }

  read(wanted: EntriesWanted): Promise<readonly KeptEntry[]> {
    return readEntries(this.pool, wanted);
  }

  async #keep(): Promise<void> {
    while (this.#delivered.length > 0) {
      const entryIds = this.#delivered.splice(0, 1_000);
      // Lost, these entries say "delivery unknown", which is then the truth.
      await this.pool.query(DELIVERED, [entryIds, this.clock.now()]).catch(() => undefined);
    }
    this.#keeping = undefined;
  }
}
