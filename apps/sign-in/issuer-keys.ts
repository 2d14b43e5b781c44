import type { JWK } from 'jose';
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8 } from 'jose';
import { createPublicKey, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';

export interface PublicKey extends JWK {
  readonly kid: string;
}

export interface IssuerKeys {
  /** Signs tokens; kept, so that a token outlives a restart. */
  readonly signing: JWK;
  readonly cookies: readonly string[];
}

/** The issuer's own keys, made at the first start and kept in `directory`, readable by us alone. */
export async function issuerKeys(directory: string): Promise<IssuerKeys> {
  const text = await readOrMake(directory, 'issuer-keys.json', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const signing = {
      ...(await exportJWK(privateKey)),
      kid: 'issuer-1',
      alg: 'RS256',
      use: 'sig',
    };
    return JSON.stringify({ signing, cookies: [randomBytes(32).toString('base64url')] });
  });
  return JSON.parse(text) as IssuerKeys;
}

/** A demonstration system's key pair: the private half stays in a file for whoever tries the interface. */
export async function systemKey(
  directory: string,
  clientId: string,
): Promise<{ path: string; publicKey: PublicKey }> {
  const file = `${clientId}.private-key.pem`;
  const pem = await readOrMake(directory, file, async () => {
    const { privateKey } = await generateKeyPair('RS512', { extractable: true });
    return exportPKCS8(privateKey);
  });
  await importPKCS8(pem, 'RS512');
  const jwk = await exportJWK(createPublicKey(pem));
  const publicKey = { ...jwk, kid: `${clientId}-1`, alg: 'RS512', use: 'sig' };
  return { path: join(directory, file), publicKey };
}

async function readOrMake(
  directory: string,
  file: string,
  make: () => Promise<string>,
): Promise<string> {
  const path = join(directory, file);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!isNativeError(error) || Reflect.get(error, 'code') !== 'ENOENT') throw error;
  }
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const made = await make();
  await writeFile(path, made, { mode: 0o600, flag: 'wx' });
  return made;
}
