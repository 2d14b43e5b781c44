import { Pace } from './pace.js';

describe('work at a fixed rate', () => {
  it('is due when it is due, however late whoever does it comes', async () => {
    let now = 1_000;
    const pace = new Pace(10, () => now);
    expect(await pace.next()).toBe(1_000);
    now = 2_000; // the system stood still for a second
    expect([await pace.next(), await pace.next(), await pace.next()]).toEqual([
      1_100, 1_200, 1_300,
    ]);
  });
});
