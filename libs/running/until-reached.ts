import { setTimeout as wait } from 'node:timers/promises';
import { EngineAway } from '@common-thread/adapters/engine-faults';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** Somebody asked the process to stop before all its engines were there. */
export class StoppedWhileStarting extends Error {
  override readonly name = 'StoppedWhileStarting';
}

export interface Reaching {
  readonly signal: AbortSignal;
  /** Told after each try in vain, with what was said and the pause before the next, in ms. */
  readonly onAway: (fault: EngineAway, pauseMs: number) => void;
  /** Tests hand in one that does not wait. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Opens what stands on an engine, again and again while the engine is away, with pauses that double up to ten
 * seconds. Whatever else goes wrong is thrown at once.
 * @throws StoppedWhileStarting once `signal` aborts
 */
export async function untilReached<Opened>(
  open: () => Promise<Opened>,
  { signal, onAway, pause = waiting }: Reaching,
): Promise<Opened> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    if (signal.aborted) throw new StoppedWhileStarting('asked to stop while starting');
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof EngineAway)) throw error;
      onAway(error, pauseMs);
      await pause(pauseMs, signal);
    }
  }
}

/** An abort ends the pause; the loop sees it. */
async function waiting(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
