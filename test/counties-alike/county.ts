import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment } from '@common-thread/platform/environment';
import type { Pool } from 'pg';
import type { Clock } from '../../apps/command-api/clock.js';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { SeedingFile } from '../../apps/standalone/seeding/seeding-state.js';
import { seed } from '../../apps/standalone/seeding/seeder.js';
import { throughCommands } from '../../apps/standalone/seeding/through-commands.js';
import type { Standalone } from '../../apps/standalone/standalone.js';
import { startStandalone } from '../../apps/standalone/standalone.js';
import type { Answer } from '../journeys/whole-system.js';
import { configurationIn, send, tokenOf } from '../journeys/whole-system.js';
import { settled } from './settled.js';
import { slowClock } from './slow-clock.js';

/** When it all happens: the same in every county. */
const THEN = '2026-11-27T10:00:00.000Z';

/**
 * A whole system in which each thing happens after everything that follows from what happened before, so
 * that the same commands leave the same log.
 */
export class County {
  readonly #tokens = new Map<string, string>();

  private constructor(
    readonly standalone: Standalone,
    readonly pool: Pool,
    private readonly clock: MinuteClock,
    private readonly putBack: () => void,
  ) {}

  /**
   * @param configuration of the county before, for another at the same addresses
   * @param time slow where two counties are compared to the byte
   */
  static async start(
    configuration: StandaloneConfiguration,
    time: 'slow' | 'as it goes' = 'slow',
  ): Promise<County> {
    const putBack = time === 'slow' ? slowClock(THEN) : () => undefined;
    const clock = new MinuteClock();
    const standalone = await startStandalone(configuration, new Environment({}), clock);
    const county = new County(standalone, standalone.engines.pool('test', 2), clock, putBack);
    await seed({
      seed: configuration.seed,
      families: 0,
      port: throughCommands(standalone.commandApi.commands),
      store: new SeedingFile(join(configuration.dataDirectory, 'seeding.json')),
      signal: new AbortController().signal,
      concurrency: 1,
    });
    await county.settled();
    return county;
  }

  /** A minute later by the clock of what is recorded; in a county alike at the same point. */
  moveOn(): void {
    this.clock.minutes += 1;
  }

  settled(): Promise<void> {
    return settled(this.standalone, this.pool);
  }

  async tokenOf(userId: string): Promise<string> {
    const held = this.#tokens.get(userId) ?? (await tokenOf(this.standalone, userId));
    this.#tokens.set(userId, held);
    return held;
  }

  /** One command, and everything that follows from it. @throws where it is not recorded */
  async record(userId: string, path: string, body: object, ifMatch?: string): Promise<Answer> {
    const answer = await this.ask(userId, path, body, ifMatch);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** One command whatever is answered; named by what it says, so that it is the same in every county. */
  async ask(userId: string, path: string, body: object, ifMatch?: string): Promise<Answer> {
    const token = await this.tokenOf(userId);
    const key = `${userId}${path}${JSON.stringify(body).length}`
      .replaceAll('/', '-')
      .slice(0, 200);
    const sending = { token, key, ...(ifMatch === undefined ? {} : { ifMatch }) };
    const answer = await send(this.standalone, path, body, sending);
    await this.settled();
    return answer;
  }

  async close(): Promise<void> {
    await this.standalone.close();
    this.putBack();
  }
}

class MinuteClock implements Clock {
  minutes = 0;

  now(): string {
    return new Date(Date.parse(THEN) + this.minutes * 60_000).toISOString();
  }
}

/** A place for one county after another: same addresses, same secrets. */
export async function countyPlace(): Promise<{
  readonly configuration: StandaloneConfiguration;
  /** Forgets everything but addresses and secrets. */
  clear(): Promise<void>;
  remove(): Promise<void>;
}> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'common-thread-alike-'));
  const configuration = await configurationIn(dataDirectory);
  const forgotten = ['postgres', 'vault', 'seeding.json'].map((name) => join(dataDirectory, name));
  return {
    configuration,
    clear: async () => {
      for (const path of forgotten) await rm(path, { recursive: true, force: true });
    },
    remove: () => rm(dataDirectory, { recursive: true, force: true }),
  };
}
