import type { AgreementPolicy } from '@common-thread/disclosure/agreed';
import type { StreamPolicy } from '@common-thread/disclosure/policy';
import type { Cursor } from '@common-thread/eventing/event-log';
import type { ToldAsked, ToldFact } from '@common-thread/platform/tellings';
import type { FeedPage } from '@common-thread/projecting/feed-pages';
import type { FeedEnvelope } from '@common-thread/projecting/feed-row';
import type { Beginning } from '../relay/beginnings.js';
import type { Changes } from '../relay/changes.js';
import type { EventRef, Fact } from '../relay/fact.js';
import type { LineState } from '../relay/family-index.js';
import type { PastRow, TableSwitch } from '../relay/past.js';
import type { FeedHead, RelayState } from '../relay/relay-state.js';
import type { Task } from '../relay/tasks.js';
import type { RowRecord } from '../relay/told-rows.js';

/** How far the relay has come; committed together with what it wrote. */
export interface Checkpoint {
  /** Ordinal of the last event planned; 0 before the first. */
  readonly ordinal: number;
  readonly eventId: string | null;
  /** Where that event stands in the log; absent before the first. */
  readonly cursor: Cursor | null;
  /** What is still to be told because of it. */
  readonly tasks: readonly Task[];
}

export const noCheckpoint: Checkpoint = { ordinal: 0, eventId: null, cursor: null, tasks: [] };

/** What one holder of the relay has taken over. */
export interface Tenure {
  readonly fence: number;
  readonly checkpoint: Checkpoint;
  /** Every recipient recorded, in the order of the log. */
  readonly recipients: readonly string[];
  /** Signed and not ended. */
  readonly agreements: readonly AgreementPolicy[];
  /** The version of the disclosure table in force. */
  readonly tableVersion: number;
  readonly feeds: ReadonlyMap<string, FeedHead>;
}

/** A stream's policy with the withdrawals of its events. */
export interface StoredStream {
  readonly policy: StreamPolicy;
  /** `[withdrawn event, event withdrawing it]`, in log order. */
  readonly withdrawals: readonly (readonly [string, string])[];
}

/**
 * Where the relay keeps feeds, policy, index and checkpoint. Guarantees every adapter keeps
 * (test/contracts/relay-store.contract.ts):
 * - a commit is all or nothing, the checkpoint included;
 * - only the last to take over may commit: anybody else's commit throws FenceLost and changes nothing;
 * - reads see every commit acknowledged before them;
 * - a feed's rows never change but by losing their body, once.
 * Every method throws StoreUnavailable when the store cannot be reached.
 */
export abstract class RelayStore {
  /** From now on nobody who took over earlier can commit. */
  abstract takeOver(): Promise<Tenure>;

  /** Streams by id; unknown ones are left out. */
  abstract streams(streamIds: readonly string[]): Promise<readonly StoredStream[]>;
  /** Streams that name or have been linked to a family. */
  abstract streamsOfFamilies(familyIds: readonly string[]): Promise<readonly StoredStream[]>;
  /** Memberships of people, ended and withdrawn ones included. */
  abstract memberships(personIds: readonly string[]): Promise<readonly StoredStream[]>;
  /** The index, cursors and involvements of each line asked for, known or not. */
  abstract lines(lines: readonly string[]): Promise<ReadonlyMap<string, LineState>>;
  /** The lines of which any of the events is part. */
  abstract linesOf(eventIds: readonly string[]): Promise<readonly string[]>;
  /**
   * Rows that tell, follow or rest on any of the events, and the rows that follow those; in the order
   * of their feeds.
   */
  abstract rows(eventIds: readonly string[]): Promise<readonly RowRecord[]>;
  /** The last beginning of each recipient on a line (`lastBeginning`). */
  abstract beginnings(line: string): Promise<readonly Beginning[]>;
  /**
   * Rows of a recipient after a sequence that rest on an agreement, at most `limit`, withdrawn ones
   * included; in order.
   */
  abstract granted(
    agreementId: string,
    recipient: string,
    after: number,
    limit: number,
  ): Promise<readonly RowRecord[]>;
  /**
   * Rows of a recipient after a sequence that tell an event of one of these types, more than its existence, at
   * most `limit`, withdrawn ones included; in order.
   */
  abstract toldOf(
    types: readonly string[],
    recipient: string,
    after: number,
    limit: number,
  ): Promise<readonly PastRow[]>;
  /**
   * Lines after one of families that a recipient has or had registered, on caseload, or a matter in hand about,
   * at most `limit`; in order.
   */
  abstract linesServed(
    recipient: string,
    after: string,
    limit: number,
  ): Promise<readonly string[]>;
  /** Every switch of the disclosure table, in order. */
  abstract switches(): Promise<readonly TableSwitch[]>;
  /** By person: events reaching families through them, and what follows those, in order. */
  abstract about(personIds: readonly string[]): Promise<ReadonlyMap<string, readonly EventRef[]>>;
  /** By stream: what was recorded in it, in order. */
  abstract recordedIn(
    streamIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly EventRef[]>>;
  /** Events by id; unknown ones are left out. */
  abstract facts(eventIds: readonly string[]): Promise<readonly Fact[]>;

  /**
   * Commits what a transaction changed, from the checkpoint it began at to the next.
   * @throws FenceLost when somebody else has taken over, or the checkpoint is not the one held
   */
  abstract commit(
    fence: number,
    from: Checkpoint,
    to: Checkpoint,
    changes: Changes,
    state: RelayState,
  ): Promise<void>;

  /**
   * Every row of every feed that ever told a field recorded in any of the streams, withdrawn ones
   * included; by recipient and sequence.
   */
  abstract telling(streamIds: readonly string[], field: string): Promise<readonly TellingRow[]>;

  /**
   * Who was ever told any of the events on any of the lines, of the person or of nobody: not of somebody else
   * by the same event. By recipient and sequence.
   */
  abstract toldAbout(asked: ToldAsked): Promise<readonly ToldFact[]>;

  /** Rows after a sequence, at most `limit`, with the head as of the same instant. */
  abstract page(recipient: string, after: number, limit: number): Promise<FeedPage>;
}

/** That a recipient was told something: never what. */
export interface TellingRow {
  readonly recipient: string;
  readonly sequence: number;
  readonly line: string;
  readonly envelope: FeedEnvelope;
  readonly withdrawnBy: string | null;
}

/** Somebody else holds the relay now: forget everything and take over anew, or stop. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost';
}

export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
