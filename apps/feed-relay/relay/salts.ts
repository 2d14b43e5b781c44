import { createHmac } from 'node:crypto';
import type { SaltSource } from './transaction.js';

const SALT_BYTES = 16;

/**
 * Salts worked out from a secret only the relay has: nobody else can guess what a body hash covers, and
 * a relay killed in the middle of a row writes the same bytes the next time.
 */
export function saltsFrom(secret: Uint8Array | string): SaltSource {
  return (rowId) =>
    createHmac('sha256', secret)
      .update(rowId)
      .digest('hex')
      .slice(0, SALT_BYTES * 2);
}
