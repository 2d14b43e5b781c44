import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './error-code.js';
import { MasterKeyUnavailable } from './master-key.js';

const FILE = 'wrapping-key';
const KEY_BYTES = 32;

interface Source {
  readonly directory: string;
  readonly wrappingKey?: string;
  readonly production?: boolean;
}

/**
 * The key that seals the file of bucket keys: given, else from a key file, made unless something
 * is already sealed with another. @throws MasterKeyUnavailable saying what to set
 */
export async function wrappingKeyOf(source: Source, alreadySealed: boolean): Promise<Buffer> {
  if (source.wrappingKey !== undefined) return readKey(source.wrappingKey);
  if (source.production) {
    throw new MasterKeyUnavailable(
      'COMMON_THREAD_MASTER_KEY is not set, and production makes no key of its own. Set it to 32 random ' +
        'bytes in base64.',
    );
  }
  const path = join(source.directory, FILE);
  const held = await readKeyFile(path);
  if (held) return held;
  if (alreadySealed) {
    throw new MasterKeyUnavailable(
      `The key file ${path} is missing while bucket keys sealed with it are there. Restore it, or set ` +
        'COMMON_THREAD_MASTER_KEY to the key they were made with.',
    );
  }
  await makeKeyFile(path);
  return (await readKeyFile(path))!;
}

function readKey(text: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : Buffer.from(trimmed, 'base64');
  const wellFormed = /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed) || /^[0-9a-f]{64}$/i.test(trimmed);
  if (!wellFormed || key.length !== KEY_BYTES) {
    throw new MasterKeyUnavailable(
      'COMMON_THREAD_MASTER_KEY must be 32 bytes in base64 or hexadecimal. Make one with: openssl rand -base64 32',
    );
  }
  return key;
}

async function readKeyFile(path: string): Promise<Buffer | undefined> {
  let mode: number;
  try {
    ({ mode } = await stat(path));
  } catch {
    return undefined;
  }
  if ((mode & 0o077) !== 0) {
    throw new MasterKeyUnavailable(`Others can read the key file ${path}. Run: chmod 600 ${path}`);
  }
  return readKey(await readFile(path, 'utf8'));
}

/** Of two processes starting at once, one makes the key and both read it. */
async function makeKeyFile(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    await link(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
