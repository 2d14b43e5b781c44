import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { executable } from './embedded-binaries.js';
import type { ServerUser } from './embedded-user.js';

/** The role that owns an embedded server. */
export const OWNER = 'common_thread';

const PASSWORD_FILE = 'owner.password';

/**
 * Makes the cluster in an empty data directory. It is made beside and moved in whole, because
 * `initdb` cut short leaves a directory that neither starts nor can be made again. Text sorts by
 * byte on every machine.
 */
export async function initialiseCluster(
  binaries: string,
  dataDir: string,
  user: ServerUser | undefined,
): Promise<void> {
  if (fs.existsSync(path.join(dataDir, 'PG_VERSION'))) return;
  if (fs.readdirSync(dataDir).length > 0) {
    throw new Error(`${dataDir} is neither empty nor a PostgreSQL data directory: give another`);
  }
  const workshop = fs.mkdtempSync(`${dataDir}.making-`);
  const made = path.join(workshop, 'cluster');
  const passwordFile = path.join(workshop, PASSWORD_FILE);
  try {
    fs.mkdirSync(made, { mode: 0o700 });
    fs.writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (user) {
      for (const own of [workshop, made, passwordFile]) fs.chownSync(own, user.uid, user.gid);
    }
    await promisify(execFile)(
      executable(binaries, 'initdb'),
      [
        ...['-D', made, '-U', OWNER, '--pwfile', passwordFile],
        ...['-A', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'],
        ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
        // The password is 192 random bits: stretching it would only slow every connection.
        ...['-c', 'scram_iterations=1'],
      ],
      {
        ...(user ? { uid: user.uid, gid: user.gid } : {}),
        cwd: path.parse(dataDir).root,
        env: {
          PATH: process.env.PATH,
          SystemRoot: process.env.SystemRoot,
          LC_ALL: 'C',
          TZ: 'UTC',
        },
      },
    );
    fs.renameSync(passwordFile, path.join(made, PASSWORD_FILE));
    fs.rmdirSync(dataDir);
    fs.renameSync(made, dataDir);
  } finally {
    fs.rmSync(workshop, { recursive: true, force: true });
  }
}

export function ownerPassword(dataDir: string): string {
  return fs.readFileSync(path.join(dataDir, PASSWORD_FILE), 'utf8').trim();
}
