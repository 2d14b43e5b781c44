import type { SessionStore } from '@fastify/session';
import type { Session } from 'fastify';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { SessionLimits } from './session-limits.js';
import { sessionEnd } from './session-limits.js';

/** What a session holds: ids and tokens, never anything about a family. */
export interface SignedInSession {
  readonly actorId: string;
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly idToken: string;
  /** Epoch milliseconds. */
  readonly signedInAt: number;
  readonly accessExpiresAt: number;
}

/** A sign-in that has left for the issuer and not come back. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where to go afterwards: a path of ours. */
  readonly to: string;
}

declare module 'fastify' {
  interface Session {
    signedIn?: SignedInSession;
    pending?: readonly PendingSignIn[];
  }
}

interface SessionRow {
  readonly content: Buffer;
}

/**
 * Sessions in PostgreSQL, ended by the clock that set their end. A row is named by a hash of its cookie and
 * its content is sealed under a key made from the cookie and the app's secret, so that the table alone opens
 * no session and tells no token.
 */
export class PostgresSessions implements SessionStore {
  readonly #table: string;

  constructor(
    private readonly pool: Pool,
    schema: string,
    private readonly secret: string,
    private readonly limits: SessionLimits,
  ) {
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema)) throw new Error('the schema has no plain name');
    this.#table = `${schema}.page_session`;
  }

  async createTable(): Promise<void> {
    await this.pool.query(
      `CREATE TABLE IF NOT EXISTS ${this.#table}
         (name text PRIMARY KEY, content bytea NOT NULL, ends_at timestamptz NOT NULL)`,
    );
  }

  get(id: string, callback: (error: unknown, session?: Session | null) => void): void {
    this.read(id).then(
      (session) => callback(null, session),
      (error: unknown) => callback(error),
    );
  }

  set(id: string, session: Session, callback: (error?: unknown) => void): void {
    this.write(id, session).then(() => callback(), callback);
  }

  destroy(id: string, callback: (error?: unknown) => void): void {
    const gone = `DELETE FROM ${this.#table} WHERE name = $1 OR ends_at < $2`;
    this.pool.query(gone, [sessionName(id), new Date()]).then(() => callback(), callback);
  }

  /** Puts the end off again, as far as it can be: somebody is still here. */
  async touch(id: string, session: SignedInSession): Promise<void> {
    await this.pool.query(`UPDATE ${this.#table} SET ends_at = $2 WHERE name = $1`, [
      sessionName(id),
      this.end(session),
    ]);
  }

  private async read(id: string): Promise<Session | null> {
    const { rows } = await this.pool.query<SessionRow>(
      `SELECT content FROM ${this.#table} WHERE name = $1 AND ends_at > $2`,
      [sessionName(id), new Date()],
    );
    const [row] = rows;
    return row ? (JSON.parse(this.open(id, row.content)) as Session) : null;
  }

  private async write(id: string, session: Session): Promise<void> {
    const content = this.seal(id, JSON.stringify(session));
    await this.pool.query(
      `INSERT INTO ${this.#table} (name, content, ends_at) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET content = $2, ends_at = $3`,
      [sessionName(id), content, this.end(session.signedIn)],
    );
  }

  private end(session: SignedInSession | undefined): Date {
    return sessionEnd(Date.now(), session?.signedInAt, this.limits);
  }

  private key(id: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.secret, id, 'page session', 32));
  }

  private seal(id: string, text: string): Buffer {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key(id), iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  private open(id: string, content: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.key(id), content.subarray(0, 12));
    decipher.setAuthTag(content.subarray(12, 28));
    return decipher.update(content.subarray(28), undefined, 'utf8') + decipher.final('utf8');
  }
}

/** The name a session goes by outside its cookie; the cookie cannot be worked out from it. */
export function sessionName(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
