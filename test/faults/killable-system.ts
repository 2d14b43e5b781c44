import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { StandaloneConfiguration } from '../../apps/standalone/configuration.js';
import type { Door } from './door.js';

/** Printed by `npm start` once every app listens. */
const SERVING = 'Begin at';
/** Of what a run prints, kept for when it fails. */
const KEPT_CHARACTERS = 8_000;

/**
 * Everything `npm start` starts, in a process of its own that can be killed. PostgreSQL outlives the
 * process, and the next start takes it over. The door is open while every app listens.
 */
export class KillableSystem {
  #process: ChildProcess | undefined;
  #printed = '';

  constructor(
    private readonly main: string,
    private readonly configuration: StandaloneConfiguration,
    private readonly door: Door,
  ) {
    process.once('exit', () => this.#process?.kill('SIGKILL'));
  }

  /** Begins a start and comes back at once; `serving` resolves with the ms it took. */
  start(): { readonly serving: Promise<number> } {
    const begun = performance.now();
    const { host, basePort, dataDirectory } = this.configuration;
    const child = spawn(process.execPath, [this.main], {
      env: {
        PATH: process.env.PATH,
        COMMON_THREAD_HOST: host,
        COMMON_THREAD_PORT: String(basePort),
        COMMON_THREAD_DATA: dataDirectory,
        COMMON_THREAD_FAMILIES: '0',
        COMMON_THREAD_LOG: 'warn',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#printed = '';
    child.once('exit', (code, signal) => {
      this.door.close();
      if (signal !== 'SIGKILL') {
        this.door.break(new Error(`it stopped by itself (${code}): ${this.#printed}`));
      }
    });
    const serving = new Promise<number>((resolve) => {
      const read = (chunk: Buffer): void => {
        const before = this.#printed;
        this.#printed = (before + chunk.toString()).slice(-KEPT_CHARACTERS);
        if (before.includes(SERVING) || !this.#printed.includes(SERVING)) return;
        this.door.open();
        resolve(performance.now() - begun);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
    });
    return { serving };
  }

  /** SIGKILL: nothing of the process runs after it. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
