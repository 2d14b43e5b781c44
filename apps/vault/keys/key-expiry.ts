import type { Clock } from '../clock.js';
import type { DataKeys } from './data-keys.js';

const EVERY_MS = 3_600_000;

/**
 * Destroys keys whose time has come, at the start and every hour. Nothing expired is used
 * meanwhile.
 */
export class KeyExpiry {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly keys: DataKeys,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.#timer = setInterval(() => this.#sweep(), EVERY_MS).unref();
    this.#sweep();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    // Not reached now, they are reached in an hour: users of such a key look at its expiry
    // themselves.
    this.keys.eraseExpired(this.clock.now()).catch(() => undefined);
  }
}
