import type { Policy } from '@common-thread/disclosure/policy';
import { emptyPolicy, foldPolicy } from '@common-thread/disclosure/policy';
import type { Tables } from '@common-thread/disclosure/tables';
import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { EventCodec } from '@common-thread/eventing/event-codec';
import type { Cursor, EventLog } from '@common-thread/eventing/event-log';
import { CursorBeyondEpoch } from '@common-thread/eventing/event-log';
import type { Pause } from '@common-thread/eventing/pause';
import { pause } from '@common-thread/eventing/pause';

/** How long a command waits to be judged on the log as it is. */
const CATCH_UP_MS_MAX = 2_000;
/** How often the fold is kept warm while no command comes. */
const WARM_EVERY_MS = 1_000;

/** The fold has not reached the head of the log in time; nobody is judged on an old one. */
export class PolicyBehind extends Error {
  override readonly name = 'PolicyBehind';
}

/**
 * command-api's own fold of who is related to whom. It is not followed in the background: whoever asks
 * reads on from the last cursor until the log says that everything acknowledged before has been
 * delivered, so that an answer never rests on a relationship that has ended. Askers share one reading.
 */
export class PolicyFollower {
  #policy: Policy;
  #takenOnBy = new Map<string, string>();
  #cursor: Cursor | undefined;
  #reading: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #stopped = new AbortController();

  constructor(
    private readonly log: EventLog,
    private readonly codec: EventCodec,
    private readonly catchUpMsMax: number = CATCH_UP_MS_MAX,
    private readonly pauseFor: Pause = pause,
    private readonly tables?: Tables,
  ) {
    this.#policy = emptyPolicy(tables);
  }

  /** Reads the log's past at once and stays warm until `stop`. */
  start(): void {
    void this.#stayWarm(this.#stopped.signal);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.allSettled([this.#reading, this.#next]);
  }

  /**
   * The fold of every append acknowledged before the call.
   * @throws PolicyBehind after 2 s, LogUnavailable
   */
  async current(): Promise<Policy> {
    const waiting = new AbortController();
    let caughtUp = false;
    const reading = this.#read().then(() => (caughtUp = true));
    try {
      await Promise.race([reading, this.pauseFor(this.catchUpMsMax, waiting.signal)]);
      if (!caughtUp) throw new PolicyBehind('the policy has not caught up with the log');
      return this.#policy;
    } finally {
      waiting.abort();
      reading.catch(() => undefined); // who waited for it no longer does
    }
  }

  async #stayWarm(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#read().catch(() => undefined); // whoever asks next meets the same fault and is told
      await this.pauseFor(WARM_EVERY_MS, signal);
    }
  }

  /**
   * The stream in which a command took a family on, as far as `current` has read; undefined where it
   * took none on. Such a stream's id follows from the family, and a repeat of the command may no longer
   * find the family by what was typed.
   */
  streamTakenOnBy(commandId: string): string | undefined {
    return this.#takenOnBy.get(commandId);
  }

  /** One reading begun after the call; a reading under way began before it and may have missed something. */
  #read(): Promise<void> {
    if (!this.#reading) {
      this.#reading = this.#readOn().finally(() => (this.#reading = undefined));
      return this.#reading;
    }
    this.#next ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#read();
      });
    return this.#next;
  }

  async #readOn(): Promise<void> {
    const reading = new AbortController();
    const stop = (): void => reading.abort();
    this.#stopped.signal.addEventListener('abort', stop, { once: true });
    const after = this.#cursor === undefined ? {} : { after: this.#cursor };
    try {
      for await (const followed of this.log.follow({ ...after, signal: reading.signal })) {
        if (followed.kind === 'caughtUp') return;
        for (const stored of followed.events) {
          const event = this.codec.decode<CommonThreadEvent>(stored);
          foldPolicy(this.#policy, event);
          if (event.type === 'CentreRegistrationBegan' || event.type === 'CaseloadBegan') {
            this.#takenOnBy.set(event.metadata.commandId, event.streamId);
          }
          this.#cursor = stored.cursor;
        }
      }
      throw new PolicyBehind('reading the log was stopped');
    } catch (error) {
      if (!(error instanceof CursorBeyondEpoch)) throw error;
      // The log was restored behind this fold, which holds what the log does not: fold it anew.
      this.#policy = emptyPolicy(this.tables);
      this.#takenOnBy = new Map();
      this.#cursor = undefined;
      await this.#readOn();
    } finally {
      this.#stopped.signal.removeEventListener('abort', stop);
      reading.abort();
    }
  }
}
