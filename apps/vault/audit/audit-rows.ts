import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Pool } from 'pg';
import type { AuditedItem, AuditKind, EntriesWanted, KeptEntry } from './audit.js';

/** Reads entries from the tables of schema `vault`, the latest first. @throws VaultUnavailable */
export async function readEntries(
  pool: Pool,
  wanted: EntriesWanted,
): Promise<readonly KeptEntry[]> {
  const { text, values } = statement(wanted);
  try {
    return (await pool.query<EntryRow>(text, values)).rows.map(entryOf);
  } catch (cause) {
    throw new VaultUnavailable('the audit cannot be read', { cause });
  }
}

function statement(wanted: EntriesWanted): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const given = (value: unknown) => `$${values.push(value)}`;
  const { subject, actor, organisation, field, kinds, from, until, before, limit } = wanted;
  const about = subject === undefined ? undefined : given(subject);
  const conditions = [
    ...(actor === undefined ? [] : [`e.actor = ${given(actor)}`]),
    ...(organisation === undefined ? [] : [`e.organisation = ${given(organisation)}`]),
    ...(kinds === undefined ? [] : [`e.kind = any(${given(kinds)})`]),
    ...(from === undefined ? [] : [`e.at >= ${given(from)}`]),
    ...(until === undefined ? [] : [`e.at < ${given(until)}`]),
    ...(before === undefined ? [] : [`e.entry_id < ${given(before)}`]),
    ...(field === undefined ? [] : [opened(given(field), about)]),
  ];
  return {
    text: `${COLUMNS}, ${about ? 's.asked, s.granted' : 'e.asked, e.granted'}
from vault.audit e left join vault.audit_deliveries d using (entry_id)
${about ? `join vault.audit_subjects s on s.entry_id = e.entry_id and s.subject = ${about}` : ''}
${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
order by e.entry_id desc limit ${given(limit)}`,
    values,
  };
}

const COLUMNS = `
select e.entry_id::text, e.at, e.kind, e.actor, e.organisation, e.recipient, e.role, e.purpose,
  e.page, e.about, e.items, d.at as delivered_at`;

/** A call that opened a field: of the subject asked about, where there is one. */
function opened(field: string, subject: string | undefined): string {
  return `exists (select from json_array_elements(e.items) i
    where i ->> 'field' = ${field} and i ->> 'outcome' = 'granted'
    ${subject ? `and (i ->> 'line' = ${subject} or (i -> 'subjects')::jsonb ? ${subject})` : ''})`;
}

interface EntryRow {
  readonly entry_id: string;
  readonly at: Date;
  readonly kind: AuditKind;
  readonly actor: string;
  readonly organisation: string;
  readonly recipient: string;
  readonly role: string;
  readonly purpose: string;
  readonly page: string;
  readonly about: string[];
  readonly asked: number;
  readonly granted: number;
  readonly items: AuditedItem[];
  readonly delivered_at: Date | null;
}

function entryOf(row: EntryRow): KeptEntry {
  const { at, kind, purpose, page, about, asked, granted, items } = row;
  const { actor: id, organisation, recipient, role } = row;
  return {
    entryId: row.entry_id,
    asker: { id, organisation, recipient, role },
    deliveredAt: row.delivered_at ?? undefined,
    ...{ at, kind, purpose, page, about, asked, granted, items },
  };
}
