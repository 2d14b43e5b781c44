import { execFile, spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { binariesFor, executable } from './embedded-binaries.js';
import { initialiseCluster, ownerPassword, OWNER } from './embedded-cluster.js';
import { isServerAlive, lockFilePath, readLockFile } from './embedded-lock-file.js';
import { OwnerSession } from './embedded-owner.js';
import { placeDataDir, serverUser, type ServerUser } from './embedded-user.js';

export interface EmbeddedServerOptions {
  /**
   * Made on first use. Under root below a private directory it becomes a link to where the data
   * lies.
   */
  readonly dataDir: string;
  /**
   * Default: any free port. A server found running on another port is stopped and started here.
   */
  readonly port?: number;
  /** Made if absent; `url` leads to it. Default `common_thread`. */
  readonly database?: string;
  /** PostgreSQL settings over ours, such as `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedServer {
  /** `postgres://…` of the database asked for; holds the password. */
  readonly url: string;
  readonly port: number;
  /** Where the data really lies. */
  readonly dataDir: string;
  /** The server was left running by an earlier process and was taken over. */
  readonly adopted: boolean;
  /** The address of another database of this server. */
  urlOf(database: string): string;
  /** Stops the server cleanly, once; open connections are ended. */
  stop(): Promise<void>;
}

/** The embedded server did not start or answer; the message ends with its own last words. */
export class EmbeddedPostgresFailed extends Error {
  override readonly name = 'EmbeddedPostgresFailed';
}

/** Durable, local, quiet: no statement and no value of a row reaches the server's log. */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '100',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  // Without errors: "invalid input syntax" quotes what was sent.
  log_min_messages: 'log',
};

/** Recovery after a kill replays the write-ahead log first. */
const START_TIMEOUT_MS = 120_000;
const FAST_STOP_S = 60;
const IMMEDIATE_STOP_S = 3;
const STALE_LOCK_TRIES_MAX = 20;
const STALE_LOCK_PAUSE_MS = 250;

