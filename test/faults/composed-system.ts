import { setTimeout as pause } from 'node:timers/promises';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import { sharedPort } from '../../apps/standalone/configuration.js';
import { signInDirectory } from '../../apps/standalone/sign-in.js';
import { originOf } from '../../apps/standalone/standalone.js';
import { issuerAddresses } from '../../apps/sign-in/create-sign-in.js';
import { issuerKeys } from '../../apps/sign-in/issuer-keys.js';
import type { TcpProxy } from '../engines/tcp-proxy.js';
import type { Reachable } from '../journeys/whole-system.js';
import type { Bug } from '../planted/planted.js';
import { Door } from './door.js';
import type { Databases } from './kept.js';
import { oneDatabase } from './kept.js';
import type { PostgresUnderFault } from './postgres-under-fault.js';
import { ProcessUnderFault } from './process-under-fault.js';
import type { SmallDisk } from './small-disk.js';
import type { SystemUnderFault } from './system-under-fault.js';

export interface ComposedSystemOptions {
  /** Compiled (compiled-apps.ts). */
  readonly main: string;
  readonly configuration: StandaloneConfiguration;
  /** Past every wire. */
  readonly databaseUrl: () => string;
  /** Between the apps and PostgreSQL. */
  readonly wire: TcpProxy;
  readonly postgres?: PostgresUnderFault;
  readonly disk?: SmallDisk;
  readonly bug?: Bug;
  /** Marks the processes of one run (ledger.ts). */
  readonly mark?: string;
}

const START_AGAIN_MS = 250;

/** The composition in one process, over a PostgreSQL that outlives it, with a wire between them. */
export class ComposedSystem implements SystemUnderFault {
  readonly door = new Door();
  readonly apps: ProcessUnderFault;
  readonly crashes: string[] = [];
  clockOffsetMs = 0;
  /** Points that the next start is held at. */
  armed: readonly string[] = [];
  #isClosing = false;

  constructor(private readonly options: ComposedSystemOptions) {
    this.apps = new ProcessUnderFault(
      { name: 'apps', main: options.main, environment: () => this.#environment() },
      {
        onServing: () => this.door.open(),
        onGone: () => this.door.close(),
        onCrash: (words) => void this.#startAgain(words),
      },
    );
  }

  get reachable(): Reachable {
    return reachableBy(this.options.configuration);
  }

  get processes(): readonly ProcessUnderFault[] {
    return [this.apps];
  }

  get postgres(): PostgresUnderFault | undefined {
    return this.options.postgres;
  }

  get disk(): SmallDisk | undefined {
    return this.options.disk;
  }

  get wires() {
    return [{ name: 'postgres', wire: this.options.wire }];
  }

  databases(): Databases {
    return oneDatabase(this.options.databaseUrl());
  }

  async start(): Promise<void> {
    await issuerKeys(signInDirectory(this.options.configuration));
    await this.options.postgres?.start();
    if (this.apps.pid === undefined) await this.apps.start().serving;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.apps.kill();
    await this.options.wire.close();
    await this.options.postgres?.stop();
  }

  /** As whoever looks after it would. */
  async #startAgain(words: string): Promise<void> {
    if (this.#isClosing) return;
    this.crashes.push(words);
    await pause(START_AGAIN_MS);
    if (!this.#isClosing && this.apps.pid === undefined) this.apps.start();
  }

  #environment(): Record<string, string> {
    const { configuration, wire, bug, mark = '' } = this.options;
    const url = new URL(this.options.databaseUrl());
    url.port = String(wire.port);
    return {
      COMMON_THREAD_HOST: configuration.host,
      COMMON_THREAD_PORT: String(configuration.basePort),
      COMMON_THREAD_DATA: configuration.dataDirectory,
      COMMON_THREAD_FAMILIES: '1',
      COMMON_THREAD_LOG: 'warn',
      COMMON_THREAD_FAULTS_POSTGRES: url.href,
      COMMON_THREAD_FAULTS_CLOCK_OFFSET_MS: String(this.clockOffsetMs),
      COMMON_THREAD_FAULTS_ISSUER: issuerAddresses(this.reachable.addressOf('sign-in')).issuer
        .href,
      COMMON_THREAD_FAULTS_ISSUER_KEYS: signInDirectory(configuration),
      COMMON_THREAD_FAULTS_ARMED: this.armed.join(),
      COMMON_THREAD_FAULTS_MARK: mark,
      ...(bug === undefined ? {} : { COMMON_THREAD_FAULTS_PLANTED: bug }),
    };
  }
}

export function reachableBy(configuration: StandaloneConfiguration): Reachable {
  return {
    configuration,
    addressOf: (app) => originOf(configuration, sharedPort(configuration, app)),
  };
}
