import { pause } from './pause.js';

const HOUR_MS = 3_600_000;

describe('a pause', () => {
  it('ends when its time has passed', async () => {
    const { signal } = new AbortController();
    await expect(pause(1, signal)).resolves.toBeUndefined();
  });

  it('ends when it is called off', async () => {
    const calledOff = new AbortController();
    const paused = pause(HOUR_MS, calledOff.signal);
    calledOff.abort();
    await expect(paused).resolves.toBeUndefined();
  });

  it('is none where it was called off before', async () => {
    await expect(pause(HOUR_MS, AbortSignal.abort())).resolves.toBeUndefined();
  });
});
