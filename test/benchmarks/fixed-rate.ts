import { setTimeout as pause } from 'node:timers/promises';

/**
 * Acts so many times a second, whatever is still under way, and answers how long each took from when
 * it was due, in milliseconds: a system that falls behind is charged for those it keeps waiting.
 */
export async function atFixedRate(
  perSecond: number,
  count: number,
  act: (nth: number) => Promise<unknown>,
): Promise<number[]> {
  const from = performance.now();
  const latencies: Promise<number>[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const due = from + (nth * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    const latency = act(nth).then(() => performance.now() - due);
    latency.catch(() => undefined); // awaited below
    latencies.push(latency);
  }
  return Promise.all(latencies);
}
