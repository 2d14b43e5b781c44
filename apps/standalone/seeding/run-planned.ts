import { LogUnavailable } from '@common-thread/eventing/event-log';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Slot } from './lanes.js';
import type { CommandPort, Executed, PlannedCommand } from './planned-command.js';

/** How long something is tried again before it is given up. */
const GIVE_UP_AFTER_MS = 60_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** Waits, and rejects when the signal aborts. Tests hand in one that does not wait. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<unknown>;

/**
 * Runs one planned command until it is answered for good: what waits for a reaction, and what
 * failed because log or vault could not be reached, is tried again with the same id.
 */
export async function runPlanned(
  port: CommandPort,
  command: PlannedCommand,
  slot: Slot,
  pause: Pause,
  signal: AbortSignal,
): Promise<Exclude<Executed, { outcome: 'not-yet' }>> {
  let waitedMs = 0;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    try {
      const executed = await port.execute(command);
      if (executed.outcome !== 'not-yet') return executed;
      if (waitedMs >= GIVE_UP_AFTER_MS) return { outcome: 'refused', code: 'never-came' };
    } catch (error) {
      if (!isPassing(error) || waitedMs >= GIVE_UP_AFTER_MS) throw error;
    }
    slot.release();
    try {
      await pause(pauseMs, signal);
    } finally {
      await slot.take();
    }
    waitedMs += pauseMs;
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof LogUnavailable || error instanceof VaultUnavailable;
}
