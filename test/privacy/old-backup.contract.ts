import { chmodSync, chownSync, copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { freshPlace } from '../engines/postgres.js';
import type { BackedUp } from './old-backup.js';
import { oldBackupCases } from './old-backup.js';

describe('a copy of PostgreSQL’s files from before an erasure', () => oldBackupCases(ofFiles));

/** The data directory, copied while the server is stopped, and another server over the copy. */
async function ofFiles(): Promise<BackedUp> {
  const settings = { fsync: 'off' };
  const start = (dataDir: string, port?: number) =>
    startEmbeddedServer({ dataDir, settings, ...(port === undefined ? {} : { port }) });
  let server = await start(join(freshPlace(), 'cluster'));
  const { url, port, dataDir } = server;
  const copy = join(freshPlace(), 'copy');
  const stopping: (() => Promise<void>)[] = [() => server.stop()];
  return {
    url,
    backUp: async () => {
      await server.stop();
      copyOwned(dataDir, copy);
      server = await start(dataDir, port);
    },
    restore: async () => {
      const restored = await start(copy);
      stopping.push(() => restored.stop());
      return restored.url;
    },
    end: async () => {
      for (const stop of stopping) await stop();
    },
  };
}

/** With owners and modes, without which PostgreSQL does not start on it. */
function copyOwned(from: string, to: string): void {
  const { uid, gid, mode } = statSync(from);
  if (statSync(from).isDirectory()) {
    mkdirSync(to);
    for (const name of readdirSync(from)) copyOwned(join(from, name), join(to, name));
  } else copyFileSync(from, to);
  chownSync(to, uid, gid);
  chmodSync(to, mode);
}
