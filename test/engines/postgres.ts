import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { createPool } from '@common-thread/adapters/postgres/pool';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  /** A pool of its own each call; `drop` ends them all. Default 4 connections. */
  pool(max?: number): pg.Pool;
  /** Ends the pools handed out and drops the database. */
  drop(): Promise<void>;
}

/**
 * An empty database on a real PostgreSQL: the one at COMMON_THREAD_TEST_POSTGRES (an address whose
 * role may create databases), else one embedded server shared by every file and worker of the run.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(server, `create database ${name} template template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pools: pg.Pool[] = [];
  return {
    url: url.href,
    pool: (max) => {
      const options = max === undefined ? {} : { max };
      const pool = createPool({ url: url.href, applicationName: 'test', ...options });
      pools.push(pool);
      return pool;
    },
    drop: async () => {
      await Promise.all(pools.map(async (pool) => (pool.ended ? undefined : pool.end())));
      await asAdmin(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** Address of the shared server. */
export function testServer(): Promise<string> {
  return (server ??= findServer());
}
let server: Promise<string> | undefined;

async function findServer(): Promise<string> {
  const given = process.env.COMMON_THREAD_TEST_POSTGRES;
  if (given) return given;
  const run = runDirectory();
  const addressFile = path.join(run, 'address');
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(25)) {
    if (fs.existsSync(addressFile)) return fs.readFileSync(addressFile, 'utf8');
    if (mayStart(run)) return startShared(run, addressFile);
  }
  throw new Error('another test file began to start PostgreSQL and did not finish within 60 s');
}

/** Where servers of this jest run keep their data; its teardown ends whatever runs below it. */
export function runDirectory(): string {
  const run = process.env.COMMON_THREAD_TEST_RUN;
  if (!run) throw new Error('jest did not run test/engines/jest-setup.mjs: see jest.config.js');
  return run;
}

/** A new directory that the server's user can reach; the run's teardown removes it. */
export function freshPlace(): string {
  const place = fs.mkdtempSync(path.join(runDirectory(), 'place-'));
  fs.chmodSync(place, 0o755);
  return place;
}

/** True for exactly one caller of a run. */
function mayStart(run: string): boolean {
  try {
    fs.mkdirSync(path.join(run, 'starting'));
    return true;
  } catch {
    return false;
  }
}

async function startShared(run: string, addressFile: string): Promise<string> {
  const { url } = await startEmbeddedServer({
    dataDir: path.join(run, 'shared'),
    database: 'postgres',
    // Tests kill processes, never the machine: nothing here needs to survive a power cut.
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  fs.writeFileSync(`${addressFile}.new`, url);
  fs.renameSync(`${addressFile}.new`, addressFile);
  return url;
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
