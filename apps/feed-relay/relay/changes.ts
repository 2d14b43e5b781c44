import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { Fact } from './fact.js';
import type { IndexEntry, Place } from './family-index.js';
import type { FeedHead } from './relay-state.js';
import type { RowRecord } from './told-rows.js';

/** Everything one transaction changes. A store commits all of it with the checkpoint, or none. */
export interface Changes {
  readonly facts: Fact[];
  /** Streams whose policy has changed. */
  readonly streams: Set<string>;
  readonly withdrawals: {
    readonly streamId: string;
    readonly eventId: string;
    readonly by: string;
    readonly ordinal: number;
  }[];
  readonly recipients: string[];
  /** Agreements signed, brought into force, narrowed or ended; what they let be told is in the policy. */
  readonly agreements: Set<string>;
  readonly entries: { readonly line: string; readonly entry: IndexEntry }[];
  readonly about: { readonly personId: string; readonly fact: Fact }[];
  /** By line, then recipient. */
  readonly cursors: Map<string, Map<string, Place>>;
  readonly involved: { readonly line: string; readonly key: string; readonly open: boolean }[];
  /** Rows by what the relay remembers of them, in the order told. */
  readonly rows: Map<RowRecord, FeedRow>;
  readonly feeds: Map<string, FeedHead>;
  /** Rows told before this transaction that lose their body in it. */
  readonly redactions: RowRecord[];
}

export function noChanges(): Changes {
  return {
    facts: [],
    streams: new Set(),
    withdrawals: [],
    recipients: [],
    agreements: new Set(),
    entries: [],
    about: [],
    cursors: new Map(),
    involved: [],
    rows: new Map(),
    feeds: new Map(),
    redactions: [],
  };
}

export function moveCursor(changes: Changes, line: string, recipient: string, place: Place): void {
  const cursors = changes.cursors.get(line);
  if (cursors) cursors.set(recipient, place);
  else changes.cursors.set(line, new Map([[recipient, place]]));
}
