import type {
  Cursor,
  EventLog,
  FollowOptions,
  NewEvent,
  StoredEvent,
} from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';

/** When each event was acknowledged to its writer, by id, ms since 1970. */
export type Acknowledged = Map<string, number>;

/** Follows a log in the background and lets a test await what it has seen. */
export class Reader {
  readonly events: StoredEvent[] = [];
  readonly batchSizes: number[] = [];
  readonly caughtUp: string[] = [];
  /** Acknowledged before some `asOf`, yet not delivered by then: must stay empty. */
  readonly missedAtCaughtUp: string[] = [];
  error: Error | undefined;

  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #changed: () => void = () => undefined;

  constructor(
    log: EventLog,
    options: Omit<FollowOptions, 'signal'> = {},
    private readonly acknowledged: Acknowledged = new Map(),
  ) {
    this.#done = this.#run(log, options).catch((error: Error) => {
      this.error = error;
      this.#changed();
    });
  }

  get ids(): string[] {
    return this.events.map(({ id }) => id);
  }

  get lastCursor(): Cursor {
    return this.events[this.events.length - 1]!.cursor;
  }

  /** Resolves when it is so; fails when the log ends the reading instead. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.error) throw this.error;
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
  }

  async untilCaughtUpAgain(): Promise<void> {
    const before = new Date().toISOString();
    await this.until(() => (this.caughtUp.at(-1) ?? '') > before);
  }

  /** Ends the reading and waits until it has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  /** Waits until the log ends the reading, and answers why. */
  async ending(): Promise<Error | undefined> {
    await this.#done;
    return this.error;
  }

  async #run(log: EventLog, options: Omit<FollowOptions, 'signal'>): Promise<void> {
    const delivered = new Set<string>();
    for await (const told of log.follow({ ...options, signal: this.#stop.signal })) {
      if (told.kind === 'events') {
        this.events.push(...told.events);
        this.batchSizes.push(told.events.length);
        for (const { id } of told.events) delivered.add(id);
      } else {
        const asOf = Date.parse(told.asOf);
        for (const [id, at] of this.acknowledged) {
          if (at < asOf && !delivered.has(id)) this.missedAtCaughtUp.push(id);
        }
        this.caughtUp.push(told.asOf);
      }
      this.#changed();
    }
  }
}

/** Everything a log holds now, in order. */
export async function readAll(
  log: EventLog,
  options: Omit<FollowOptions, 'signal'> = {},
): Promise<readonly StoredEvent[]> {
  const reader = new Reader(log, options);
  await reader.until(() => reader.caughtUp.length > 0);
  await reader.stop();
  return reader.events;
}

/** An invented event; equal names give equal events. */
export function eventNamed(name: string, data: NewEvent['data'] = { name }): NewEvent {
  const at = '2026-01-05T09:00:00.000Z';
  return {
    id: derivedId('contract', name),
    type: 'ReferralRaised',
    version: 1,
    data,
    metadata: {
      commandId: derivedId('contract', name, 'command'),
      fingerprint: 'fp.v1.none',
      correlationId: derivedId('contract', name, 'correlation'),
      organisation: 'larkfield-centres',
      recordedBy: 'worker-1',
      role: 'centre-worker',
      occurredAt: at,
      recordedAt: at,
    },
  };
}

/** `count` events named after their stream. */
export function eventsNamed(name: string, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, nth) => eventNamed(`${name}/${nth}`));
}
