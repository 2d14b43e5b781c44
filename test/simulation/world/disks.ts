import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { MemoryStore } from '@common-thread/adapters/memory/event-store';
import { MemoryBroker } from '@common-thread/adapters/memory/feed-tail';
import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { wholeLog } from '../../../apps/command-api/examples/fake-vault.js';
import { MemoryReactionJournal } from '../../../apps/command-api/reactions/memory-reaction-journal.js';
import { MemoryPublishedMarks } from '../../../apps/feed-relay/publishing/memory-published-marks.js';
import { MemoryRelayStore } from '../../../apps/feed-relay/store/memory-relay-store.js';
import type { Checkpoint } from '../../../apps/feed-relay/store/relay-store.js';
import { noCheckpoint } from '../../../apps/feed-relay/store/relay-store.js';
import { Bell } from '../machine/bell.js';

type Commit = Parameters<MemoryRelayStore['commit']>;

/** The relay's tables, which say how far they are and what a row was when it was first there to be read. */
export class WatchedRelayStore extends MemoryRelayStore {
  checkpoint: Checkpoint = noCheckpoint;
  /** By public id, also what it had been before this store was put back. */
  readonly firstServed = new Map<string, FeedRow>();
  /** Public ids of the rows that are there to be read. */
  readonly committed = new Set<string>();
  readonly told = new Bell();

  override async commit(...commit: Commit): Promise<void> {
    await super.commit(...commit);
    const [, , to, changes] = commit;
    this.checkpoint = to;
    for (const row of changes.rows.values()) {
      this.committed.add(row.envelope.id);
      if (!this.firstServed.has(row.envelope.id)) this.firstServed.set(row.envelope.id, row);
    }
    if (changes.rows.size > 0) this.told.ring();
  }
}

/** One agency's database. */
export interface AgencyDisk {
  readonly inbox: WatchedInbox;
  readonly models: MemoryProjectionStore;
}

/** An inbox that says at once how many rows it holds. */
export class WatchedInbox extends MemoryInbox {
  length = 0;
  readonly #overwritten = new Map<number, FeedRow>();

  override async append(rows: readonly FeedRow[]): Promise<number> {
    this.length = await super.append(rows);
    return this.length;
  }

  /** For a bug that is planted: no inbox of the product does this. */
  async overwrite(row: FeedRow): Promise<void> {
    this.#overwritten.set(row.envelope.sequence, row);
  }

  override async rows(after: number, limit: number): Promise<readonly FeedRow[]> {
    const rows = await super.rows(after, limit);
    return rows.map((row) => this.#overwritten.get(row.envelope.sequence) ?? row);
  }
}

/** Everything that outlives a process. */
export class Disks {
  log = new MemoryStore();
  /** How often the log has been put back to a backup that lacked something. */
  logRestores = 0;
  readonly appended = new Bell();
  journal = new MemoryReactionJournal();
  relay = new WatchedRelayStore();
  readonly broker = new MemoryBroker();
  readonly published = new Bell();
  /** How far each feed has been put on the broker. */
  marks = new MemoryPublishedMarks(this.relay);
  readonly agencies = new Map<string, AgencyDisk>();

  wholeLog(): Promise<StoredEvent[]> {
    return wholeLog(new MemoryEventLog(this.log));
  }

  /** Rows an agency holds, as far as is known without asking. */
  heldBy(recipient: string): number {
    return this.agency(recipient).inbox.length;
  }

  agency(recipient: string): AgencyDisk {
    const disk = this.agencies.get(recipient) ?? emptyAgency();
    this.agencies.set(recipient, disk);
    return disk;
  }
}

export function emptyAgency(): AgencyDisk {
  return { inbox: new WatchedInbox(), models: new MemoryProjectionStore() };
}
