import { setTimeout as pause } from 'node:timers/promises';
import { LogUnavailable } from '@common-thread/eventing/event-log';

export interface Opening {
  /** How long to try; default 0: once. */
  readonly waitMs?: number;
  /** Ends the trying. */
  readonly signal?: AbortSignal;
  readonly onTrouble?: (trouble: Error) => void;
}

const PAUSE_MS = { first: 250, max: 5_000 } as const;

/** Tries until it succeeds, with pauses that double; only what may pass by waiting is waited for. */
export async function opening<T>(
  open: () => Promise<T>,
  { waitMs = 0, signal, onTrouble }: Opening,
): Promise<T> {
  const end = performance.now() + waitMs;
  for (let pauseMs: number = PAUSE_MS.first; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS.max)) {
    try {
      return await open();
    } catch (error) {
      const isOver = performance.now() + pauseMs > end || signal?.aborted === true;
      if (!(error instanceof LogUnavailable) || isOver) throw error;
      onTrouble?.(error);
      await pause(pauseMs, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  }
}
