import {
  RevisionConflict,
  UnacceptableEvent,
  type Appended,
} from '@common-thread/eventing/event-log';
import type pg from 'pg';
import { faultOf, rethrow } from './event-log-faults.js';
import type { AppendRequest, Outcome } from './group-commit.js';

/**
 * Joins texts into one parameter, cheaper on both sides than an array of texts. No text holds it:
 * names are printable, and JSON escapes control characters.
 */
const SEPARATOR = '\x1e';

/**
 * A group of appends, one stream each, in one statement that is its own transaction. A stream is
 * won by inserting the first event of its append: whoever else is at the same revision waits for
 * our commit and then inserts nothing. The transaction takes its id when it first writes, after
 * the snapshot in which it saw the expected revision: therefore the revisions of a stream rise
 * with the transaction ids.
 *
 * The look-up of the expected revision has a limit so that it stays a look-up in the index,
 * whatever the planner believes of a table it has no figures of yet.
 */
const APPEND = `
  with incoming as materialized (
    select nth::int as position, stream, expected + 1 + place as revision, place, expected,
           id, type, version, data::json as data, metadata::json as metadata
    from unnest(string_to_array($1, E'\\x1e'), $2::int[], $3::int[], $4::uuid[],
                string_to_array($5, E'\\x1e'), $6::int[],
                string_to_array($7, E'\\x1e'), string_to_array($8, E'\\x1e'))
         with ordinality as i (stream, expected, place, id, type, version, data, metadata, nth)),
  won as (
    insert into log.events (epoch, position, stream, revision, id, type, version, data, metadata)
    select (select max(epoch) from log.epochs),
           position, stream, revision, id, type, version, data, metadata
    from incoming
    where place = 0 and (expected = -1 or (
      select true from log.events e
      where e.stream = incoming.stream and e.revision = incoming.expected limit 1))
    order by position
    on conflict (stream, revision) do nothing
    returning stream, epoch),
  rest as (
    insert into log.events (epoch, position, stream, revision, id, type, version, data, metadata)
    select won.epoch, i.position, i.stream, i.revision, i.id, i.type, i.version, i.data, i.metadata
    from won join incoming i on i.stream = won.stream
    where i.place > 0)
  select stream from won`;

/** The head of a stream, and which ids it holds where the append would have put its own. */
const LOOK = `
  select (select max(revision) from log.events where stream = $1) as head,
         array(select id::text from log.events
               where stream = $1 and revision > $2 and revision <= $2 + $3
               order by revision) as ids`;

const TRANSIENT_TRIES_MAX = 5;

/** Writes groups of appends; what the edge could not see is refused to its own caller alone. */
export class Appending {
  constructor(
    private readonly pool: pg.Pool,
    private readonly appended: () => void,
  ) {}

  /**
   * @throws LogUnavailable: nobody knows whether the group was written; retry with the same ids
   */
  async commit(group: readonly AppendRequest[]): Promise<readonly Outcome[]> {
    // In one order for all writers, so that two groups that meet wait instead of deadlocking.
    const ordered = [...group].sort((a, b) => (a.streamId < b.streamId ? -1 : 1));
    for (let tries = 1; ; tries += 1) {
      try {
        const won = await this.#insert(ordered);
        this.appended();
        return group.map((request) =>
          won.has(request.streamId) ? { revision: lastRevision(request) } : this.#lost(request),
        );
      } catch (error) {
        const fault = faultOf(error);
        if (fault === 'transient' && tries < TRANSIENT_TRIES_MAX) continue;
        if (fault !== 'data') rethrow(error);
        return group.length === 1
          ? [await this.#refused(group[0]!, error)]
          : await this.#eachAlone(group);
      }
    }
  }

  async #insert(group: readonly AppendRequest[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.pool.query<{ stream: string }>({
      name: 'log-append',
      text: APPEND,
      values: valuesOf(group),
    });
    return new Set(rows.map(({ stream }) => stream));
  }

  /** One member spoils its whole group; alone, each is answered for itself. */
  async #eachAlone(group: readonly AppendRequest[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const request of group) {
      try {
        outcomes.push(...(await this.commit([request])));
      } catch (error) {
        outcomes.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
    return outcomes;
  }

  /** The stream was not at the expected revision: because of this very append, or of another. */
  async #lost(request: AppendRequest): Promise<Appended> {
    const { head, holdsAll } = await this.#look(request);
    if (holdsAll) return { revision: lastRevision(request) };
    throw new RevisionConflict(request.streamId, request.expected, head ?? 'no-stream');
  }

  /**
   * The data cannot be stored: an id may be taken, perhaps by an earlier try of this very append.
   */
  async #refused(request: AppendRequest, error: unknown): Promise<Outcome> {
    const { head, holdsAll } = await this.#look(request);
    if (holdsAll) return { revision: lastRevision(request) };
    if ((head ?? 'no-stream') !== request.expected) {
      return new RevisionConflict(request.streamId, request.expected, head ?? 'no-stream');
    }
    const taken = Reflect.get(Object(error), 'constraint') === 'events_one_id';
    return new UnacceptableEvent(
      taken
        ? `an event id of an append to ${request.streamId} is already in the log`
        : `an append to ${request.streamId} cannot be stored`,
      { cause: error },
    );
  }

  async #look(request: AppendRequest): Promise<{ head: number | null; holdsAll: boolean }> {
    const { rows } = await this.pool
      .query<{ head: number | null; ids: string[] }>({
        name: 'log-look',
        text: LOOK,
        values: [request.streamId, expectedNumber(request), request.events.length],
      })
      .catch(rethrow);
    const { head, ids } = rows[0]!;
    return { head, holdsAll: request.events.every(({ event }, nth) => ids[nth] === event.id) };
  }
}

function expectedNumber({ expected }: AppendRequest): number {
  return expected === 'no-stream' ? -1 : expected;
}

function lastRevision(request: AppendRequest): number {
  return expectedNumber(request) + request.events.length;
}

/** Columns of the group's events, as APPEND takes them. */
function valuesOf(group: readonly AppendRequest[]): string[] {
  const columns: (string | number)[][] = [[], [], [], [], [], [], [], []];
  const [streams, expected, places, ids, types, versions, data, metadata] = columns;
  for (const request of group) {
    for (const [place, encoded] of request.events.entries()) {
      streams!.push(request.streamId);
      expected!.push(expectedNumber(request));
      places!.push(place);
      ids!.push(encoded.event.id);
      types!.push(encoded.event.type);
      versions!.push(encoded.event.version);
      data!.push(encoded.data);
      metadata!.push(encoded.metadata);
    }
  }
  return [
    streams!.join(SEPARATOR),
    `{${expected!.join()}}`,
    `{${places!.join()}}`,
    `{${ids!.join()}}`,
    types!.join(SEPARATOR),
    `{${versions!.join()}}`,
    data!.join(SEPARATOR),
    metadata!.join(SEPARATOR),
  ];
}
