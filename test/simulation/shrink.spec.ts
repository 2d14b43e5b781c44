import { plantedSeams } from './planted/bugs.js';
import { shrink } from './shrink.js';
import { simulate } from './simulate.js';
import { withoutStacks } from './without-stacks.js';

describe('a failing run', () => {
  withoutStacks();

  it('is shown by less than it took', async () => {
    const seams = plantedSeams('no-idempotency-look-up');
    const failed = await simulate({ seed: 1, seams });
    const { run, faults } = await shrink(failed, { seams });
    expect(run.broken?.invariant).toBe(failed.broken?.invariant);
    expect(run.happenings.length).toBeLessThan(failed.happenings.length);
    expect(faults.length).toBeLessThan(6);
  }, 300_000);
});
