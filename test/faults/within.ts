import { setTimeout as pause } from 'node:timers/promises';

/** What the work comes to. @throws saying what never came to be, where that takes longer than so many ms */
export async function within<T>(ms: number, work: Promise<T>, words: string): Promise<T> {
  const tooLate = new AbortController();
  const { signal } = tooLate;
  const deadline = pause(ms, undefined, { signal }).then((): never => {
    throw new Error(`${words} within ${ms / 1_000} s`);
  });
  deadline.catch(() => undefined); // of no interest once the work is done
  try {
    return await Promise.race([work, deadline]);
  } finally {
    tooLate.abort();
  }
}
