import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type pg from 'pg';
import { median } from './benchmark.js';

export interface BenchmarkEngine {
  /** A database of its own, empty. */
  readonly url: string;
  /** Of its own, on the disk the database is on; removed with it. */
  readonly directory: string;
  /** What a reader needs to judge the figures. */
  readonly setting: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const SETTINGS = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method'];

/** What it all ran on. */
export const machine = `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'CPU'}, Node ${process.versions.node}`;

/** A PostgreSQL of its own, as durable as the product's, removed afterwards. */
export async function benchmarkEngine(): Promise<BenchmarkEngine> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'common-thread-bench-'));
  fs.chmodSync(directory, 0o755);
  const server = await startEmbeddedServer({ dataDir: path.join(directory, 'cluster') });
  const pool = createPool({ url: server.url, applicationName: 'bench', max: 1 });
  try {
    return {
      url: server.url,
      directory,
      setting: {
        machine,
        engine: await durabilityOf(pool),
        load: `${os.loadavg()[0]!.toFixed(1)} on average in the minute before`,
        disk: `fdatasync of 8 KB ${fdatasyncMs(directory).toFixed(2)} ms (median)`,
      },
      stop: async () => {
        await server.stop();
        fs.rmSync(directory, { recursive: true, force: true });
      },
    };
  } finally {
    await pool.end();
  }
}

async function durabilityOf(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(
    `select 'PostgreSQL ' || current_setting('server_version') || ', '
       || string_agg(name || ' ' || setting, ', ' order by name) as text
     from pg_settings where name = any($1)`,
    [SETTINGS],
  );
  return rows[0]!.text;
}

function fdatasyncMs(directory: string): number {
  const file = path.join(directory, 'probe');
  const fd = fs.openSync(file, 'w');
  const took: number[] = [];
  for (let nth = 0; nth < 100; nth += 1) {
    fs.writeSync(fd, Buffer.alloc(8_192));
    const from = performance.now();
    fs.fdatasyncSync(fd);
    took.push(performance.now() - from);
  }
  fs.closeSync(fd);
  fs.rmSync(file);
  return median(took);
}
