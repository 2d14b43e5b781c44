/** How long somebody stays signed in to an agency's pages. */
export interface SessionLimits {
  /** After the last request. */
  readonly idleMs: number;
  /** After signing in, however busy: nobody works longer than a shift, and a forgotten screen is somebody else's. */
  readonly wholeMs: number;
}

const MINUTE_MS = 60_000;

export const sessionLimits: SessionLimits = {
  idleMs: 60 * MINUTE_MS,
  wholeMs: 12 * 60 * MINUTE_MS,
};

/**
 * When a session ends if nothing more is asked for.
 * @param now epoch milliseconds
 * @param signedInAt epoch milliseconds; undefined while a sign-in is under way
 */
export function sessionEnd(
  now: number,
  signedInAt: number | undefined,
  { idleMs, wholeMs }: SessionLimits,
): Date {
  return new Date(Math.min(now + idleMs, (signedInAt ?? now) + wholeMs));
}
