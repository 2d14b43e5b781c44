import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runningServerUrl } from '@common-thread/adapters/postgres/running-server';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { SeedingFile } from '../../apps/standalone/seeding/seeding-state.js';
import type { Reachable } from '../journeys/whole-system.js';
import { reachableBy } from './composed-system.js';
import { Door } from './door.js';
import type { Databases } from './kept.js';
import { oneDatabase } from './kept.js';
import { ProcessUnderFault } from './process-under-fault.js';
import type { SystemUnderFault } from './system-under-fault.js';

/** Printed by `npm start` once every app listens. */
const SERVING = 'Begin at';
const DATABASE = 'common_thread';
const LOOK_AGAIN_MS = 100;

/**
 * Everything `npm start` starts, in a process of its own. PostgreSQL outlives the process, and the next
 * start takes it over. That it should end by itself is no part of any fault: nobody waits for it then.
 */
export class StandaloneSystem implements SystemUnderFault {
  readonly door = new Door();
  readonly apps: ProcessUnderFault;
  readonly wires = [];
  readonly crashes: string[] = [];

  constructor(
    main: string,
    private readonly configuration: StandaloneConfiguration,
  ) {
    this.apps = new ProcessUnderFault(
      { name: 'apps', main, environment: () => this.#environment(), prints: SERVING },
      {
        onServing: () => this.door.open(),
        onGone: () => this.door.close(),
        onCrash: (words) => {
          this.crashes.push(words);
          this.door.break(new Error(words));
        },
      },
    );
  }

  get reachable(): Reachable {
    return reachableBy(this.configuration);
  }

  get processes(): readonly ProcessUnderFault[] {
    return [this.apps];
  }

  /** @throws where PostgreSQL does not run */
  databases(): Databases {
    const url = runningServerUrl(join(this.configuration.dataDirectory, 'postgres'), DATABASE);
    if (url === undefined) throw new Error('PostgreSQL does not run');
    return oneDatabase(url);
  }

  async start(): Promise<void> {
    if (this.apps.pid === undefined) {
      await Promise.race([this.apps.start().serving, this.door.whenBroken()]);
    }
    await Promise.race([this.#countyRecorded(), this.door.whenBroken()]);
  }

  /** It serves while it still records its county, of which nobody who is judged knows anything. */
  async #countyRecorded(): Promise<void> {
    const state = new SeedingFile(join(this.configuration.dataDirectory, 'seeding.json'));
    while (!(await state.read())?.complete) await pause(LOOK_AGAIN_MS);
  }

  /** PostgreSQL ends with the run that started it (test/engines/jest-teardown.mjs). */
  async close(): Promise<void> {
    await this.apps.kill();
  }

  #environment(): Record<string, string> {
    const { host, basePort, dataDirectory } = this.configuration;
    return {
      COMMON_THREAD_HOST: host,
      COMMON_THREAD_PORT: String(basePort),
      COMMON_THREAD_DATA: dataDirectory,
      COMMON_THREAD_FAMILIES: '1',
      COMMON_THREAD_LOG: 'warn',
    };
  }
}
