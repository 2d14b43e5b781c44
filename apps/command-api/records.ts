import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import type { RecipientId } from '@common-thread/domain/identifiers';
import type { EventCodec, RecordedEvent } from '@common-thread/eventing/event-codec';
import type { EventLog } from '@common-thread/eventing/event-log';
import { derivedId, streamIdOf } from '@common-thread/eventing/identifiers';
import type { Category, EventsOf } from './commands/deciders.js';

/** What is recorded, stream by stream: boxes stay closed. */
export class Records {
  constructor(
    private readonly log: EventLog,
    private readonly codec: EventCodec,
  ) {}

  /** A stream's events at their current versions, oldest first; none where there is no such stream. */
  async history<Kind extends Category>(
    category: Kind,
    id: string,
  ): Promise<readonly RecordedEvent<EventsOf[Kind]>[]> {
    const stored = await this.log.readStream(streamIdOf(category, id));
    return stored.map((event) => this.codec.decode<EventsOf[Kind]>(event));
  }

  /**
   * The event that a recipient knows by this occurrence id. Callers name records so, because private ids
   * are in no feed, so one that is used all the same names nothing either.
   */
  async eventKnownAs(
    occurrenceId: string,
    recipient: RecipientId,
    category: Category,
    id: string,
  ): Promise<string> {
    const stored = await this.log.readStream(streamIdOf(category, id));
    const named = stored.find((event) => occurrenceIdOf(event.id, recipient) === occurrenceId);
    return named?.id ?? derivedId('no-such-record', occurrenceId);
  }
}
