import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {
  EmbeddedPostgresUnavailable,
  binariesFor,
} from '@common-thread/adapters/postgres/embedded-binaries';
import { readLockFile } from '@common-thread/adapters/postgres/embedded-lock-file';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import pg from 'pg';
import { runDirectory } from './postgres.js';

const places: string[] = [];

function freshPlace(name: string): string {
  const place = fs.mkdtempSync(path.join(runDirectory(), `${name}-`));
  fs.chmodSync(place, 0o755);
  places.push(place);
  return place;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL server', () => {
  afterAll(() => {
    for (const place of places) fs.rmSync(place, { recursive: true, force: true });
  });

  it('starts durable, keeps its data over a clean stop, and refuses a wrong password', async () => {
    const dataDir = path.join(freshPlace('clean'), 'cluster');
    const first = await startEmbeddedServer({ dataDir });
    expect(await ask(first.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await ask(first.url, 'show max_connections')).toEqual([{ max_connections: '100' }]);
    await ask(first.url, 'create table kept as select 1 as one');
    const wrong = new URL(first.url);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password/);
    await first.stop();
    expect(readLockFile(dataDir)).toBeUndefined();
    const second = await startEmbeddedServer({ dataDir });
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select * from kept')).toEqual([{ one: 1 }]);
    await second.stop();
  });
});
