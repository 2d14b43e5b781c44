import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '@common-thread/projecting/feed-row';
import type { Clock } from '../clock.js';
import type { DataKeys, LivingKey } from '../keys/data-keys.js';
import type { KeyPlace } from '../keys/key-store.js';
import { placeOfService } from '../keys/service-keys.js';

const PREFIX = 'fp.v1.';
const DAY_MS = 86_400_000;
/** The key of a day makes fingerprints until it ends, and compares them for this long after. */
const KEPT_DAYS = 30;

/**
 * Keyed hashes of commands' bodies, by which one idempotency key with another body is noticed. A
 * body may hold a name, and a bare hash of a name can be guessed; so each day has its key, and
 * once that is gone nobody can test a guess.
 */
export class Fingerprints {
  #today: { readonly day: number; readonly place: KeyPlace } | undefined;

  constructor(
    private readonly keys: DataKeys,
    private readonly clock: Clock,
  ) {}

  /** The place of today's key. */
  placeOfToday(): KeyPlace {
    const day = Math.floor(this.clock.now().getTime() / DAY_MS);
    if (this.#today?.day !== day) this.#today = { day, place: placeOfDay(day) };
    return this.#today.place;
  }

  make(key: LivingKey, body: unknown): string {
    return `${PREFIX}${key.keyId}.${macOf(key.secret, body).toString('base64url')}`;
  }

  /** `unknown` once its key has gone, and of a text that is no fingerprint of ours. */
  async compare(fingerprint: string, body: unknown): Promise<'same' | 'other' | 'unknown'> {
    const [, keyId, told] = /^fp\.v1\.([0-9a-f-]{36})\.([\w-]{43})$/.exec(fingerprint) ?? [];
    if (keyId === undefined || told === undefined) return 'unknown';
    const key = (await this.keys.find([keyId])).get(keyId);
    if (!key?.secret || key.recordClass !== 'service') return 'unknown';
    if (key.expiresAt !== undefined && new Date(key.expiresAt) <= this.clock.now())
      return 'unknown';
    const same = timingSafeEqual(macOf(key.secret, body), Buffer.from(told, 'base64url'));
    return same ? 'same' : 'other';
  }
}

function placeOfDay(day: number): KeyPlace {
  const name = new Date(day * DAY_MS).toISOString().slice(0, 10);
  return placeOfService(`fingerprint/${name}`, new Date((day + 1 + KEPT_DAYS) * DAY_MS));
}

function macOf(secret: Buffer, body: unknown): Buffer {
  return createHmac('sha256', secret)
    .update(canonicalJson(body ?? null))
    .digest();
}
