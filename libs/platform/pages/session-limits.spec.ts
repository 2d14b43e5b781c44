import { sessionEnd } from './session-limits.js';

const limits = { idleMs: 60, wholeMs: 720 };
const end = (now: number, signedInAt?: number) => sessionEnd(now, signedInAt, limits).getTime();

describe('a session ends', () => {
  it('so long after the last request', () => {
    expect(end(1_000, 1_000)).toBe(1_060);
    expect(end(1_600, 1_000)).toBe(1_660);
  });

  it('so long after signing in, however much is asked for', () => {
    expect(end(1_690, 1_000)).toBe(1_720);
    expect(end(5_000, 1_000)).toBe(1_720);
  });

  it('so long after its beginning where nobody has signed in yet', () => {
    expect(end(1_000)).toBe(1_060);
  });
});
