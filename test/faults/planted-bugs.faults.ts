import { bugs } from '../planted/planted.js';
import type { CompiledApps } from './compiled-apps.js';
import { COMPILED_MS_MAX, compileApps } from './compiled-apps.js';
import { trials } from './planted-trials.js';
import { Scenario } from './scenario.js';

const MINUTES_MAX = 15;

describe('faults at the right moment', () => {
  let apps: CompiledApps;
  let scenario: Scenario | undefined;

  beforeAll(async () => {
    apps = await compileApps(['composed']);
  }, COMPILED_MS_MAX);

  afterEach(async () => {
    await scenario?.end();
    scenario = undefined;
  });
  afterAll(() => apps.remove());

  it(
    'leave the system as it is without a blemish',
    async () => {
      scenario = await Scenario.begin(apps.composed);
      for (const trial of trials) await trial.run(scenario);
      expect(await scenario.judged()).toEqual([]);
    },
    MINUTES_MAX * 60_000,
  );

  it.each(trials)(
    'bring $bug to light',
    async (trial) => {
      const { bug, verdict, words } = trial;
      scenario = await Scenario.begin(apps.composed, bug);
      await trial.run(scenario);
      const named = { verdict, words: expect.stringMatching(words) as string };
      expect(await scenario.judged()).toContainEqual(named);
    },
    MINUTES_MAX * 60_000,
  );

  it('try every bug there is', () => {
    expect(trials.map(({ bug }) => bug).sort()).toEqual(Object.keys(bugs).sort());
  });
});
