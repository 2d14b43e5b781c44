import { freshPlace } from '../engines/postgres.js';
import { configurationIn } from '../journeys/whole-system.js';
import type { CompiledApps } from './compiled-apps.js';
import { compileApps } from './compiled-apps.js';
import { judgeFeeds } from './judge-feeds.js';
import { judgeLog } from './judge-log.js';
import { runWithKills } from './kill-run.js';

const KILLS = 50;
const MINUTES_MAX = 15;

const kills = Number(process.env.COMMON_THREAD_KILLS ?? KILLS);
const seed = process.env.COMMON_THREAD_KILL_SEED ?? String(Date.now());

describe('the whole system, killed at random moments under load', () => {
  let apps: CompiledApps;

  beforeAll(async () => {
    apps = await compileApps();
  });

  afterAll(() => apps.remove());

  it(
    `loses, doubles and changes nothing (seed ${seed})`,
    async () => {
      const configuration = await configurationIn(freshPlace());
      const { history, startsMs, killsWhileStarting } = await runWithKills({
        main: apps.main,
        configuration,
        seed,
        kills,
      });
      process.stdout.write(`${describeRun(history, startsMs, killsWhileStarting)}\n`);
      expect([...judgeLog(history), ...judgeFeeds(history)]).toEqual([]);
      expect(startsMs.length + killsWhileStarting).toBe(kills);
      expect(history.acknowledged.length).toBeGreaterThan(kills);
    },
    MINUTES_MAX * 60_000,
  );
});

type Run = Awaited<ReturnType<typeof runWithKills>>;

function describeRun(
  { acknowledged, refused, log, feeds }: Run['history'],
  startsMs: readonly number[],
  killsWhileStarting: number,
): string {
  const sorted = [...startsMs].sort((a, b) => a - b);
  const median = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
  const again = acknowledged.filter(({ tries }) => tries > 1).length;
  const rows = [...feeds.values()].reduce((sum, each) => sum + each.length, 0);
  return [
    `${kills} kills (${killsWhileStarting} while starting), start ${median} ms at the median`,
    `${acknowledged.length} acknowledged (${again} after several tries), ${refused.length} refused`,
    `${log.length} events, ${rows} rows told; seed ${seed}`,
  ].join('\n');
}
