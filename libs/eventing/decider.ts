import type { DomainEvent } from './event-shapes.js';

/** Who acts, from the token; opaque ids only. */
export interface CommandActor {
  readonly id: string;
  /** The organisation acted for. */
  readonly organisation: string;
  /** That organisation in one audience: `<organisation>.<audience>`. */
  readonly recipient: string;
  readonly role: string;
}

/** Everything a decision may depend on besides its command and state: no rule reads a clock or a random number. */
export interface CommandContext {
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** The id behind the stream's category. */
  readonly subjectId: string;
  readonly actor: CommandActor;
  /** RFC 3339 UTC instant at which the command is recorded. */
  readonly now: string;
  /** RFC 3339 UTC instant at which the fact happened; `now` unless the caller says otherwise. */
  readonly occurredAt: string;
  readonly occurredPrecision?: 'day';
  readonly learnedAt?: string;
  readonly imported?: true;
}

export interface Command<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  readonly context: CommandContext;
}

/** A rule of the field says no; nothing is recorded. Codes are stable: they name a problem type. */
export class Refusal {
  constructor(
    readonly code: string,
    /** What is wrong and what to do, in words for the person who asked; no personal data. */
    readonly detail: string,
    /** JSON pointer to the part of the command at fault, if one is. */
    readonly pointer?: string,
  ) {}
}

/** The events to record, none when the command changes nothing, or why not. */
export type Decision<Event extends DomainEvent> = readonly Event[] | Refusal;

/** The rules of one kind of stream, pure: the same command on the same history decides the same. */
export interface Decider<C extends Command, Event extends DomainEvent, State> {
  /** Streams are `<category>-<id>`. */
  readonly category: string;
  readonly initialState: State;
  decide(command: C, state: State): Decision<Event>;
  /**
   * Total over the events. Personal fields hold plain text while deciding and sealed boxes when read
   * back: no rule may read one.
   */
  evolve(state: State, event: RecordedFact<Event>): State;
}

/** What `evolve` sees: the event, its id, and when it was recorded. */
export type RecordedFact<Event extends DomainEvent> = Event & {
  readonly id: string;
  readonly metadata: {
    readonly occurredAt: string;
    readonly recordedAt: string;
    readonly commandId: string;
    readonly recordedBy: string;
  };
};
