import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const MEGABYTE = 1024 * 1024;

/** A file system of its own in memory, small enough to be filled. Mounting one needs to be root, on Linux. */
export class SmallDisk {
  private constructor(readonly directory: string) {}

  /** Undefined where this machine does not let us mount one. A mount that is there is taken over. */
  static mount(directory: string, megabytes: number): SmallDisk | undefined {
    fs.mkdirSync(directory, { recursive: true });
    const disk = new SmallDisk(directory);
    if (isMounted(directory)) {
      disk.free();
      return disk;
    }
    try {
      const options = `size=${megabytes}m,mode=0755`;
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'common-thread-faults', directory], {
        stdio: 'ignore',
      });
    } catch {
      return undefined;
    }
    return disk;
  }

  /** Leaves no room for another page. */
  fill(): void {
    const ballast = fs.openSync(this.#ballast, 'a');
    try {
      const piece = Buffer.alloc(MEGABYTE);
      for (let size = piece.length; size >= 512; size = Math.floor(size / 2)) {
        while (wrote(ballast, piece.subarray(0, size)));
      }
    } finally {
      fs.closeSync(ballast);
    }
  }

  free(): void {
    fs.rmSync(this.#ballast, { force: true });
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.directory], { stdio: 'ignore' });
  }

  get #ballast(): string {
    return path.join(this.directory, 'ballast');
  }
}

function wrote(file: number, bytes: Buffer): boolean {
  try {
    return fs.writeSync(file, bytes) > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}

function isMounted(directory: string): boolean {
  const mounts = fs.existsSync('/proc/mounts') ? fs.readFileSync('/proc/mounts', 'utf8') : '';
  return mounts.split('\n').some((line) => line.split(' ')[1] === path.resolve(directory));
}
