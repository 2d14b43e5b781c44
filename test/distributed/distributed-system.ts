import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { IssuerAddress } from '@common-thread/platform/issuer';
import { Log } from '@common-thread/platform/log';
import { agencyOf } from '../../apps/standalone/agencies.js';
import type { SharedApp, StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { sharedPort } from '../../apps/standalone/configuration.js';
import type { Ended } from '../../apps/standalone/distributed/managed-process.js';
import { ManagedProcess } from '../../apps/standalone/distributed/managed-process.js';
import type { Brokers } from '../../apps/standalone/distributed/planned-process.js';
import {
  planProcesses,
  processesWithDatabase,
} from '../../apps/standalone/distributed/planned-process.js';
import { commandWriterAt, prepareFiles } from '../../apps/standalone/distributed/premises.js';
import { openRemoteRecording } from '../../apps/standalone/distributed/remote-recording.js';
import { seed } from '../../apps/standalone/seeding/seeder.js';
import { SeedingFile } from '../../apps/standalone/seeding/seeding-state.js';
import { issuerAddresses } from '../../apps/sign-in/create-sign-in.js';
import { originOf } from '../../apps/standalone/standalone.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase, freshPlace } from '../engines/postgres.js';
import type { CompiledApps } from '../faults/compiled-apps.js';
import { configurationIn, tokenOf } from '../journeys/whole-system.js';

export interface DistributedOptions {
  /** The private log; a database on the shared PostgreSQL where it is absent. */
  readonly eventLog?: string;
  /** Kafka for the county that it is given; none unless it is said. */
  readonly kafka?: (county: StandaloneConfiguration) => Promise<Brokers>;
  /** An issuer for the county that it is given; the development sign-in unless it is said. */
  readonly issuer?: (county: StandaloneConfiguration) => Promise<IssuerAddress>;
  /** Changes the address of a database, such as to one behind a proxy. */
  readonly through?: (address: string, name: string) => Promise<string>;
  /** Further variables of every process. */
  readonly environment?: Readonly<Record<string, string>>;
}

const READY_MS_MAX = 120_000;

/** Every app of the county as a child process of its own, each startable, stoppable and killable by name. */
export class DistributedSystem {
  readonly #processes = new Map<string, ManagedProcess>();
  readonly #databases: TestDatabase[] = [];

  /** Address of the private log, as tests reach it. */
  eventLog = '';

  #issuer: IssuerAddress | undefined;

  private constructor(
    readonly configuration: StandaloneConfiguration,
    private readonly apps: CompiledApps,
  ) {
    // Whatever ends this run ends what it started.
    process.once('exit', () => this.#processes.forEach((each) => each.send('SIGKILL')));
  }

  /** Makes databases, secrets and ports; nothing runs yet. */
  static async prepare(
    apps: CompiledApps,
    options: DistributedOptions = {},
  ): Promise<DistributedSystem> {
    const place = freshPlace();
    await mkdir(join(place, 'data'), { recursive: true });
    const configuration = await configurationIn(join(place, 'data'));
    const system = new DistributedSystem(configuration, apps);
    await system.#plan(options);
    return system;
  }

  /** Names of the processes, in the order they are started. */
  get names(): readonly string[] {
    return [...this.#processes.keys()];
  }

  /** @throws where there is no such process */
  process(name: string): ManagedProcess {
    const found = this.#processes.get(name);
    if (!found) throw new Error(`there is no ${name}; there are ${this.names.join(', ')}`);
    return found;
  }

  /** Starts the named ones, or all that do not run; resolves once each says that it is ready. */
  async start(names: readonly string[] = this.names): Promise<void> {
    const starting = names.map((name) => this.process(name)).filter((each) => !each.isRunning);
    for (const each of starting) void each.start();
    await Promise.all(starting.map((each) => each.untilReady(AbortSignal.timeout(READY_MS_MAX))));
  }

  /** Ends one by a signal and answers how it ended. */
  end(name: string, signal?: NodeJS.Signals): Promise<Ended | undefined> {
    return this.process(name).end(signal);
  }

  /** Where an agency's pages and queries are. */
  agencyAddress(recipient: string): URL {
    const { basePort } = this.configuration;
    return originOf(this.configuration, basePort + agencyOf(recipient).portOffset);
  }

  addressOf(app: SharedApp): URL {
    return originOf(this.configuration, sharedPort(this.configuration, app));
  }

  /** @throws where nobody is called that */
  tokenOf(userId: string): Promise<string> {
    return tokenOf(this, userId);
  }

  /** Organisations, places and so many families of the synthetic county, recorded beside the processes. */
  async seed(families: number): Promise<void> {
    const issuer = this.#issuer ?? issuerAddresses(this.addressOf('sign-in'));
    const recording = await openRemoteRecording({
      eventLog: this.eventLog,
      vault: this.addressOf('vault'),
      issuer: await commandWriterAt(this.configuration, issuer),
      log: new Log({ app: 'seeding', level: 'silent' }),
    });
    try {
      const seeded = await seed({
        seed: this.configuration.seed,
        families,
        port: recording.port,
        store: new SeedingFile(join(this.configuration.dataDirectory, 'seeding.json')),
        signal: new AbortController().signal,
      });
      expect(seeded).toMatchObject({ complete: true, refused: {} });
    } finally {
      await recording.close();
    }
  }

  /** Stops everything in the order that loses nothing, and drops the databases. */
  async close(): Promise<void> {
    await Promise.all([...this.#processes.values()].map((each) => each.end()));
    await Promise.all(this.#databases.map((database) => database.drop()));
  }

  async #plan(options: DistributedOptions): Promise<void> {
    const { eventLog, kafka, issuer, through, environment } = options;
    const led = (address: string, name: string) => through?.(address, name) ?? address;
    const addresses = new Map<string, string>();
    for (const name of processesWithDatabase()) {
      addresses.set(name, await led(await this.#database(), name));
    }
    this.eventLog = eventLog ?? (await this.#database());
    const files = await prepareFiles(this.configuration);
    this.#issuer = await issuer?.(this.configuration);
    const plan = planProcesses({
      configuration: this.configuration,
      ...files,
      ...(this.#issuer === undefined ? {} : { issuer: this.#issuer }),
      ...(kafka === undefined ? {} : { kafka: await kafka(this.configuration) }),
      eventLog: await led(this.eventLog, 'event-log'),
      databaseOf: (name) => {
        const address = addresses.get(name);
        if (address === undefined) throw new Error(`${name} has no database`);
        return address;
      },
    });
    for (const planned of plan) {
      const told = { ...planned, environment: { ...planned.environment, ...environment } };
      this.#processes.set(planned.name, new ManagedProcess(told, this.apps.mainOf(planned.app)));
    }
  }

  async #database(): Promise<string> {
    const database = await freshDatabase();
    this.#databases.push(database);
    return database.url;
  }
}
