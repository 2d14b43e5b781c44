import { join } from 'node:path';
import { freshPlace } from '../engines/postgres.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import { configurationIn } from '../journeys/whole-system.js';
import type { CompiledApps } from './compiled-apps.js';
import { COMPILED_MS_MAX, compileApps } from './compiled-apps.js';
import { ComposedSystem } from './composed-system.js';
import { runWithFaults } from './fault-run.js';
import { faultsNamed } from './injected/faults.js';
import { Ledger } from './ledger.js';
import { PostgresUnderFault } from './postgres-under-fault.js';

const KILLS = 6;
const PER_SECOND = 40;
const MINUTES_MAX = 15;
/** All that neither takes a minute to be noticed, as a silent wire does, nor needs a disk of its own. */
const FAULTS = faultsNamed([
  'sigkill',
  'sigstop',
  'clock-shift',
  'postgres-restart',
  'postgres-immediate',
  'postgres-kill',
  'postgres-hold',
  'cut',
  'delay',
  'lost-answers',
]);

const seed = process.env.COMMON_THREAD_KILL_SEED ?? String(Date.now());

describe('apps, PostgreSQL and the wire between them, hurt at random moments under load', () => {
  let apps: CompiledApps;

  beforeAll(async () => {
    apps = await compileApps(['composed']);
  }, COMPILED_MS_MAX);

  afterAll(() => apps.remove());

  it(
    `lose, double and change nothing (seed ${seed})`,
    async () => {
      const place = freshPlace();
      const postgres = new PostgresUnderFault(join(place, 'postgres'));
      await postgres.start();
      const system = new ComposedSystem({
        main: apps.composed,
        configuration: await configurationIn(join(place, 'system')),
        databaseUrl: () => postgres.url,
        wire: await TcpProxy.to('127.0.0.1', () => postgres.port),
        postgres,
      });
      const ledger = new Ledger(join(place, 'ledger'));
      const options = {
        system,
        faults: FAULTS,
        kills: KILLS,
        seed,
        perSecond: PER_SECOND,
        ledger,
      };
      const run = await runWithFaults(options).finally(() => system.close());
      const done = ledger.faults.map(({ fault }) => fault).join(', ');
      process.stdout.write(`${run.load.acknowledged.length} acknowledged under ${done}\n`);
      expect(run.findings).toEqual([]);
      expect(run.load.unanswered).toEqual([]);
      expect(run.load.acknowledged.length).toBeGreaterThan(KILLS);
    },
    MINUTES_MAX * 60_000,
  );
});
