import type { Refusal } from '@common-thread/eventing/decider';
import type { DomainEvent } from '@common-thread/eventing/event-shapes';
import type { RecordedAnswer } from '@common-thread/eventing/handle-command';

/** What became of a command. Whatever is not `recorded` has recorded nothing. */
export type CommandOutcome =
  | {
      readonly outcome: 'recorded';
      /** The id behind the stream's category. */
      readonly id: string;
      /** The stream's tag for the caller's recipient just after; for a caller alone. */
      readonly tag: string | undefined;
      /** An earlier try of the same command had recorded it. */
      readonly replayed: boolean;
    }
  /** What the command asks for is already so. */
  | { readonly outcome: 'unchanged'; readonly id: string; readonly tag: string | undefined }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** Unrelated, or no such thing: the two are told apart nowhere. */
  | { readonly outcome: 'not-found' }
  /** The command id came with another body before. */
  | { readonly outcome: 'key-reused' }
  /** The caller has not said what it has read. */
  | { readonly outcome: 'tag-missing' }
  /** What the caller has read has changed; the tag now, where the caller is told of anything. */
  | { readonly outcome: 'stale'; readonly tag: string | undefined }
  /** The stream kept moving while the command was tried; the same command may be sent again. */
  | { readonly outcome: 'busy' };

type Recorded = Extract<CommandOutcome, { readonly outcome: 'recorded' }>;

/** The same with the events that were recorded. */
export type CommandAnswer<Event extends DomainEvent = DomainEvent> =
  | (Recorded & { readonly events: readonly RecordedAnswer<Event>[] })
  | Exclude<CommandOutcome, Recorded>;
