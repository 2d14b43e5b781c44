import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { PlannedProcess } from './planned-process.js';

/** How a process ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

const LOOK_AGAIN_MS = 50;
const LOOK_MS_MAX = 2_000;
/** Of what it prints, kept for when it fails. */
const KEPT_LINES = 40;

/** One app in a process of its own, started, asked whether it is ready, and stopped or killed. */
export class ManagedProcess {
  #child: ChildProcess | undefined;
  #ended: Promise<Ended> | undefined;
  #printed: string[] = [];

  constructor(
    readonly planned: PlannedProcess,
    /** The compiled `main.js` of its app. */
    private readonly main: string,
    /** Told of each line it prints. */
    private readonly onLine: (line: string) => void = () => undefined,
  ) {}

  get isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** The last lines it printed. */
  get printed(): string {
    return this.#printed.join('\n');
  }

  /** Begins a start; resolves when the process has ended, whenever that is. */
  start(changes: Readonly<Record<string, string>> = {}): Promise<Ended> {
    if (this.isRunning) throw new Error(`${this.planned.name} runs already`);
    const child = spawn(process.execPath, ['--enable-source-maps', this.main], {
      env: {
        ...inherited(),
        ...this.planned.environment,
        ...changes,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in a terminal reaches whoever started it, who stops it in order.
      detached: true,
    });
    this.#child = child;
    this.#printed = [];
    for (const stream of [child.stdout, child.stderr]) this.#read(stream);
    this.#ended = once(child, 'close').then(() => ({
      status: child.exitCode,
      signal: child.signalCode,
    }));
    return this.#ended;
  }

  /** What its operations port says; undefined while it does not answer. */
  async readiness(): Promise<{ readonly ready: boolean; readonly body: string } | undefined> {
    const address = new URL('/health/ready', this.planned.operations);
    const response = await fetch(address, { signal: AbortSignal.timeout(LOOK_MS_MAX) }).catch(
      () => undefined,
    );
    if (!response) return undefined;
    const body = await response.text().catch(() => '');
    return { ready: response.ok, body };
  }

  /** Resolves once it says that it is ready. @throws where it ends before, or `signal` aborts */
  async untilReady(signal: AbortSignal): Promise<void> {
    while (this.isRunning) {
      if ((await this.readiness())?.ready) return;
      await wait(LOOK_AGAIN_MS, undefined, { signal });
    }
    throw new Error(`${this.planned.name} ended before it was ready:\n${this.printed}`);
  }

  /** SIGTERM unless it is said otherwise; resolves once it has ended. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended | undefined> {
    if (this.isRunning) this.#child?.kill(signal);
    return this.#ended;
  }

  /** A signal that it may live on after: SIGSTOP, SIGCONT. */
  send(signal: NodeJS.Signals): void {
    if (this.isRunning) this.#child?.kill(signal);
  }

  #read(stream: Readable): void {
    createInterface(stream).on('line', (line) => {
      this.#printed = [...this.#printed, line].slice(-KEPT_LINES);
      this.onLine(line);
    });
  }
}

/** What every process has of ours: where programs and authorities are, and where spans go. */
function inherited(): NodeJS.ProcessEnv {
  const names = /^(PATH|NODE_EXTRA_CA_CERTS|OTEL_EXPORTER_OTLP_\w+)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => names.test(name)));
}
