import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { demonstrationAgencies } from '../../apps/standalone/agencies.js';
import { originOf } from '../../apps/standalone/standalone.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase, freshPlace } from '../engines/postgres.js';
import type { CompiledApps } from '../faults/compiled-apps.js';
import { compileApps } from '../faults/compiled-apps.js';
import { configurationIn } from '../journeys/whole-system.js';

/** Processes start by the dozen, and other suites run beside this one. */
const TEST_MS_MAX = 480_000;

/** What `npm run start:distributed` starts, over a PostgreSQL that is given and without Kafka. */
describe('the county started in processes by one command', () => {
  let apps: CompiledApps;
  let database: TestDatabase;
  let county: StandaloneConfiguration;
  const running = new Set<Started>();

  beforeAll(async () => {
    apps = await compileApps();
    database = await freshDatabase();
    county = await configurationIn(freshPlace());
  }, TEST_MS_MAX);

  afterAll(async () => {
    for (const each of running) await each.end();
    await database.drop();
    await apps.remove();
  }, TEST_MS_MAX);

  it(
    'serves every agency’s pages, records its county and ends on Ctrl-C, and goes on from there',
    async () => {
      const first = start({});
      await first.says('The whole county is recorded');
      for (const { portOffset, name } of demonstrationAgencies) {
        const pages = originOf(county, county.basePort + portOffset);
        const answer = await fetch(pages, { redirect: 'manual' });
        expect([name, answer.status]).toEqual([name, 303]); // to where one signs in
      }
      expect(await first.end()).toBe(0);
      expect(first.printed).toContain('Nothing is lost');

      const second = start({});
      await second.says('Begin at');
      expect(await second.end()).toBe(0);
      expect(second.printed).not.toContain('The whole county'); // there was nothing to record
    },
    TEST_MS_MAX,
  );

  it(
    'says at once what is wrong with what it is given',
    async () => {
      const url = new URL(database.url);
      url.password = 'guess';
      const wrong = start({ COMMON_THREAD_POSTGRES: url.href });
      expect(await wrong.ended).toBe(1);
      expect(wrong.printed).toContain('COMMON_THREAD_POSTGRES');
      expect(wrong.printed).not.toContain('guess');
    },
    TEST_MS_MAX,
  );

  function start(environment: Readonly<Record<string, string>>): Started {
    const { host, basePort, dataDirectory } = county;
    const started = new Started(apps.distributed, {
      COMMON_THREAD_HOST: host,
      COMMON_THREAD_PORT: String(basePort),
      COMMON_THREAD_DATA: dataDirectory,
      COMMON_THREAD_POSTGRES: database.url,
      COMMON_THREAD_KAFKA: 'none',
      COMMON_THREAD_FAMILIES: '1',
      COMMON_THREAD_LOG: 'warn',
      ...environment,
    });
    running.add(started);
    return started;
  }
});

/** The command as a terminal would run it. */
class Started {
  printed = '';
  /** Its status. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(main: string, environment: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const keep = (chunk: Buffer) => (this.printed += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.ended = once(child, 'close').then(([status]) => status as number | null);
    process.once('exit', () => child.kill('SIGKILL'));
  }

  /** @throws with all it printed, where it ends before it says so */
  async says(words: string): Promise<void> {
    const gone = this.ended.then((status) => {
      throw new Error(`it ended (${status}): ${this.printed}`);
    });
    gone.catch(() => undefined);
    while (!this.printed.includes(words)) {
      await Promise.race([once(this.#child.stdout!, 'data'), gone]);
    }
  }

  end(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return this.ended;
  }
}
