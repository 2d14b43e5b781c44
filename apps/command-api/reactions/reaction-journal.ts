import type { Cursor } from '@common-thread/eventing/event-log';

/** A cause that a reaction could not act on: set aside so that the others go on, and tried again. */
export interface ReactionFault {
  readonly causeId: string;
  readonly reaction: string;
  /** Where the cause stands in the log. */
  readonly streamId: string;
  readonly revision: number;
  readonly eventType: string;
  /** Code of a refusal, or class of an error; nothing of what was refused. */
  readonly reason: string;
  readonly tries: number;
  /** RFC 3339 UTC instants. */
  readonly firstFailedAt: string;
  readonly nextTryAt: string;
}

export interface FaultCount {
  readonly faults: number;
  readonly oldestAt: string | undefined;
}

/** How far the reactions have got, and what they could not do. Kept apart from the log: it may be rebuilt. */
export abstract class ReactionJournal {
  /** Up to where all has been acted on in this epoch of the log; none where that was in another. */
  abstract checkpoint(epoch: string): Promise<Cursor | undefined>;
  /** Absent: from the beginning again. */
  abstract advance(epoch: string, cursor: Cursor | undefined): Promise<void>;
  /** Keeps a fault, or its latest try; when it first failed stays. */
  abstract setAside(fault: ReactionFault): Promise<void>;
  /** Faults to be tried again by now, longest waiting first. */
  abstract due(now: string, limit: number): Promise<readonly ReactionFault[]>;
  abstract settle(fault: Pick<ReactionFault, 'causeId' | 'reaction'>): Promise<void>;
  abstract count(): Promise<FaultCount>;
}
