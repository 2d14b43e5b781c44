import fs from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export interface OwnerAddress {
  readonly dataDir: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** Another living process owns the data directory. */
export class EmbeddedPostgresInUse extends Error {
  override readonly name = 'EmbeddedPostgresInUse';
}

/** Key of the advisory lock that marks the owner; any constant will do. */
const OWNER_LOCK = 7_341_802;
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a dead owner's session may take to be noticed by the server. */
const OWNER_GONE_MS_MAX = 2_000;

/**
 * The connection whose advisory lock says who owns an embedded server. The lock goes with its
 * process, however that ends, so no lock file can lie about it.
 */
export class OwnerSession {
  private constructor(
    private readonly address: OwnerAddress,
    private readonly client: pg.Client,
    private readonly socket: Socket,
    readonly adopted: boolean,
  ) {}

  /**
   * Nothing when no server of this data directory answers.
   * @throws EmbeddedPostgresInUse
   */
  static async open(address: OwnerAddress, adopted: boolean): Promise<OwnerSession | undefined> {
    const socket = new Socket();
    const client = new pg.Client({
      connectionString: urlAt(address, 'postgres'),
      application_name: 'common-thread owner',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: CONNECT_TIMEOUT_MS,
      stream: () => socket,
    });
    client.on('error', () => undefined); // the server ended: whoever queries it learns of that
    try {
      await client.connect();
      if (!(await serves(client, address.dataDir))) throw new Error('another data directory');
    } catch {
      await client.end().catch(() => undefined);
      return undefined;
    }
    if (!(await takeOwnership(client))) {
      await client.end();
      throw new EmbeddedPostgresInUse(
        `another running process owns ${address.dataDir}: ` +
          'stop it first, or give another data directory',
      );
    }
    socket.unref(); // owning a server is no reason to stay alive
    return new OwnerSession(address, client, socket, adopted);
  }

  get port(): number {
    return this.address.port;
  }

  urlOf(database: string): string {
    return urlAt(this.address, database);
  }

  async ensureDatabase(name: string): Promise<void> {
    const found = await this.client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) {
      await this.client.query(`create database ${pg.escapeIdentifier(name)}`);
    }
  }

  async end(): Promise<void> {
    this.socket.ref(); // ending it is: a process with nothing else to do would be gone before it has
    await this.client.end().catch(() => undefined);
  }
}

function urlAt({ user, password, port }: OwnerAddress, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

async function serves(client: pg.Client, dataDir: string): Promise<boolean> {
  const { rows } = await client.query<{ data_directory: string }>('show data_directory');
  return fs.realpathSync(rows[0]!.data_directory) === fs.realpathSync(dataDir);
}

async function takeOwnership(client: pg.Client): Promise<boolean> {
  for (const deadline = Date.now() + OWNER_GONE_MS_MAX; ; await pause(50)) {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1) as taken',
      [OWNER_LOCK],
    );
    if (rows[0]!.taken) return true;
    if (Date.now() > deadline) return false;
  }
}
