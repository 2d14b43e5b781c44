import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { BOX_PREFIX } from '@common-thread/eventing/sealing';

/**
 * What a box says of itself. It is the associated data: change any of it and the box does not
 * open.
 */
export interface BoxHeader {
  readonly keyId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly streamId: string;
  readonly field: string;
  /** Of the event's schema when it was sealed; the vault upcasts after opening. */
  readonly version: number;
}

/** A box taken apart; nothing in it is to be believed until its tag has been checked. */
export interface Box {
  readonly header: BoxHeader;
  readonly associated: Buffer;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals a text under a 256-bit key with a fresh 96-bit IV. */
export function sealBox(header: BoxHeader, plaintext: string, secret: Buffer): string {
  const associated = headerBytes(header);
  const iv = freshIv();
  const cipher = createCipheriv(CIPHER, secret, iv);
  cipher.setAAD(associated);
  const ciphertext = cipher.update(plaintext, 'utf8');
  cipher.final();
  const sealed = Buffer.concat([iv, ciphertext, cipher.getAuthTag()]);
  return `${BOX_PREFIX}${associated.toString('base64url')}.${sealed.toString('base64url')}`;
}

/** Takes a box apart; undefined where the text is none. */
export function readBox(text: string): Box | undefined {
  if (!text.startsWith(BOX_PREFIX)) return undefined;
  const [head, body, ...more] = text.slice(BOX_PREFIX.length).split('.');
  if (head === undefined || body === undefined || more.length > 0) return undefined;
  const associated = Buffer.from(head, 'base64url');
  const sealed = Buffer.from(body, 'base64url');
  const header = readHeader(associated);
  if (!header || sealed.length < IV_BYTES + TAG_BYTES) return undefined;
  return {
    header,
    associated,
    iv: sealed.subarray(0, IV_BYTES),
    ciphertext: sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES),
    tag: sealed.subarray(sealed.length - TAG_BYTES),
  };
}

/** The text, or undefined where header or contents are not what was sealed under this key. */
export function openBox(box: Box, secret: Buffer): string | undefined {
  return decrypt(box, secret)?.toString('utf8');
}

/**
 * Whether the header is the one that was sealed. GCM checks its tag while decrypting, so what
 * comes out is overwritten unread: nothing is opened before the audit entry is committed.
 */
export function isAuthentic(box: Box, secret: Buffer): boolean {
  const contents = decrypt(box, secret);
  contents?.fill(0);
  return contents !== undefined;
}

function decrypt(box: Box, secret: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(CIPHER, secret, box.iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(box.associated);
  decipher.setAuthTag(box.tag);
  const contents = decipher.update(box.ciphertext);
  try {
    decipher.final();
    return contents;
  } catch {
    // The tag does not match: tampered with, moved, relabelled, or sealed under another key.
    contents.fill(0);
    return undefined;
  }
}

/** Random bytes are fetched for many boxes at once; no byte is used twice. */
let ivs = Buffer.alloc(0);

function freshIv(): Buffer {
  if (ivs.length === 0) ivs = randomBytes(IV_BYTES * 256);
  const iv = ivs.subarray(0, IV_BYTES);
  ivs = ivs.subarray(IV_BYTES);
  return iv;
}

function headerBytes(header: BoxHeader): Buffer {
  const { keyId, eventId, eventType, streamId, field, version } = header;
  return Buffer.from(
    JSON.stringify({ k: keyId, e: eventId, t: eventType, s: streamId, f: field, v: version }),
  );
}

function readHeader(bytes: Buffer): BoxHeader | undefined {
  const parsed = parseJson(bytes.toString('utf8'));
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { k, e, t, s, f, v } = parsed as Readonly<Record<string, unknown>>;
  if (
    typeof k !== 'string' ||
    typeof e !== 'string' ||
    typeof t !== 'string' ||
    typeof s !== 'string' ||
    typeof f !== 'string' ||
    typeof v !== 'number' ||
    !UUID.test(k)
  ) {
    return undefined;
  }
  return { keyId: k, eventId: e, eventType: t, streamId: s, field: f, version: v };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
