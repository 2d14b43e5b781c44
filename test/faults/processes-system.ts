import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { Log } from '@common-thread/platform/log';
import { agencyOf, demonstrationAgencies } from '../../apps/standalone/agencies.js';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import {
  databaseName,
  planProcesses,
  processOf,
} from '../../apps/standalone/distributed/planned-process.js';
import { commandWriterAt, prepareFiles } from '../../apps/standalone/distributed/premises.js';
import { openRemoteRecording } from '../../apps/standalone/distributed/remote-recording.js';
import { seed } from '../../apps/standalone/seeding/seeder.js';
import { SeedingFile } from '../../apps/standalone/seeding/seeding-state.js';
import { issuerAddresses } from '../../apps/sign-in/create-sign-in.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import type { Reachable } from '../journeys/whole-system.js';
import type { CompiledApps } from './compiled-apps.js';
import { reachableBy } from './composed-system.js';
import { Door } from './door.js';
import type { KafkaUnderFault } from './kafka-under-fault.js';
import type { Databases } from './kept.js';
import type { PostgresUnderFault } from './postgres-under-fault.js';
import { ProcessUnderFault } from './process-under-fault.js';
import type { SmallDisk } from './small-disk.js';
import type { SystemUnderFault } from './system-under-fault.js';

export interface ProcessesSystemOptions {
  readonly apps: CompiledApps;
  readonly configuration: StandaloneConfiguration;
  /** Started already. */
  readonly postgres: PostgresUnderFault;
  /** Started already; without it feeds are read from their pages alone. */
  readonly kafka?: KafkaUnderFault;
  readonly disk?: SmallDisk;
  /** Marks the processes of one run (processes-left.ts). */
  readonly mark: string;
}

/** Printed by every process once it listens (libs/running/app-process.ts). */
const SERVING = 'listens at';
const START_AGAIN_MS = 250;
const LOG = 'event-log';
/** Without these nobody is answered at all. */
const DOORS = ['command-api', 'feed-relay'];

/**
 * Every app of the county as a process of its own, each over a database of its own on one PostgreSQL, with
 * a wire of its own to each database.
 */
export class ProcessesSystem implements SystemUnderFault {
  readonly door = new Door();
  readonly crashes: string[] = [];
  readonly processes: readonly ProcessUnderFault[];
  readonly #serving = new Set<string>();
  #isClosing = false;

  private constructor(
    private readonly options: ProcessesSystemOptions,
    readonly wires: readonly { readonly name: string; readonly wire: TcpProxy }[],
    files: Awaited<ReturnType<typeof prepareFiles>>,
  ) {
    const { apps, configuration, kafka, mark } = options;
    const plan = planProcesses({
      configuration,
      ...files,
      ...(kafka === undefined ? {} : { kafka: kafka.brokers }),
      eventLog: this.#through(LOG),
      databaseOf: (name) => this.#through(name),
    });
    this.processes = plan.map(({ name, app, environment }) => {
      const marked = { ...environment, COMMON_THREAD_FAULTS_MARK: mark };
      const told = { name, main: apps.mainOf(app), environment: () => marked, prints: SERVING };
      return new ProcessUnderFault(told, {
        onServing: () => this.#stands(name, true),
        onGone: () => this.#stands(name, false),
        onCrash: (words) => void this.#startAgain(name, words),
      });
    });
  }

  /** Databases, wires, secrets and ports; of the processes nothing runs yet. */
  static async prepare(options: ProcessesSystemOptions): Promise<ProcessesSystem> {
    const { configuration, postgres } = options;
    await mkdir(configuration.dataDirectory, { recursive: true });
    const names = [
      LOG,
      'vault',
      'feed-relay',
      'command-api',
      ...demonstrationAgencies.map(processOf),
    ];
    const wires: { readonly name: string; readonly wire: TcpProxy }[] = [];
    for (const name of names) {
      await makeDatabase(postgres, databaseName(name));
      wires.push({ name, wire: await TcpProxy.to('127.0.0.1', () => postgres.port) });
    }
    return new ProcessesSystem(options, wires, await prepareFiles(configuration));
  }

  get reachable(): Reachable {
    return reachableBy(this.options.configuration);
  }

  get postgres(): PostgresUnderFault {
    return this.options.postgres;
  }

  get kafka(): KafkaUnderFault | undefined {
    return this.options.kafka;
  }

  get disk(): SmallDisk | undefined {
    return this.options.disk;
  }

  databases(): Databases {
    const { postgres } = this.options;
    const of = (name: string) => postgres.urlOf(databaseName(name));
    return {
      log: of(LOG),
      relay: of('feed-relay'),
      commandApi: of('command-api'),
      vault: of('vault'),
      agency: (recipient) => of(processOf(agencyOf(recipient))),
    };
  }

  async start(): Promise<void> {
    const { postgres, kafka } = this.options;
    const down = this.processes.filter(({ pid }) => pid === undefined);
    // At one time, as after a power cut: who comes up first waits for what it needs.
    await Promise.all([
      postgres.start(),
      kafka?.start(),
      ...down.map((each) => each.start().serving),
    ]);
    await this.#record();
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all(this.processes.map((each) => each.kill()));
    await Promise.all(this.wires.map(({ wire }) => wire.close()));
    await this.options.kafka?.end('stop');
    await this.options.postgres.stop();
  }

  /** Organisations, places and one family, once. */
  async #record(): Promise<void> {
    const { configuration } = this.options;
    const { issuer } = issuerAddresses(this.reachable.addressOf('sign-in'));
    const recording = await openRemoteRecording({
      eventLog: this.databases().log,
      vault: this.reachable.addressOf('vault'),
      issuer: await commandWriterAt(configuration, { issuer }),
      log: new Log({ app: 'seeding', level: 'silent' }),
    });
    try {
      await seed({
        seed: configuration.seed,
        families: 1,
        port: recording.port,
        store: new SeedingFile(join(configuration.dataDirectory, 'seeding.json')),
        signal: new AbortController().signal,
      });
    } finally {
      await recording.close();
    }
  }

  #through(name: string): string {
    const wire = this.wires.find((each) => each.name === name)?.wire;
    if (!wire) throw new Error(`there is no wire to ${name}`);
    const url = new URL(this.options.postgres.urlOf(databaseName(name)));
    url.port = String(wire.port);
    return url.href;
  }

  #stands(name: string, isServing: boolean): void {
    if (isServing) this.#serving.add(name);
    else this.#serving.delete(name);
    const isOpen = DOORS.every((each) => this.#serving.has(each));
    if (isOpen) this.door.open();
    else this.door.close();
  }

  /** As whoever looks after it would. */
  async #startAgain(name: string, words: string): Promise<void> {
    if (this.#isClosing) return;
    this.crashes.push(words);
    await pause(START_AGAIN_MS);
    const process = this.processes.find((each) => each.name === name);
    if (!this.#isClosing && process?.pid === undefined) process?.start();
  }
}

async function makeDatabase(postgres: PostgresUnderFault, name: string): Promise<void> {
  const url = postgres.urlOf('postgres');
  const pool = createPool({ url, applicationName: 'fault run', max: 1 });
  try {
    const found = await pool.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await pool.query(`create database ${name}`);
  } finally {
    await pool.end();
  }
}
