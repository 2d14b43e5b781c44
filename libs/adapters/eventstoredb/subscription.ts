import type { AllStreamSubscription } from '@eventstore/db-client';
import type { WakeUps } from '../wake-ups.js';
import type { Connection } from './connection.js';
import type { Position } from './cursor.js';
import { logFaultOf } from './faults.js';
import type { RecordedEvent } from './stored-form.js';

/** Read ahead of whoever handles them; beyond it the server waits. */
const AHEAD_MAX = 1_000;

/**
 * Everything in `$all` after a position, unfiltered: only then is it known what has been passed. It ends
 * by an error alone; nothing resumes it.
 */
export class Subscription {
  readonly #reading: AllStreamSubscription;
  #fault: Error | undefined;
  /** When something last came, by the clock of `performance`, ms. */
  heardAt = performance.now();

  constructor(connection: Connection, after: Position, wake: WakeUps) {
    const { client } = connection;
    this.#reading = client.subscribeToAll({ fromPosition: after }, { highWaterMark: AHEAD_MAX });
    this.#reading.on('readable', () => {
      this.heardAt = performance.now();
      wake.ring();
    });
    const failed = (error: unknown) => {
      this.#fault ??= logFaultOf(error, 'following the log', connection.hosts);
      connection.discard(client);
      wake.ring();
    };
    this.#reading.on('error', failed);
    this.#reading.on('end', () => failed(new Error('the subscription has ended')));
  }

  /**
   * What has come and was not taken yet, at most `max`.
   *
   * @throws LogUnavailable once everything that came before the fault has been taken
   */
  take(max: number): RecordedEvent[] {
    const taken: RecordedEvent[] = [];
    while (taken.length < max) {
      const resolved = this.#reading.read() as { event?: RecordedEvent } | null;
      if (resolved === null) break;
      if (resolved.event) taken.push(resolved.event);
    }
    if (taken.length === 0 && this.#fault) throw this.#fault;
    return taken;
  }

  close(): void {
    // Cancelled first: what is destroyed first keeps its call open on the server.
    void this.#reading.unsubscribe().catch(() => undefined);
    this.#reading.destroy();
  }
}
