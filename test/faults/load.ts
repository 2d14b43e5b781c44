import { Random } from '../../apps/standalone/seeding/random.js';
import type { Reachable } from '../journeys/whole-system.js';
import { HUB } from '../journeys/whole-system.js';
import type { Door } from './door.js';
import type { Recorder } from './load-record.js';
import type { SentCommand } from './observed.js';
import { openAllAlong, SealedRows } from './openers.js';
import { Pace } from './pace.js';
import { readAllAlong, readers, referredContact } from './readers.js';
import { RefusedUnforeseen, Submitter } from './submitter.js';
import { workFor } from './work.js';
import { allWriters } from './writers.js';

export interface LoadOptions {
  readonly seed: string;
  /** Names this stretch of the load apart from earlier ones over the same data. */
  readonly shift: string;
  /** Commands begun a second. */
  readonly perSecond: number;
  /** A place of each organisation. */
  readonly places: readonly (readonly [organisation: string, placeId: string])[];
  /** Contacts that were there before, which nobody here rates. */
  readonly contactsBefore: readonly string[];
  /** Sent in an earlier stretch and not answered: seen through first. */
  readonly unanswered: readonly SentCommand[];
}

/** Eight writers, four readers and six people who open what is sealed, at work on a system. */
export class Load {
  readonly #writing = new AbortController();
  readonly #reading = new AbortController();
  /** Resolves when the last command and the last opening have their answer. @throws what stopped one */
  readonly written: Promise<void>;
  /** Resolves when every feed has been read to its end. @throws what stopped a reader */
  readonly read: Promise<void>;

  constructor(system: Reachable, door: Door, record: Recorder, options: LoadOptions) {
    const { seed, shift, perSecond, places, unanswered } = options;
    const pace = new Pace(perSecond);
    const submitter = new Submitter({ system, door, record, pace });
    const work = workFor({
      submitter,
      random: new Random(seed, 'work', shift),
      signal: this.#writing.signal,
      shift,
      places: new Map(places),
    });
    const before = new Set(options.contactsBefore);
    const sealed = new SealedRows();
    const opening = openAllAlong({
      ...{ system, door, submitter, record, sealed, shift },
      random: new Random(seed, 'openings', shift),
      signal: this.#writing.signal,
    });
    const writing = seenThrough(submitter, unanswered).then(() => allWriters(work));
    this.written = Promise.all([writing, opening]).then(() => undefined);
    const reading = Object.keys(readers).map((recipient) => {
      const random = new Random(seed, recipient, shift);
      const onRow = (event: Parameters<typeof referredContact>[0]): void => {
        sealed.saw(recipient, event);
        const contact = recipient === HUB ? referredContact(event) : undefined;
        if (contact && !before.has(contact.contactId)) work.forRating.add(contact);
      };
      const { signal } = this.#reading;
      return readAllAlong({ system, door, submitter, record, random, signal, recipient, onRow });
    });
    this.read = Promise.all(reading).then(() => undefined);
    // Whoever waits for them hears of it; nobody may be waiting yet.
    this.written.catch(() => undefined);
    this.read.catch(() => undefined);
  }

  /** No new commands; those sent are still seen through. */
  stopWriting(): void {
    this.#writing.abort();
  }

  /** Read what there is to its end, and no further. */
  stopReading(): void {
    this.#reading.abort();
  }
}

async function seenThrough(submitter: Submitter, unanswered: readonly SentCommand[]) {
  for (const command of unanswered) {
    await submitter.seeThrough(command).catch((error: unknown) => {
      if (!(error instanceof RefusedUnforeseen)) throw error;
    });
  }
}
