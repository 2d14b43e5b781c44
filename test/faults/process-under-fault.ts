import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ToChild, ToParent } from './composed/breakpoints-of-parent.js';

export interface ProcessPlan {
  readonly name: string;
  /** A JavaScript file. */
  readonly main: string;
  /** Of the next start. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** Printed by it once it serves; where it is left out, it tells its parent. */
  readonly prints?: string;
}

/** Told as a process comes and goes. */
export interface ProcessWatch {
  readonly onServing?: () => void;
  readonly onGone?: () => void;
  /** It ended by itself: its exit code and its last words. */
  readonly onCrash: (words: string) => void;
}

/** Of what a run prints, kept for when it fails. */
const KEPT_CHARACTERS = 8_000;

/** A process of the system that can be killed, held still and started again. */
export class ProcessUnderFault {
  #process: ChildProcess | undefined;
  #printed = '';
  readonly #listeners = new Set<(told: ToParent) => void>();
  /** Who waits until it serves. */
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly plan: ProcessPlan,
    private readonly watch: ProcessWatch,
  ) {
    process.once('exit', () => this.#process?.kill('SIGKILL'));
  }

  get name(): string {
    return this.plan.name;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /**
   * Begins a start and comes back at once; `serving` resolves with the ms it took, be it that another start
   * had to follow this one.
   */
  start(): { readonly serving: Promise<number> } {
    const begun = performance.now();
    const { main, environment, prints } = this.plan;
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env.PATH, ...environment() },
      stdio: prints === undefined ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#printed = '';
    child.once('exit', (code, signal) => {
      this.watch.onGone?.();
      if (this.#process === child) this.#process = undefined;
      if (signal !== 'SIGKILL') {
        this.watch.onCrash(`${this.name} stopped by itself (${code}): ${this.#printed}`);
      }
    });
    child.on('message', (told: ToParent) => {
      if (told.serving) this.#serves();
      for (const listener of this.#listeners) listener(told);
    });
    const read = (chunk: Buffer): void => {
      const before = this.#printed;
      this.#printed = (before + chunk.toString()).slice(-KEPT_CHARACTERS);
      if (prints === undefined || before.includes(prints)) return;
      if (this.#printed.includes(prints)) this.#serves();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    const serving = new Promise<number>((resolve) => {
      this.#waiting.add(() => resolve(performance.now() - begun));
    });
    return { serving };
  }

  #serves(): void {
    this.watch.onServing?.();
    for (const serves of this.#waiting) serves();
    this.#waiting.clear();
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

  /** Holds it still; everything it has open stays open. */
  hold(): void {
    this.#process?.kill('SIGSTOP');
  }

  letGo(): void {
    this.#process?.kill('SIGCONT');
  }

  tell(message: ToChild): void {
    this.#process?.send(message);
  }

  /** The next thing it tells its parent that is looked for. */
  async next(isLookedFor: (told: ToParent) => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const listener = (told: ToParent): void => {
        if (!isLookedFor(told)) return;
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
    });
  }
}
