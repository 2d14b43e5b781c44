import type { Pool, QueryResultRow } from 'pg';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { codec } from '@common-thread/domain/event-catalogue';
import type { StreamPolicy } from '@common-thread/disclosure/policy';
import { relatingCategories } from '@common-thread/disclosure/policy';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import type { Beginning } from '../relay/beginnings.js';
import { beginningIn, lastBeginning } from '../relay/beginnings.js';
import type { FeedEnvelope } from '@common-thread/projecting/feed-row';
import type { EventRef, Fact } from '../relay/fact.js';
import { factOf } from '../relay/fact.js';
import type { IndexEntry, LineState, Place } from '../relay/family-index.js';
import { noLine } from '../relay/family-index.js';
import type { PastRow, TableSwitch } from '../relay/past.js';
import { isOnRelation } from '../relay/past.js';
import type { RowRecord } from '../relay/told-rows.js';
import { reaching } from './reaching.js';
import type { RefRecord, TellingRecord } from './row-record.js';
import { refFrom, rowOf } from './row-record.js';
import type { RelayStore, StoredStream } from './relay-store.js';

/** Array parameters throughout: one statement, whatever the number of units asked for. */
export class RelayReading {
  constructor(private readonly pool: Pool) {}

  streams(streamIds: readonly string[]): Promise<StoredStream[]> {
    return this.#streams('s.stream_id = any($1)', streamIds);
  }

  streamsOfFamilies(familyIds: readonly string[]): Promise<StoredStream[]> {
    return this.#streams(
      `s.stream_id in (select f.stream_id from relay.streams_of_families f
                       where f.family_id = any($1))`,
      familyIds,
    );
  }

  memberships(personIds: readonly string[]): Promise<StoredStream[]> {
    return this.#streams(`s.category = 'membership' and s.person_id = any($1)`, personIds);
  }

  async lines(lines: readonly string[]): Promise<Map<string, LineState>> {
    const [entries, cursors, involved] = await Promise.all([
      this.#query<EntryRecord>(ENTRIES, [lines]),
      this.#query<CursorRecord>(CURSORS, [lines]),
      this.#query<InvolvedRecord>(INVOLVEMENTS, [lines]),
    ]);
    const found = new Map(lines.map((line) => [line, noLine()]));
    for (const record of entries) found.get(record.line)?.entries.push(entryOf(record));
    for (const record of cursors) {
      found.get(record.line)?.cursors.set(record.recipient, placeOf(record));
    }
    for (const { line, key, open } of involved) found.get(line)?.involved.set(key, open);
    return found;
  }

  async linesOf(eventIds: readonly string[]): Promise<string[]> {
    const found = await this.#query<{ line: string }>(
      'select distinct line from relay.line_entries where event_id = any($1)',
      [eventIds],
    );
    return found.map(({ line }) => line);
  }

  async rows(eventIds: readonly string[]): Promise<RowRecord[]> {
    const about = await this.#query<TellingRecord>(rowsBy(['event_id', 'target_id', 'via']), [
      eventIds,
    ]);
    const ids = about.map(({ id }) => id);
    const followers =
      ids.length > 0 ? await this.#query<TellingRecord>(rowsBy(['follows']), [ids]) : [];
    const distinct = new Map(
      [...about, ...followers].map((row) => [`${row.recipient} ${row.sequence}`, row]),
    );
    return [...distinct.values()].map(rowOf).sort((a, b) => a.sequence - b.sequence);
  }

  async beginnings(line: string): Promise<Beginning[]> {
    const found = await this.#query<BeginningRecord>(BEGINNINGS, [line]);
    const beginnings = found.flatMap(
      (each) => beginningIn(rowOf(each), entitlementOf(each)) ?? [],
    );
    const recipients = new Set(beginnings.map(({ record }) => record.recipient));
    return [...recipients].flatMap(
      (id) => lastBeginning(beginnings.filter(({ record }) => record.recipient === id)) ?? [],
    );
  }

  async granted(...asked: Parameters<RelayStore['granted']>): Promise<RowRecord[]> {
    return (await this.#query<TellingRecord>(GRANTED, asked)).map(rowOf);
  }

  async toldOf(...asked: Parameters<RelayStore['toldOf']>): Promise<PastRow[]> {
    const found = await this.#query<TellingRecord & { ground: string }>(TOLD_OF, asked);
    return found.map((each) => ({ record: rowOf(each), related: isOnRelation(each.ground) }));
  }

  async linesServed(...asked: Parameters<RelayStore['linesServed']>): Promise<string[]> {
    const [recipient, after, limit] = asked;
    const found = await this.#query<{ line: string }>(LINES_SERVED, [
      recipient,
      relatingCategories,
      after,
      limit,
    ]);
    return found.map(({ line }) => line);
  }

  async switches(): Promise<TableSwitch[]> {
    const found = await this.#query<{ ordinal: string; version: number }>(SWITCHES, []);
    return found.map(({ ordinal, version }) => ({
      ordinal: Number(ordinal),
      tableVersion: version,
    }));
  }

  async about(personIds: readonly string[]): Promise<Map<string, EventRef[]>> {
    const found = await this.#query<RefRecord & { key: string }>(ABOUT, [personIds]);
    return grouped(personIds, found);
  }

  async recordedIn(streamIds: readonly string[]): Promise<Map<string, EventRef[]>> {
    const found = await this.#query<RefRecord & { key: string }>(RECORDED, [streamIds]);
    return grouped(streamIds, found);
  }

  async facts(eventIds: readonly string[]): Promise<Fact[]> {
    const found = await this.#query<StoredEvent & { ordinal: string }>(FACTS, [eventIds]);
    return found.map(({ ordinal, ...stored }) =>
      factOf(codec.decode<RecordedCommonThreadEvent>(stored), Number(ordinal)),
    );
  }

  async #streams(where: string, ids: readonly string[]): Promise<StoredStream[]> {
    const found = await this.#query<StreamRecord>(`${STREAMS} where ${where}`, [ids]);
    return found.map((record) => ({
      policy: streamOf(record),
      withdrawals: record.withdrawals ?? [],
    }));
  }

  /**
   * Planned anew each time: a plan kept from when the tables were empty would read them whole for ever.
   */
  async #query<Found extends QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<Found[]> {
    const { rows } = await reaching(() => this.pool.query<Found>(text, [...values]));
    return rows;
  }
}

