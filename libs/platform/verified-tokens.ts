import { hash } from 'node:crypto';
import type { Actor } from './actor.js';

/** For how long a signature that was verified need not be verified again, whatever the token allows. */
export const VERIFIED_GOOD_MS = 60_000;

interface Verified {
  readonly actor: Actor;
  /** When the token ends. */
  readonly endsAtMs: number;
  readonly verifiedAtMs: number;
}

/**
 * Who the bearers of tokens are whose signature has been verified, by the token's SHA-256: a token is not kept. None is
 * known longer than a minute, so that a key that its issuer has withdrawn is good for that much longer at most; and
 * none after it has ended. Whether somebody still is what the token says is not asked here (`Standing`).
 */
export class VerifiedTokens {
  /** The one verified longest ago first. */
  readonly #verified = new Map<string, Verified>();

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number) {}

  bearerOf(token: string): Actor | undefined {
    const nowMs = this.now();
    this.#forgetOld(nowMs);
    const known = this.#verified.get(digestOf(token));
    return known && isGood(known, nowMs) ? known.actor : undefined;
  }

  keep(token: string, actor: Actor, endsAtMs: number): void {
    const digest = digestOf(token);
    this.#verified.delete(digest); // the order is that of verifying
    this.#verified.set(digest, { actor, endsAtMs, verifiedAtMs: this.now() });
  }

  #forgetOld(nowMs: number): void {
    for (const [digest, known] of this.#verified) {
      if (isRecent(known, nowMs)) return;
      this.#verified.delete(digest);
    }
  }
}

function isGood(known: Verified, nowMs: number): boolean {
  return nowMs < known.endsAtMs && isRecent(known, nowMs);
}

/** A clock that was set back makes nothing recent. */
function isRecent({ verifiedAtMs }: Verified, nowMs: number): boolean {
  return verifiedAtMs <= nowMs && nowMs < verifiedAtMs + VERIFIED_GOOD_MS;
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
