import type { StoredEvent } from '@common-thread/eventing/event-log';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { Answer } from '../journeys/whole-system.js';

/** One event log entry a command must leave, and under which id. */
export interface Expected {
  /** Of the command, or of a step before it. */
  readonly commandId: string;
  /** Types in order. */
  readonly types: readonly string[];
  /** The last type may come more than once. */
  readonly orMore?: true;
}

/** A command as it is sent, however often. */
export interface SentCommand {
  readonly user: string;
  readonly recipient: string;
  readonly path: string;
  readonly key: string;
  readonly body: object;
  readonly ifMatch?: string;
  readonly commandId: string;
  readonly expected: readonly Expected[];
}

/** A command that has its final answer. */
export interface Answered extends SentCommand {
  readonly answer: Answer;
  /** How often it was sent before somebody answered. */
  readonly tries: number;
}

/** One page of one feed as a reader had it. */
export interface PageRead {
  readonly recipient: string;
  /** Sequence it was asked for after. */
  readonly after: number;
  /** When it was asked for and when it was there: ms of one clock for all reads of a run. */
  readonly invokedAt: number;
  readonly answeredAt: number;
  /** As many rows as were asked for: there may be more. */
  readonly isFull: boolean;
  /** Sequence and the beginning of the hash (judge-reads.ts), in the order they came. */
  readonly rows: readonly (readonly [sequence: number, mark: string])[];
}

export interface ReadModelState {
  readonly recipient: string;
  readonly name: string;
  /** Last sequence folded. */
  readonly sequence: number;
  /** Tables that differ from a rebuild. */
  readonly different: readonly string[];
  readonly parkedLines: readonly string[];
}

/** A narrative as it was sent, and as its author reads it at the end. */
export interface OpenedWords {
  readonly key: string;
  readonly sent: string;
  readonly opened: string;
}

/** One call for sealed things to be opened, as somebody made it. */
export interface Opening {
  /** Of this call alone: by it the audit is asked. */
  readonly page: string;
  readonly user: string;
  /** How many boxes. */
  readonly asked: number;
}

/** A call that was answered. */
export interface Shown extends Opening {
  /** Of each box in the order asked: `granted`, or why it was withheld. */
  readonly outcomes: readonly string[];
}

/** A call as the vault's audit has it. */
export interface AuditedCall {
  readonly page: string;
  readonly user: string;
  readonly outcomes: readonly string[];
  /** The audit says that the answer left. */
  readonly isDelivered: boolean;
}

/** Everything there is to judge by, once nothing moves any more. */
export interface ObservedHistory {
  /** Ids of commands recorded before the first kill. */
  readonly before: ReadonlySet<string>;
  readonly acknowledged: readonly Answered[];
  /** Commands whose final answer was that nothing was recorded. */
  readonly refused: readonly Answered[];
  /** The whole log in its own order. */
  readonly log: readonly StoredEvent[];
  /** The relay's pages, by recipient. */
  readonly feeds: ReadonlyMap<string, readonly FeedRow[]>;
  /** Every read of every feed. */
  readonly reads: readonly PageRead[];
  readonly inboxes: ReadonlyMap<string, readonly FeedRow[]>;
  readonly readModels: readonly ReadModelState[];
  /** Whether every follower had come to the end of the log before any of this was read. */
  readonly isAtRest: boolean;
  /** Acknowledged commands sent once more at the very end. */
  readonly repeated: readonly { readonly first: Answered; readonly again: Answer }[];
  readonly words: readonly OpenedWords[];
  /** Reactions that had been set aside and never came right. */
  readonly reactionFaults: number;
  readonly shown: readonly Shown[];
  /** Calls that had no answer, or another than what they asked for. */
  readonly notShown: readonly Opening[];
  /** What the audit has of either. */
  readonly audit: readonly AuditedCall[];
  /** How often something that could cut a call off was ended; undefined where calls were cut off otherwise. */
  readonly ended: number | undefined;
}
