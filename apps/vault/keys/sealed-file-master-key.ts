import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BucketKeys } from './bucket-keys.js';
import { codeOf } from './error-code.js';
import { HeldMasterKey } from './held-master-key.js';
import { unwrapBytes, wrapBytes } from './key-wrapping.js';
import { MasterKeyMismatch, MasterKeyUnavailable } from './master-key.js';
import { wrappingKeyOf } from './wrapping-key.js';

export interface SealedFileOptions {
  /** Created with mode 0700 where it is missing. */
  readonly directory: string;
  /**
   * 32 bytes in base64 or hexadecimal, from COMMON_THREAD_MASTER_KEY. Absent, a key file beside
   * the bucket keys is used and made at first: enough to develop with, and refused in production.
   */
  readonly wrappingKey?: string;
  readonly production?: boolean;
}

const FILE = 'bucket-keys.sealed';
const FORMAT = 'common-thread bucket keys v1';

/**
 * Bucket keys in one file (mode 0600), sealed with a wrapping key and rewritten whole. For
 * development and demonstration: a file system keeps what was overwritten, so a destroyed key is
 * beyond this process and not beyond a forensic laboratory. A key management service takes its
 * place in production (ADR 10).
 */
export class SealedFileMasterKey extends HeldMasterKey {
  /** Changes are made one at a time, each on what the file holds then. */
  #changing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly directory: string,
    private readonly wrappingKey: Buffer,
    keys: BucketKeys,
  ) {
    super(keys);
  }

  /**
   * Reads the file, or makes it. @throws MasterKeyUnavailable, MasterKeyMismatch: each says what
   * to do
   */
  static async open(options: SealedFileOptions): Promise<SealedFileMasterKey> {
    const { directory } = options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, FILE);
    const wrappingKey = await wrappingKeyOf(options, await exists(path));
    const held = await readSealed(path, wrappingKey);
    if (held) return new SealedFileMasterKey(directory, wrappingKey, held);
    const draft = await writeSealed(directory, wrappingKey, BucketKeys.fresh());
    try {
      // Fails where another process has just made the file, whose keys are then the ones.
      await link(draft, path);
      await syncDirectory(directory);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    } finally {
      await rm(draft, { force: true });
    }
    const keys = await readSealed(path, wrappingKey);
    if (!keys) throw new MasterKeyUnavailable(`${path} vanished while it was being made`);
    return new SealedFileMasterKey(directory, wrappingKey, keys);
  }

  async refresh(): Promise<void> {
    const held = await readSealed(join(this.directory, FILE), this.wrappingKey);
    if (!held) throw new MasterKeyUnavailable(`the bucket keys in ${this.directory} are gone`);
    this.keys = held;
  }

  protected async change(change: (keys: BucketKeys) => BucketKeys): Promise<void> {
    const changed = this.#changing.then(async () => {
      await this.refresh();
      const keys = change(this.keys);
      const draft = await writeSealed(this.directory, this.wrappingKey, keys);
      await rename(draft, join(this.directory, FILE));
      await syncDirectory(this.directory);
      this.keys = keys;
    });
    this.#changing = changed.catch(() => undefined);
    return changed;
  }
}

async function readSealed(path: string, wrappingKey: Buffer): Promise<BucketKeys | undefined> {
  if (!(await exists(path))) return undefined;
  const bytes = unwrapBytes(wrappingKey, await readFile(path), FORMAT);
  if (!bytes) {
    throw new MasterKeyMismatch(
      `${path} does not open with this key. Set COMMON_THREAD_MASTER_KEY to the key it was made with, ` +
        'or restore the key file that was beside it.',
    );
  }
  return BucketKeys.fromBytes(bytes);
}

/** Writes a draft beside the file and gives its path once it is on disk. */
async function writeSealed(directory: string, key: Buffer, keys: BucketKeys): Promise<string> {
  const draft = join(directory, `${FILE}.${randomUUID()}`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(wrapBytes(key, keys.toBytes(), FORMAT));
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await (await open(path, 'r')).close();
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
