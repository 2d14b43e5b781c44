import type { EncodedEvent } from '@common-thread/eventing/acceptable-append';
import {
  RevisionConflict,
  UnacceptableEvent,
  type Appended,
  type ExpectedRevision,
} from '@common-thread/eventing/event-log';
import type { Connection } from './connection.js';
import { isConflict } from './faults.js';
import { IdClaims, type Claim, type Slot } from './id-claims.js';
import { readLast, readStream } from './reading.js';
import { eventData } from './stored-form.js';
import type { StreamNames } from './streams.js';

export interface AppendRequest {
  readonly streamId: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EncodedEvent[];
  /** Current one of the log. */
  readonly epoch: number;
}

/** Writes appends, each at its exact revision; what the server lets pass is found out beforehand. */
export class Appending {
  readonly #claims: IdClaims;

  constructor(
    private readonly connection: Connection,
    private readonly names: StreamNames,
  ) {
    this.#claims = new IdClaims(connection, names);
  }

  /** @throws RevisionConflict, UnacceptableEvent, LogUnavailable */
  async append(request: AppendRequest): Promise<Appended> {
    const { streamId } = request;
    const slots = slotsOf(request);
    const claims = await this.#claims.claim(slots);
    // Where the first try was for the same revision, the server itself tells a retry.
    const earlier = claims.filter(
      ({ isNew, ...claim }, nth) =>
        !isNew && !(claim.streamId === streamId && claim.revision === slots[nth]!.revision),
    );
    if (earlier.length > 0 && (await this.#isWritten(request, earlier))) {
      return { revision: lastRevision(request) };
    }
    try {
      await this.#write(request);
    } catch (error) {
      if (!isConflict(error)) throw error;
      throw new RevisionConflict(streamId, request.expected, actualIn(error));
    }
    return { revision: lastRevision(request) };
  }

  #write({ streamId, events, epoch, expected }: AppendRequest): Promise<unknown> {
    return this.connection.call(
      `appending to ${streamId}`,
      (client) =>
        client.appendToStream(
          this.names.of(streamId),
          events.map((event) => eventData(event, epoch)),
          { expectedRevision: expected === 'no-stream' ? 'no_stream' : BigInt(expected) },
        ),
      isConflict,
    );
  }

  /**
   * Some of the ids were tried before: by this very append, or by another that is to be refused.
   *
   * @throws RevisionConflict, UnacceptableEvent
   */
  async #isWritten(request: AppendRequest, earlier: readonly Claim[]): Promise<boolean> {
    const { streamId, expected } = request;
    const here = earlier.filter((claim) => claim.streamId === streamId);
    const from = Math.min(...here.map(({ revision }) => revision), firstRevision(request));
    const held = await readStream(this.connection, this.names.of(streamId), from);
    const ids = held.map(({ id }) => id);
    if (isAt(ids.slice(firstRevision(request) - from), request)) return true;
    const head =
      held.length > 0 ? from + held.length - 1 : await this.#head(this.names.of(streamId));
    if (head !== expected) throw new RevisionConflict(streamId, expected, head);
    if (here.length < earlier.length || here.some(({ id }) => ids.includes(id))) {
      throw new UnacceptableEvent(`an event id of an append to ${streamId} is already in the log`);
    }
    this.#claims.notBelow(from + ids.length, slotsOf(request));
    return false;
  }

  async #head(name: string): Promise<ExpectedRevision> {
    const last = await readLast(this.connection, name);
    return last ? Number(last.revision) : 'no-stream';
  }
}

/** The server compares ids place by place: what it refuses is no retry. */
function actualIn(conflict: unknown): ExpectedRevision {
  const actual: unknown = Reflect.get(Object(conflict), 'actualVersion');
  return typeof actual === 'bigint' ? Number(actual) : 'no-stream';
}

function slotsOf(request: AppendRequest): Slot[] {
  const first = firstRevision(request);
  return request.events.map(({ event: { id } }, nth) => ({
    id,
    streamId: request.streamId,
    revision: first + nth,
  }));
}

/** Whether ids from the first revision of an append on are those of the append. */
function isAt(ids: readonly string[], { events }: AppendRequest): boolean {
  return events.every(({ event }, nth) => ids[nth] === event.id);
}

function firstRevision({ expected }: AppendRequest): number {
  return expected === 'no-stream' ? 0 : expected + 1;
}

function lastRevision(request: AppendRequest): number {
  return firstRevision(request) + request.events.length - 1;
}
