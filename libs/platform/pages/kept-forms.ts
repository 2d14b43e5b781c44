import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { DraftSealing } from '../drafts.js';
import { VaultUnreachable } from '../asking-vault.js';
import type { TypedFields } from './typed-fields.js';
import { formFields, typedFieldsOf, typedText } from './typed-fields.js';

interface KeptRow {
  readonly form: string;
  readonly page: string;
  readonly sealed: string;
}

/** A form that was kept: where it is opened again and what was typed. */
export interface KeptForm {
  readonly page: string;
  readonly form: string;
  readonly typed: TypedFields;
}

const FORM = /^[a-z]+(-[a-z]+)*$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it is a path of ours: one slash, no other host. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[\w./?=&%-]{0,300}$/.test(path);
}

/**
 * Forms that were posted when nobody was signed in any more, sealed by the vault for whoever had opened them.
 * They outlive the session by 30 days, are shown to their owner alone, and go once they have been sent.
 */
export class KeptForms {
  readonly #table: string;

  constructor(
    private readonly pool: Pool,
    schema: string,
    private readonly sealing: DraftSealing,
  ) {
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema)) throw new Error('the schema has no plain name');
    this.#table = `${schema}.kept_form`;
  }

  async createTable(): Promise<void> {
    await this.pool.query(
      `CREATE TABLE IF NOT EXISTS ${this.#table}
         (id uuid PRIMARY KEY, owner_id text NOT NULL, form text NOT NULL, page text NOT NULL,
          sealed text NOT NULL, kept_at timestamptz NOT NULL DEFAULT now())`,
    );
  }

  /** The id it is kept under; undefined where the body is none of our forms. @throws VaultUnreachable */
  async keep(ownerId: string, typed: TypedFields): Promise<string | undefined> {
    const form = typedText(typed, formFields.form);
    const page = typedText(typed, formFields.page);
    if (!FORM.test(form) || !isOwnPath(page)) return undefined;
    const sealed = await this.sealing.seal(ownerId, form, JSON.stringify(typed));
    const id = randomUUID();
    await this.pool.query(`DELETE FROM ${this.#table} WHERE kept_at < now() - interval '30 days'`);
    await this.pool.query(
      `INSERT INTO ${this.#table} (id, owner_id, form, page, sealed) VALUES ($1, $2, $3, $4, $5)`,
      [id, ownerId, form, page, sealed],
    );
    return id;
  }

  /** Undefined where there is none, it is somebody else's, or its key has died. @throws VaultUnreachable */
  async open(id: string, ownerId: string): Promise<KeptForm | undefined> {
    if (!UUID.test(id)) return undefined;
    const { rows } = await this.pool.query<KeptRow>(
      `SELECT form, page, sealed FROM ${this.#table} WHERE id = $1 AND owner_id = $2`,
      [id, ownerId],
    );
    const [row] = rows;
    if (!row) return undefined;
    const text = await this.sealing.open(ownerId, row.form, row.sealed);
    if (text === undefined) return undefined;
    return { page: row.page, form: row.form, typed: typedFieldsOf(JSON.parse(text)) };
  }

  /** It has been sent, so it is kept no longer. */
  async forget(id: string, ownerId: string): Promise<void> {
    if (!UUID.test(id)) return;
    const { rows } = await this.pool.query<KeptRow>(
      `DELETE FROM ${this.#table} WHERE id = $1 AND owner_id = $2 RETURNING form, page, sealed`,
      [id, ownerId],
    );
    for (const { form, sealed } of rows) {
      await this.sealing.discard(ownerId, form, sealed).catch((error: unknown) => {
        // What was sealed is gone from here; its key dies by itself within 30 days.
        if (!(error instanceof VaultUnreachable)) throw error;
      });
    }
  }
}
