import path from 'node:path';
import fs from 'node:fs';
import { OWNER, ownerPassword } from './embedded-cluster.js';
import { isServerAlive, readLockFile } from './embedded-lock-file.js';

/**
 * Address of the embedded server that another process runs on a data directory, for a command that
 * works beside it; undefined where none runs. Whoever joins must not stop it.
 */
export function runningServerUrl(dataDir: string, database: string): string | undefined {
  const asked = path.resolve(dataDir);
  if (!fs.existsSync(asked)) return undefined;
  const real = fs.realpathSync(asked);
  const lock = readLockFile(real);
  if (!lock?.ready || !isServerAlive(lock)) return undefined;
  const password = ownerPassword(real);
  return `postgres://${OWNER}:${password}@127.0.0.1:${lock.port}/${encodeURIComponent(database)}`;
}
