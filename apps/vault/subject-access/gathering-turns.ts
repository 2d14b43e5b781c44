import type { EventLog } from '@common-thread/eventing/event-log';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Clock } from '../clock.js';
import { Gathering } from './gathering.js';

export interface Gathered {
  readonly gathered: Gathering;
  /** UTC instant up to which the log was read. */
  readonly asOf: string;
}

export interface GatheringOptions {
  /** Aborted once whoever asked has left. */
  readonly signal?: AbortSignal;
  readonly progress?: (eventsRead: number) => void;
}

/**
 * Gathers what the log holds about somebody, for one at a time in a process: each reads the whole log, and
 * many at once would take from everybody who opens a page. The others wait for their turn.
 */
export class GatheringTurns {
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly engines: { readonly log: EventLog; readonly clock: Clock }) {}

  /** @throws LogUnavailable; VaultUnavailable where whoever asked has left: their turn is the next one's */
  gather(personId: string, options: GatheringOptions = {}): Promise<Gathered> {
    const turn = this.#last.then(() => this.#gather(personId, options));
    const ended = () => undefined;
    // What was gathered is held by whoever asked and nobody else.
    this.#last = turn.then(ended, ended);
    return turn;
  }

  async #gather(
    personId: string,
    { progress = () => undefined, signal }: GatheringOptions,
  ): Promise<Gathered> {
    const { clock, log } = this.engines;
    const gathered = new Gathering(personId);
    const reading = new AbortController();
    const signals = [reading.signal, ...(signal ? [signal] : [])];
    const begun = clock.now();
    let asOf: string | undefined;
    let eventsRead = 0;
    for await (const followed of log.follow({ signal: AbortSignal.any(signals) })) {
      if (followed.kind === 'caughtUp') {
        if (Date.parse(followed.asOf) < begun.getTime()) continue;
        asOf = followed.asOf;
        break;
      }
      for (const event of followed.events) gathered.fold(event);
      eventsRead += followed.events.length;
      progress(eventsRead);
    }
    reading.abort();
    if (asOf === undefined) throw new VaultUnavailable('whoever asked has left');
    for (const streamId of gathered.matters) {
      gathered.foldMatter(await log.readStream(streamId));
    }
    return { gathered, asOf };
  }
}
