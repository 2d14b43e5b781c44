import { setTimeout as pause } from 'node:timers/promises';
import { isServerAlive, readLockFile } from '@common-thread/adapters/postgres/embedded-lock-file';
import type { EmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';

/** How PostgreSQL is made to stop (its manual, "Shutting Down the Server"). */
export const stops = { fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' } as const;
export type Stop = keyof typeof stops;

const LOOK_AGAIN_MS = 20;
/** A server in a fast stop waits for its sessions to end; one that is held hears nothing. */
const STOP_MS_MAX = 30_000;

/** A PostgreSQL that stops and comes back on the same port, under a system that goes on. */
export class PostgresUnderFault {
  #server: EmbeddedServer | undefined;

  constructor(
    private readonly dataDir: string,
    private readonly database = 'common_thread',
  ) {}

  /** @throws where it was never started */
  get url(): string {
    return this.#started.url;
  }

  urlOf(database: string): string {
    return this.#started.urlOf(database);
  }

  get port(): number {
    return this.#started.port;
  }

  /** Starts it, or finds it running. @throws EmbeddedPostgresFailed */
  async start(): Promise<void> {
    if (this.#server && this.isAlive()) return;
    this.#server = await startEmbeddedServer({
      dataDir: this.dataDir,
      database: this.database,
      ...(this.#server ? { port: this.#server.port } : {}),
    });
  }

  /** Makes it stop and waits until its main process is gone. */
  async end(how: Stop): Promise<void> {
    const lock = readLockFile(this.#started.dataDir);
    if (!lock || !isServerAlive(lock)) return;
    process.kill(lock.pid, stops[how]);
    for (const deadline = Date.now() + STOP_MS_MAX; isServerAlive(lock);) {
      if (Date.now() > deadline) process.kill(lock.pid, 'SIGKILL');
      await pause(LOOK_AGAIN_MS);
    }
  }

  isAlive(): boolean {
    const lock = this.#server && readLockFile(this.#server.dataDir);
    return lock !== undefined && isServerAlive(lock);
  }

  /** Holds the main process still: nobody new is let in, sessions go on. */
  hold(): void {
    this.#signal('SIGSTOP');
  }

  letGo(): void {
    this.#signal('SIGCONT');
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const lock = readLockFile(this.#started.dataDir);
    if (lock && isServerAlive(lock)) process.kill(lock.pid, signal);
  }

  get #started(): EmbeddedServer {
    if (!this.#server) throw new Error('PostgreSQL has not been started');
    return this.#server;
  }
}
