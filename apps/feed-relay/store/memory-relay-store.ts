import { versionInForce } from '@common-thread/disclosure/table-in-force';
import { FIRST_TABLE } from '@common-thread/domain/sharing/table';
import type { AgreementPolicy } from '@common-thread/disclosure/agreed';
import type { StreamPolicy } from '@common-thread/disclosure/policy';
import { relates } from '@common-thread/disclosure/policy';
import type { ToldAsked, ToldFact } from '@common-thread/platform/tellings';
import type { FeedPage } from '@common-thread/projecting/feed-pages';
import type { Beginning } from '../relay/beginnings.js';
import { beginningIn, lastBeginning } from '../relay/beginnings.js';
import type { Changes } from '../relay/changes.js';
import type { EventRef, Fact } from '../relay/fact.js';
import { refOf } from '../relay/fact.js';
import type { LineState } from '../relay/family-index.js';
import { noLine } from '../relay/family-index.js';
import { familyLine, isContact } from '../relay/lines.js';
import type { PastRow, TableSwitch } from '../relay/past.js';
import { isOnRelation } from '../relay/past.js';
import { familiesEver } from '../relay/plan.js';
import type { FeedHead, RelayState } from '../relay/relay-state.js';
import type { RowRecord } from '../relay/told-rows.js';
import type { Told } from './memory-tellings.js';
import { tellingIn, toldAboutIn } from './memory-tellings.js';
import type { Checkpoint, StoredStream, TellingRow, Tenure } from './relay-store.js';
import { FenceLost, noCheckpoint, RelayStore } from './relay-store.js';

/** The relay's tables in memory: for tests, and for the published sample. */
export class MemoryRelayStore extends RelayStore {
  #fence = 0;
  #checkpoint: Checkpoint = noCheckpoint;
  #tableVersion = FIRST_TABLE;
  readonly #recipients = new Set<string>();
  readonly #agreements = new Map<string, AgreementPolicy>();
  readonly #heads = new Map<string, FeedHead>();
  readonly #feeds = new Map<string, Told[]>();
  /** By the ids of the events a row tells, follows and rests on. */
  readonly #toldAbout = new Map<string, Told[]>();
  readonly #followers = new Map<string, Told[]>();
  readonly #streams = new Map<string, StreamPolicy>();
  readonly #withdrawals = new Map<string, (readonly [string, string])[]>();
  readonly #streamsOfFamily = new Map<string, Set<string>>();
  readonly #memberships = new Map<string, Set<string>>();
  readonly #lines = new Map<string, LineState>();
  readonly #linesOfEvent = new Map<string, Set<string>>();
  readonly #about = new Map<string, EventRef[]>();
  readonly #recorded = new Map<string, EventRef[]>();
  readonly #facts = new Map<string, Fact>();

  get heads(): ReadonlyMap<string, FeedHead> {
    return this.#heads;
  }

