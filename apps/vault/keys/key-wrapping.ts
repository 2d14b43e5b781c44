import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM of `contents` under `key`, good in `context` only: iv, ciphertext, tag. */
export function wrapBytes(key: Buffer, contents: Buffer, context: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([iv, cipher.update(contents), cipher.final(), cipher.getAuthTag()]);
}

/** The contents; undefined under another key, in another context, or where any byte changed. */
export function unwrapBytes(key: Buffer, wrapped: Buffer, context: string): Buffer | undefined {
  if (wrapped.length < IV_BYTES + TAG_BYTES) return undefined;
  const tagAt = wrapped.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, wrapped.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(wrapped.subarray(tagAt));
  const contents = decipher.update(wrapped.subarray(IV_BYTES, tagAt));
  try {
    decipher.final();
    return contents;
  } catch {
    return undefined;
  }
}
