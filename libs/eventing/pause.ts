/**
 * Lets time pass: resolves after so many milliseconds, or as soon as the signal aborts. Never rejects.
 * Whoever waits is given it, so that a simulation decides when time has passed.
 */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** By the process's own timers. */
export const pause: Pause = (milliseconds, signal) =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
