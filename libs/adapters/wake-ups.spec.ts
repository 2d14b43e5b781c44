import { WakeUps } from './wake-ups.js';

const LONG_MS = 60_000;

describe('WakeUps', () => {
  it('wakes every sleeper at a ring', async () => {
    const wakeUps = new WakeUps();
    const { signal } = new AbortController();
    const sleepers = [1, 2, 3].map(() => wakeUps.wait(wakeUps.rung, LONG_MS, signal));
    wakeUps.ring();
    await Promise.all(sleepers);
  });

  it('does not sleep through a ring that came before', async () => {
    const wakeUps = new WakeUps();
    const seen = wakeUps.rung;
    wakeUps.ring();
    await wakeUps.wait(seen, LONG_MS, new AbortController().signal);
  });

  it('wakes when time is up and when it is told to stop', async () => {
    const wakeUps = new WakeUps();
    const stop = new AbortController();
    await wakeUps.wait(0, 1, stop.signal);
    const sleeping = wakeUps.wait(0, LONG_MS, stop.signal);
    stop.abort();
    await sleeping;
    await wakeUps.wait(0, LONG_MS, stop.signal);
  });
});
