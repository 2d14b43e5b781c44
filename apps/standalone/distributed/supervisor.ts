import { setTimeout as wait } from 'node:timers/promises';
import type { Ended } from './managed-process.js';
import { ManagedProcess } from './managed-process.js';
import type { PlannedProcess } from './planned-process.js';

export interface SupervisorOptions {
  readonly plan: readonly PlannedProcess[];
  /** The compiled `main.js` of an app. */
  readonly mainOf: (app: string) => string;
  /** Told of each line a process prints. */
  readonly onLine: (process: string, line: string) => void;
  /** Told of what happens to processes, in words. */
  readonly say: (words: string) => void;
}

const READY_MS_MAX = 120_000;
const RESTART_MS = { first: 1_000, max: 30_000 } as const;

/**
 * Keeps the processes of a county running. One that ends by itself is started again, and it is said so: nothing
 * is restarted in silence. One that ends before it was ever ready is wrongly configured, and ends the start.
 */
export class Supervisor {
  readonly #stopping = new AbortController();
  readonly #processes: readonly ManagedProcess[];

  constructor(private readonly options: SupervisorOptions) {
    const { plan, mainOf, onLine } = options;
    this.#processes = plan.map((planned) => {
      const tell = (line: string) => onLine(planned.name, line);
      return new ManagedProcess(planned, mainOf(planned.app), tell);
    });
  }

  /** Resolves once every process says that it is ready. @throws where one ends before */
  async start(): Promise<void> {
    const late = AbortSignal.timeout(READY_MS_MAX);
    await Promise.all(
      this.#processes.map(async (each) => {
        const ended = each.start();
        await each.untilReady(late);
        void this.#keep(each, ended);
      }),
    );
  }

  /** Asks each to stop, last started first, and waits until it has. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const each of [...this.#processes].reverse()) await each.end();
  }

  async #keep(process: ManagedProcess, begun: Promise<Ended>): Promise<void> {
    const { signal } = this.#stopping;
    let pauseMs: number = RESTART_MS.first;
    for (let ended = await begun; !signal.aborted;) {
      const how = ended.signal ?? `status ${ended.status}`;
      const { name } = process.planned;
      this.options.say(`${name} ended (${how}). It is started again in ${pauseMs / 1_000} s.`);
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const begunAt = performance.now();
      ended = await process.start();
      const ranLong = performance.now() - begunAt > RESTART_MS.max;
      pauseMs = ranLong ? RESTART_MS.first : Math.min(pauseMs * 2, RESTART_MS.max);
    }
  }
}
