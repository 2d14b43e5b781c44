import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Pool } from 'pg';

/** The bytes a text may lie at rest as, by the name of the encoding. */
export function encodingsOf(text: string): ReadonlyMap<string, Buffer> {
  const utf16 = Buffer.from(text, 'utf16le');
  const forms = new Map<string, Buffer>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
    ['hexadecimal', Buffer.from(Buffer.from(text).toString('hex'))],
    ['HEXADECIMAL', Buffer.from(Buffer.from(text).toString('hex').toUpperCase())],
  ]);
  for (const [name, bytes] of [
    ['UTF-8', Buffer.from(text)],
    ['UTF-16LE', utf16],
  ] as const) {
    for (const offset of [0, 1, 2]) {
      forms.set(`base64 of ${name} at ${offset}`, inBase64(bytes, offset));
    }
  }
  return forms;
}

/**
 * What is the same in base64 whatever stands around the bytes, when they begin `offset` beyond a
 * group.
 */
function inBase64(bytes: Buffer, offset: number): Buffer {
  const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
  const whole = shifted.subarray(0, shifted.length - (shifted.length % 3)).toString('base64');
  return Buffer.from(whole.slice(offset === 0 ? 0 : 4));
}

/** Where something was found: `file pg_wal/0000…: UTF-8`. */
export type Finding = string;

/** Looks for the texts, in every encoding and also in lower case, in some bytes. */
export function findingsIn(where: string, bytes: Buffer, texts: readonly string[]): Finding[] {
  return texts.flatMap((text) =>
    [...new Set([text, text.toLowerCase()])].flatMap((form) =>
      [...encodingsOf(form)].flatMap(([encoding, needle]) =>
        bytes.includes(needle) ? [`${where}: ${encoding}`] : [],
      ),
    ),
  );
}

/** Looks through every file under a directory. */
export function findingsInFiles(directory: string, texts: readonly string[]): Finding[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const file = path.join(entry.parentPath, entry.name);
    return findingsIn(`file ${path.relative(directory, file)}`, readFileSync(file), texts);
  });
}

/** Looks through every row of every table of ours, compressed values included. */
export async function findingsInTables(pool: Pool, texts: readonly string[]): Promise<Finding[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const findings: Finding[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
    const all = Buffer.from(rows.map(({ row }) => row).join('\n'));
    findings.push(...findingsIn(`table ${name}`, all, texts));
  }
  return findings;
}
