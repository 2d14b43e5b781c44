import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What PostgreSQL says of itself in `postmaster.pid`, a file of lines in a documented order. */
export interface LockFile {
  readonly pid: number;
  readonly port: number;
  /** Accepts connections. */
  readonly ready: boolean;
}

export function lockFilePath(dataDir: string): string {
  return path.join(dataDir, 'postmaster.pid');
}

export function readLockFile(dataDir: string): LockFile | undefined {
  let lines: string[];
  try {
    lines = fs.readFileSync(lockFilePath(dataDir), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Whether the process named in the lock file is still a PostgreSQL server. After a crash of the
 * machine its number may belong to anybody, and anybody's process must not be stopped.
 */
export function isServerAlive({ pid }: LockFile): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return /postgres/i.test(commandOf(pid));
}

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (process.platform === 'win32') {
      return execFileSync('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], { encoding: 'utf8' });
    }
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  } catch {
    return ''; // it ended meanwhile
  }
}