const STREAMS = `
select s.stream_id, s.category, s.begun, s.organisation,
  s.place_id, s.author, s.referrer, s.family_id, s.answers_referral,
  s.person_id, s.ends, s.links,
  (select json_agg(json_build_array(w.event_id, w.withdrawn_by) order by w.ordinal)
   from relay.withdrawals w where w.stream_id = s.stream_id) as withdrawals
from relay.streams s`;

const ENTRIES = `
select line, attached_at, ordinal, person_id, event_id, event_type, stream_id, target_id, via
from relay.line_entries where line = any($1)
order by line, attached_at, ordinal, person_id collate "C"`;

const CURSORS = `
select line, recipient, attached_at, ordinal, person_id
from relay.cursors where line = any($1)`;

const INVOLVEMENTS = 'select line, key, open from relay.involvements where line = any($1)';

const TOLD = `recipient, sequence, id, line, withdrawn_by, event_id, event_ordinal as ordinal,
    event_type, stream_id, target_id, told_at, person_id, via, grade, fields, follows, own, agreement,
    fact_kind
  from relay.feed_rows`;

/** One look-up by index for each id and column, however many rows there are. */
const rowsBy = (columns: readonly string[]) => `
select r.* from unnest($1::uuid[]) as asked (id), lateral (
  ${columns.map((column) => `select ${TOLD} where ${column} = asked.id`).join(' union all ')}) r`;

/** Few rows of a line begin anything; which of them counts is not decided in SQL. */
const BEGINNINGS = `
select envelope ->> 'entitlement' as entitlement, ${TOLD}
where line = $1 and follows is null
  and (envelope ->> 'entitlement' = 'begins' or event_type like '%Began')
order by recipient, sequence`;

