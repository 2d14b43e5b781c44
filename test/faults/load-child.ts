import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import path from 'node:path';
import { writeWhole } from './ledger.js';
import type { FromLoad, LoadPlan, ToLoad } from './load-process.js';

const here = import.meta.dirname;

/** The load's process, as its parent knows it. */
export class LoadChild {
  /** Never resolves. @throws where the load cannot go on */
  readonly failed: Promise<never>;
  readonly #heard = new Map<FromLoad, Promise<void>>();
  #did = 0;
  #onDid: () => void = () => undefined;

  private constructor(private readonly child: ChildProcess) {
    for (const word of ['ready', 'written', 'read'] as const) {
      const heard = new Promise<void>((resolve) => {
        child.on('message', (message: FromLoad) => {
          if (message === word) resolve();
        });
      });
      this.#heard.set(word, heard);
    }
    child.on('message', (message: FromLoad) => {
      if (message !== 'did') return;
      this.#did += 1;
      this.#onDid();
    });
    this.failed = new Promise<never>((_, reject) => {
      child.on('message', (message: FromLoad) => {
        if (typeof message === 'object') reject(new Error(`the load failed: ${message.failed}`));
      });
      child.once('exit', (code, signal) => {
        if (!child.killed) reject(new Error(`the load ended by itself (${code ?? signal})`));
      });
    });
    this.failed.catch(() => undefined); // whoever races it hears of it
    process.once('exit', () => child.kill('SIGKILL'));
  }

  /** `planFile` is where the child finds its plan. Resolves when it is ready for the door to open. */
  static async start(plan: LoadPlan, planFile: string): Promise<LoadChild> {
    writeWhole(planFile, plan);
    const child = fork(path.join(here, 'load-process.ts'), [planFile], {
      execArgv: ['--no-warnings', '--import', path.join(here, '../engines/typescript.mjs')],
    });
    const load = new LoadChild(child);
    await load.#hear('ready');
    return load;
  }

  showDoor(isOpen: boolean): void {
    this.#tell(isOpen ? 'open' : 'closed');
  }

  /** Resolves when so many more commands have been answered. */
  async didMore(commands: number): Promise<void> {
    const enough = this.#did + commands;
    await new Promise<void>((resolve) => {
      this.#onDid = () => {
        if (this.#did >= enough) resolve();
      };
      this.#onDid();
    });
  }

  /** Resolves when every command sent has its answer. @throws what `failed` throws */
  async stopWriting(): Promise<void> {
    this.#tell('stop-writing');
    await this.#hear('written');
  }

  /** Resolves when every feed is read to its end, and the process is gone. */
  async stopReading(): Promise<void> {
    this.#tell('stop-reading');
    await this.#hear('read');
    this.end();
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  #tell(message: ToLoad): void {
    if (this.child.connected) this.child.send(message);
  }

  async #hear(word: FromLoad): Promise<void> {
    await Promise.race([this.#heard.get(word), this.failed]);
  }
}
