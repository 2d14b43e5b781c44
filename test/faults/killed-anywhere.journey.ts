import { join } from 'node:path';
import { freshPlace } from '../engines/postgres.js';
import { configurationIn } from '../journeys/whole-system.js';
import type { CompiledApps } from './compiled-apps.js';
import { COMPILED_MS_MAX, compileApps } from './compiled-apps.js';
import type { FaultRun } from './fault-run.js';
import { runWithFaults } from './fault-run.js';
import { sigkill } from './injected/processes.js';
import { surplusIn } from './judge-audit.js';
import { killsAmong, Ledger } from './ledger.js';
import { StandaloneSystem } from './standalone-system.js';

const KILLS = 50;
const PER_SECOND = 40;
const MINUTES_MAX = 15;

const kills = Number(process.env.COMMON_THREAD_KILLS ?? KILLS);
const seed = process.env.COMMON_THREAD_KILL_SEED ?? String(Date.now());

describe('the whole system, killed at random moments under load', () => {
  let apps: CompiledApps;

  beforeAll(async () => {
    apps = await compileApps(['standalone']);
  }, COMPILED_MS_MAX);

  afterAll(() => apps.remove());

  it(
    `loses, doubles and changes nothing (seed ${seed})`,
    async () => {
      const place = freshPlace();
      const system = new StandaloneSystem(apps.mainOf('standalone'), await configurationIn(place));
      const ledger = new Ledger(join(place, 'ledger'));
      const options = { system, faults: [sigkill], kills, seed, perSecond: PER_SECOND, ledger };
      const run = await runWithFaults(options).finally(() => system.close());
      process.stdout.write(`${described(run, ledger)}\n`);
      expect(run.findings).toEqual([]);
      expect(run.load.unforeseen).toEqual([]);
      expect(run.load.unanswered).toEqual([]);
      expect(killsAmong(ledger.faults)).toBeGreaterThanOrEqual(kills);
      expect(run.load.acknowledged.length).toBeGreaterThan(kills);
      expect(run.load.shown.length).toBeGreaterThan(0);
      const shownNobody = surplusIn(run.history).length;
      expect(shownNobody).toBeLessThanOrEqual(killsAmong(ledger.faults));
    },
    MINUTES_MAX * 60_000,
  );
});

function described({ history, load }: FaultRun, { faults }: Ledger): string {
  const starts = faults.flatMap(({ restartMs }) => restartMs ?? []).sort((a, b) => a - b);
  const median = Math.round(starts[Math.floor(starts.length / 2)] ?? 0);
  const again = load.acknowledged.filter(({ tries }) => tries > 1).length;
  const rows = [...history.feeds.values()].reduce((sum, each) => sum + each.length, 0);
  return [
    `${killsAmong(faults)} kills, start ${median} ms at the median`,
    `${load.acknowledged.length} acknowledged (${again} after several tries), ` +
      `${load.refused.length} refused, ${load.reads.length} reads`,
    `${load.shown.length} openings shown, ${load.notShown.length} cut off or refused, ` +
      `${surplusIn(history).length} entries of what nobody was shown`,
    `${history.log.length} events, ${rows} rows told; seed ${seed}`,
  ].join('\n');
}