/** One start: where everything is and who runs it. */
interface Setting {
  readonly binaries: string;
  readonly dataDir: string;
  readonly user: ServerUser | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * A real PostgreSQL 18 from npm binaries, for development, demonstration and tests. It outlives a
 * kill -9 of this process; the next start on the same data directory takes it over, or stops it
 * when it does not answer. One process at a time owns a data directory.
 *
 * @throws EmbeddedPostgresUnavailable when this machine has no binaries that run
 * @throws EmbeddedPostgresInUse when another living process owns the data directory
 * @throws EmbeddedPostgresFailed when the server does not start
 */
export async function startEmbeddedServer(
  options: EmbeddedServerOptions,
): Promise<EmbeddedServer> {
  const asked = path.resolve(options.dataDir);
  const user = serverUser(asked);
  const binaries = binariesFor({ user });
  const dataDir = placeDataDir(asked, user);
  const setting = { binaries, dataDir, user, settings: { ...SETTINGS, ...options.settings } };
  await initialiseCluster(binaries, dataDir, user);
  const owner = (await adopt(setting, options.port)) ?? (await start(setting, options.port));
  const database = options.database ?? 'common_thread';
  await owner.ensureDatabase(database);
  let stopping: Promise<void> | undefined;
  return {
    url: owner.urlOf(database),
    port: owner.port,
    dataDir,
    adopted: owner.adopted,
    urlOf: (name) => owner.urlOf(name),
    stop: () => (stopping ??= owner.end().then(() => stopServer(setting, 'fast'))),
  };
}

/** Takes over a server that an earlier process left running, or makes sure none is. */
async function adopt(
  setting: Setting,
  port: number | undefined,
): Promise<OwnerSession | undefined> {
  const lock = readLockFile(setting.dataDir);
  if (!lock) return undefined;
  if (!isServerAlive(lock)) {
    fs.rmSync(lockFilePath(setting.dataDir), { force: true });
    return undefined;
  }
  const session = await OwnerSession.open(addressOf(setting.dataDir, lock.port), true);
  if (session && (port === undefined || port === lock.port)) return session;
  await session?.end();
  await stopServer(setting, session ? 'fast' : 'immediate');
  return undefined;
}

async function start(setting: Setting, port: number | undefined): Promise<OwnerSession> {
  for (let tries = 1; ; tries += 1) {
    const chosen = port ?? (await freePort());
    const failure = await startOnce(setting, chosen);
    if (failure === undefined) {
      const session = await OwnerSession.open(addressOf(setting.dataDir, chosen), false);
      if (session) return session;
      throw new EmbeddedPostgresFailed(`PostgreSQL started on port ${chosen} but does not answer`);
    }
    const stale = /lock file|pre-existing shared memory/.test(failure);
    const taken = port === undefined && /Address already in use/i.test(failure);
    if (!(stale || taken) || tries >= STALE_LOCK_TRIES_MAX) {
      throw new EmbeddedPostgresFailed(
        `PostgreSQL did not start in ${setting.dataDir} on port ${chosen}: ${failure}`,
      );
    }
    await pause(STALE_LOCK_PAUSE_MS);
  }
}

/** Its last words when it does not come up. */
async function startOnce(setting: Setting, port: number): Promise<string | undefined> {
  const { binaries, dataDir, user } = setting;
  const logPath = path.join(dataDir, 'server.log');
  const log = fs.openSync(logPath, 'w', 0o600);
  const settings = Object.entries({ ...setting.settings, port: String(port) });
  const server = spawn(
    executable(binaries, 'postgres'),
    ['-D', dataDir, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...runAs(user),
      // A group of its own: Ctrl-C in a terminal must reach us first, so that we stop in order.
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
    },
  );
  fs.closeSync(log);
  server.unref();
  const ready = await whenReady(server, dataDir);
  return ready ? undefined : fs.readFileSync(logPath, 'utf8').trim().slice(-800);
}

async function whenReady(server: ChildProcess, dataDir: string): Promise<boolean> {
  let ended = false;
  server.once('exit', () => (ended = true));
  server.once('error', () => (ended = true));
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline;) {
    if (ended) return false;
    const lock = readLockFile(dataDir);
    if (lock?.ready && lock.pid === server.pid) return true;
    await pause(10);
  }
  server.kill('SIGQUIT');
  return false;
}

/**
 * `fast` ends sessions and writes everything out; `immediate` leaves recovery to the next start.
 */
async function stopServer(setting: Setting, mode: 'fast' | 'immediate'): Promise<void> {
  if (mode === 'fast' && (await stopped(setting, 'fast', FAST_STOP_S))) return;
  if (await stopped(setting, 'immediate', IMMEDIATE_STOP_S)) return;
  const lock = readLockFile(setting.dataDir);
  if (!lock || !isServerAlive(lock)) return;
  process.kill(lock.pid, 'SIGKILL'); // it hears nothing else; recovery makes good
  while (isServerAlive(lock)) await pause(10);
  fs.rmSync(lockFilePath(setting.dataDir), { force: true });
}

async function stopped(setting: Setting, mode: string, seconds: number): Promise<boolean> {
  const { binaries, dataDir, user } = setting;
  const lock = readLockFile(dataDir);
  if (!lock || !isServerAlive(lock)) return true;
  const stop = ['stop', '-D', dataDir, '-m', mode, '-w', '-t', String(seconds)];
  return promisify(execFile)(executable(binaries, 'pg_ctl'), stop, runAs(user)).then(
    () => true,
    () => false,
  );
}

function runAs(user: ServerUser | undefined) {
  return {
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    cwd: path.parse(process.cwd()).root,
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, LC_ALL: 'C', TZ: 'UTC' },
  };
}

function addressOf(dataDir: string, port: number) {
  return { dataDir, port, user: OWNER, password: ownerPassword(dataDir) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address) resolve(address.port);
        else reject(new Error('no free port on 127.0.0.1'));
      });
    });
  });
}