  async takeOver(): Promise<Tenure> {
    this.#fence += 1;
    return {
      fence: this.#fence,
      checkpoint: structuredClone(this.#checkpoint),
      recipients: [...this.#recipients],
      agreements: [...this.#agreements.values()],
      tableVersion: this.#tableVersion,
      feeds: new Map(this.#heads),
    };
  }

  async streams(streamIds: readonly string[]): Promise<readonly StoredStream[]> {
    return streamIds.flatMap((id) => {
      const policy = this.#streams.get(id);
      if (!policy) return [];
      return [{ policy: copyOf(policy), withdrawals: [...(this.#withdrawals.get(id) ?? [])] }];
    });
  }

  async streamsOfFamilies(familyIds: readonly string[]): Promise<readonly StoredStream[]> {
    return this.streams(distinct(familyIds, this.#streamsOfFamily));
  }

  async memberships(personIds: readonly string[]): Promise<readonly StoredStream[]> {
    return this.streams(distinct(personIds, this.#memberships));
  }

  async lines(lines: readonly string[]): Promise<ReadonlyMap<string, LineState>> {
    return new Map(
      lines.map((line) => {
        const { entries, cursors, involved } = this.#lines.get(line) ?? noLine();
        return [
          line,
          { entries: [...entries], cursors: new Map(cursors), involved: new Map(involved) },
        ];
      }),
    );
  }

  async linesOf(eventIds: readonly string[]): Promise<readonly string[]> {
    return distinct(eventIds, this.#linesOfEvent);
  }

  async rows(eventIds: readonly string[]): Promise<readonly RowRecord[]> {
    const about = distinct(eventIds, this.#toldAbout);
    const ids = about.map(({ record }) => record.id);
    return [...new Set([...about, ...distinct(ids, this.#followers)])]
      .map(({ record }) => ({ ...record }))
      .sort((a, b) => a.sequence - b.sequence);
  }

  async beginnings(line: string): Promise<readonly Beginning[]> {
    return [...this.#feeds.values()].flatMap((feed) => {
      const here = feed.filter(({ record }) => record.line === line);
      const found = here.flatMap(({ record, row }) => beginningIn(record, row.envelope) ?? []);
      const last = lastBeginning(found);
      return last ? [{ ...last, record: { ...last.record } }] : [];
    });
  }

  async granted(
    agreementId: string,
    recipient: string,
    after: number,
    limit: number,
  ): Promise<readonly RowRecord[]> {
    return (this.#feeds.get(recipient) ?? [])
      .map(({ record }) => record)
      .filter(({ agreement, sequence }) => agreement?.id === agreementId && sequence > after)
      .slice(0, limit)
      .map((record) => ({ ...record }));
  }

  async toldOf(
    types: readonly string[],
    recipient: string,
    after: number,
    limit: number,
  ): Promise<readonly PastRow[]> {
    return (this.#feeds.get(recipient) ?? [])
      .filter(({ record }) => record.sequence > after && types.includes(record.event.type))
      .filter(({ record }) => record.follows === null && record.grade !== 'existence')
      .slice(0, limit)
      .map(({ record, row }) => ({
        record: { ...record },
        related: isOnRelation(row.envelope.ground),
      }));
  }

  async linesServed(recipient: string, after: string, limit: number): Promise<readonly string[]> {
    const served = [...this.#streams.values()]
      .filter(({ author, category }) => author === recipient && relates(category))
      .flatMap((stream) => familiesEver(stream).map(familyLine));
    return [...new Set(served)]
      .filter((line) => line > after)
      .sort()
      .slice(0, limit);
  }

  async switches(): Promise<readonly TableSwitch[]> {
    return [...this.#facts.values()].flatMap(({ event, ordinal }) =>
      event.type === 'TableSwitched' ? [{ ordinal, tableVersion: event.data.tableVersion }] : [],
    );
  }

  async about(personIds: readonly string[]): Promise<ReadonlyMap<string, readonly EventRef[]>> {
    return new Map(personIds.map((id) => [id, [...(this.#about.get(id) ?? [])]]));
  }

  async recordedIn(
    streamIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly EventRef[]>> {
    return new Map(streamIds.map((id) => [id, [...(this.#recorded.get(id) ?? [])]]));
  }

  async facts(eventIds: readonly string[]): Promise<readonly Fact[]> {
    return eventIds.flatMap((id) => this.#facts.get(id) ?? []);
  }

  async commit(
    fence: number,
    from: Checkpoint,
    to: Checkpoint,
    changes: Changes,
    state: RelayState,
  ): Promise<void> {
    if (fence !== this.#fence || from.ordinal !== this.#checkpoint.ordinal) {
      throw new FenceLost('another relay has taken over');
    }
    const known = changes.facts.find(({ eventId }) => this.#facts.has(eventId));
    if (known) throw new Error(`event ${known.eventId} has been relayed before`);
    this.#checkpoint = structuredClone(to);
    this.#tableVersion = versionInForce(state.policy.table);
    this.#commitPolicy(changes, state);
    this.#commitIndex(changes);
    this.#commitRows(changes);
  }

  async telling(streamIds: readonly string[], field: string): Promise<readonly TellingRow[]> {
    return tellingIn(this.#feeds, streamIds, field);
  }

  async toldAbout(asked: ToldAsked): Promise<readonly ToldFact[]> {
    return toldAboutIn(this.#feeds, asked);
  }

  async page(recipient: string, after: number, limit: number): Promise<FeedPage> {
    const rows = (this.#feeds.get(recipient) ?? []).map(({ row }) => row);
    return {
      rows: rows.filter(({ envelope }) => envelope.sequence > after).slice(0, limit),
      head: this.#heads.get(recipient)?.sequence ?? 0,
    };
  }

  #commitPolicy(changes: Changes, { policy }: RelayState): void {
    for (const recipient of changes.recipients) this.#recipients.add(recipient);
    for (const id of changes.agreements) {
      const agreed = policy.agreements.get(id);
      if (agreed) this.#agreements.set(id, agreed);
      else this.#agreements.delete(id);
    }
    for (const streamId of changes.streams) {
      const stream = policy.streams.get(streamId);
      if (!stream) continue;
      this.#streams.set(streamId, copyOf(stream));
      for (const familyId of familiesEver(stream))
        include(this.#streamsOfFamily, familyId, streamId);
      if (stream.category === 'membership' && stream.personId !== undefined) {
        include(this.#memberships, stream.personId, streamId);
      }
    }
    for (const { streamId, eventId, by } of changes.withdrawals) {
      append(this.#withdrawals, streamId, [eventId, by] as const);
    }
    for (const fact of changes.facts) {
      this.#facts.set(fact.eventId, fact);
      if (isContact(fact.streamId)) append(this.#recorded, fact.streamId, refOf(fact));
    }
    for (const { personId, fact } of changes.about) append(this.#about, personId, refOf(fact));
  }

  #commitIndex(changes: Changes): void {
    const lineOf = (line: string) => {
      const state = this.#lines.get(line) ?? noLine();
      this.#lines.set(line, state);
      return state;
    };
    for (const { line, entry } of changes.entries) {
      lineOf(line).entries.push(entry);
      include(this.#linesOfEvent, entry.eventId, line);
    }
    for (const [line, cursors] of changes.cursors) {
      for (const [recipient, place] of cursors) lineOf(line).cursors.set(recipient, place);
    }
    for (const { line, key, open } of changes.involved) lineOf(line).involved.set(key, open);
  }

  #commitRows(changes: Changes): void {
    for (const [record, row] of changes.rows) {
      const told = { record: { ...record }, row };
      append(this.#feeds, record.recipient, told);
      const { event, via, follows } = record;
      for (const id of [event.eventId, event.targetId, via]) {
        if (id !== null) append(this.#toldAbout, id, told);
      }
      if (follows !== null) append(this.#followers, follows, told);
    }
    for (const { recipient, sequence, withdrawnBy } of changes.redactions) {
      const told = this.#feeds.get(recipient)?.find(({ record }) => record.sequence === sequence);
      if (!told) continue;
      told.record.withdrawnBy = withdrawnBy;
      told.row = { ...told.row, body: null, withdrawnBy };
    }
    for (const [recipient, head] of changes.feeds) this.#heads.set(recipient, head);
  }
}

function copyOf(stream: StreamPolicy): StreamPolicy {
  return { ...stream, ends: [...stream.ends], links: [...stream.links] };
}

function append<Value>(index: Map<string, Value[]>, key: string, value: Value): void {
  const values = index.get(key);
  if (values) values.push(value);
  else index.set(key, [value]);
}

function include(index: Map<string, Set<string>>, key: string, value: string): void {
  const values = index.get(key);
  if (values) values.add(value);
  else index.set(key, new Set([value]));
}

function distinct<Value>(
  keys: readonly string[],
  index: ReadonlyMap<string, Iterable<Value>>,
): Value[] {
  return [...new Set(keys.flatMap((key) => [...(index.get(key) ?? [])]))];
}