const GRANTED = `
select ${TOLD}
where agreement = $1 and recipient = $2 and sequence > $3 order by sequence limit $4`;

const TOLD_OF = `
select envelope ->> 'ground' as ground, ${TOLD}
where recipient = $2 and sequence > $3 and event_type = any($1)
  and follows is null and grade <> 'existence'
order by sequence limit $4`;

const LINES_SERVED = `
select distinct 'family/' || f.family_id collate "C" as line
from relay.streams s join relay.streams_of_families f using (stream_id)
where s.author = $1 and s.category = any($2) and 'family/' || f.family_id collate "C" > $3
order by line limit $4`;

const SWITCHES = `
select ordinal, (data ->> 'tableVersion')::int as version
from relay.facts where event_type = 'TableSwitched' order by ordinal`;

const ABOUT = `
select p.person_id as key, f.ordinal, f.event_id, f.event_type, f.stream_id, f.target_id
from relay.about_people p join relay.facts f using (ordinal)
where p.person_id = any($1) order by f.ordinal`;

const RECORDED = `
select stream_id as key, ordinal, event_id, event_type, stream_id, target_id
from relay.facts where stream_id like 'contact-%' and stream_id = any($1) order by ordinal`;

const FACTS = `
select ordinal, event_id as id, event_type as type, stream_id as "streamId", version, revision,
  log_cursor as cursor, data, metadata
from relay.facts where event_id = any($1)`;

interface StreamRecord {
  readonly stream_id: string;
  readonly category: string;
  readonly begun: string | null;
  readonly organisation: string | null;
  readonly place_id: string | null;
  readonly author: string | null;
  readonly referrer: string | null;
  readonly family_id: string | null;
  readonly answers_referral: boolean;
  readonly person_id: string | null;
  readonly ends: string[];
  readonly links: { eventId: string; familyId: string }[];
  readonly withdrawals: [string, string][] | null;
}

function streamOf(record: StreamRecord): StreamPolicy {
  const { begun, organisation, author, referrer } = record;
  const { family_id: familyId, person_id: personId, place_id: placeId } = record;
  return {
    streamId: record.stream_id,
    category: record.category,
    ...(begun === null ? {} : { begun }),
    ...(organisation === null ? {} : { organisation }),
    ...(placeId === null ? {} : { placeId }),
    ...(author === null ? {} : { author }),
    ...(referrer === null ? {} : { referrer }),
    ...(familyId === null ? {} : { familyId }),
    ...(record.answers_referral ? { answersReferral: true } : {}),
    ...(personId === null ? {} : { personId }),
    ends: record.ends,
    links: record.links,
  };
}

interface PlaceRecord {
  readonly attached_at: string;
  readonly ordinal: string;
  readonly person_id: string;
}

type CursorRecord = PlaceRecord & { readonly line: string; readonly recipient: string };
type EntryRecord = PlaceRecord &
  RefRecord & { readonly line: string; readonly via: string | null };

interface InvolvedRecord {
  readonly line: string;
  readonly key: string;
  readonly open: boolean;
}

function placeOf(record: PlaceRecord): Place {
  return {
    attachedAt: Number(record.attached_at),
    ordinal: Number(record.ordinal),
    personId: record.person_id,
  };
}

function entryOf(record: EntryRecord): IndexEntry {
  return { ...refFrom(record), ...placeOf(record), via: record.via };
}

type BeginningRecord = TellingRecord & { readonly entitlement: string | null };

function entitlementOf({ entitlement }: BeginningRecord): Pick<FeedEnvelope, 'entitlement'> {
  return entitlement === 'begins' ? { entitlement } : {};
}

function grouped(
  keys: readonly string[],
  found: readonly (RefRecord & { readonly key: string })[],
): Map<string, EventRef[]> {
  const groups = new Map<string, EventRef[]>(keys.map((key) => [key, []]));
  for (const record of found) groups.get(record.key)?.push(refFrom(record));
  return groups;
}
