import type { Command, Decider } from './decider.js';
import { Refusal } from './decider.js';
import type { EventCodec, RecordedEvent } from './event-codec.js';
import type { EventLog, EventMetadata, ExpectedRevision, NewEvent } from './event-log.js';
import { RevisionConflict } from './event-log.js';
import type { DomainEvent } from './event-shapes.js';
import { derivedId, streamIdOf } from './identifiers.js';
import type { SealRequest, Sealing } from './sealing.js';
import { isBox } from './sealing.js';

export interface CommandEngines {
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly sealing: Sealing;
}

export type Handled<Event extends DomainEvent> =
  /** Recorded now, or already recorded by an earlier try of the same command. */
  | {
      readonly outcome: 'recorded';
      readonly events: readonly RecordedAnswer<Event>[];
      readonly revision: number;
      readonly replayed: boolean;
    }
  /** The command changes nothing: the state it asks for is already so. */
  | { readonly outcome: 'unchanged'; readonly revision: number }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** The same command id came with another body. */
  | { readonly outcome: 'key-reused' }
  /** The stream moved on from what the caller had read, or kept moving while an additive command was retried. */
  | { readonly outcome: 'conflict'; readonly actual: ExpectedRevision };

/** An event of the answer; it has no place in the log yet when it was appended a moment ago. */
export type RecordedAnswer<Event extends DomainEvent> = Event &
  Omit<NewEvent, 'type' | 'data'> & { readonly revision: number };

export interface HandleOptions<Event extends DomainEvent> {
  /**
   * `additive` adds a fact whatever else was added: conflicts are retried. Otherwise the caller has
   * read something and `accept` says, from the events, whether it is still what was read.
   */
  readonly mode:
    'additive' | { readonly accept: (history: readonly RecordedEvent<Event>[]) => boolean };
  /** What the command's fingerprint is made of. */
  readonly body: unknown;
  /**
   * Run after the idempotency answer and before anything is said of the stream: may refuse
   * (authorisation, derived values).
   */
  readonly before?: (history: readonly RecordedEvent<Event>[]) => Promise<Refusal | undefined>;
  /**
   * Personal fields that hold a box already are recorded as they are: a box keeps its own header and
   * opens wherever it is carried. For reactions alone; without it a box is a text like any other and
   * is sealed again, so that nobody can have another's box opened as their own.
   */
  readonly carriesBoxes?: true;
}

/** Tries of one command before the conflict is the caller's. */
const TRIES_MAX = 8;

/**
 * Runs one command against one stream: looks for its id first, folds, decides, seals, appends at the
 * exact revision. Throws only what the ports throw; every answer of the rules is a value.
 */
export async function handleCommand<C extends Command, Event extends DomainEvent, State>(
  engines: CommandEngines,
  decider: Decider<C, Event, State>,
  command: C,
  options: HandleOptions<Event>,
): Promise<Handled<Event>> {
  const streamId = streamIdOf(decider.category, command.context.subjectId);
  let actual: ExpectedRevision = 'no-stream';
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const history = (await engines.log.readStream(streamId)).map((stored) =>
      engines.codec.decode<Event>(stored),
    );
    const earlier = history.filter((e) => e.metadata.commandId === command.context.commandId);
    if (earlier.length > 0) return answerAgain(engines.sealing, earlier, options.body);
    const refusal = await options.before?.(history);
    if (refusal) return { outcome: 'refused', refusal };
    // Asked again after a conflict: what came between may be nothing the caller could have read.
    if (options.mode !== 'additive' && !options.mode.accept(history)) {
      return { outcome: 'conflict', actual: revisionOf(history) };
    }
    const state = history.reduce((s, e) => decider.evolve(s, e), decider.initialState);
    const decided = decider.decide(command, state);
    if (decided instanceof Refusal) return { outcome: 'refused', refusal: decided };
    if (decided.length === 0) return { outcome: 'unchanged', revision: history.length - 1 };
    const events = await sealAll(engines, streamId, command, decided, options);
    try {
      const { revision } = await engines.log.append(streamId, revisionOf(history), events);
      return {
        outcome: 'recorded',
        events: answerOf(events, revision),
        revision,
        replayed: false,
      };
    } catch (error) {
      // Read again even for an exact command: the winner may be this command's own other try.
      if (!(error instanceof RevisionConflict)) throw error;
      actual = error.actual;
    }
  }
  return { outcome: 'conflict', actual };
}

function revisionOf(history: readonly unknown[]): ExpectedRevision {
  return history.length === 0 ? 'no-stream' : history.length - 1;
}

async function answerAgain<Event extends DomainEvent>(
  sealing: Sealing,
  earlier: readonly RecordedEvent<Event>[],
  body: unknown,
): Promise<Handled<Event>> {
  const last = earlier[earlier.length - 1]!;
  if ((await sealing.compare(last.metadata.fingerprint, body)) === 'other') {
    return { outcome: 'key-reused' };
  }
  return { outcome: 'recorded', events: earlier, revision: last.revision, replayed: true };
}

/** Seals every personal field of every event in one call and gives each event its id and metadata. */
async function sealAll(
  { codec, sealing }: CommandEngines,
  streamId: string,
  command: Command,
  decided: readonly DomainEvent[],
  { body, carriesBoxes }: Pick<HandleOptions<DomainEvent>, 'body' | 'carriesBoxes'>,
): Promise<NewEvent[]> {
  const ids = decided.map((_, nth) => derivedId(command.context.commandId, streamId, nth));
  const places: { nth: number; field: string }[] = [];
  const requests: SealRequest[] = [];
  for (const [nth, event] of decided.entries()) {
    for (const { field, subject } of codec.personalFieldsOf(event.type)) {
      const plaintext = event.data[field];
      if (typeof plaintext !== 'string' || (carriesBoxes && isBox(plaintext))) continue;
      places.push({ nth, field });
      requests.push({
        plaintext,
        subjects: subjectsOf(event, subject, command.context.subjectId),
        recordClass: codec.recordClassOf(event.type),
        controller: command.context.actor.organisation,
        streamId,
        eventId: ids[nth]!,
        eventType: event.type,
        field,
        version: codec.shapeOf(event.type).version,
      });
    }
  }
  const { boxes, fingerprint } = await sealing.seal(requests, body);
  const data = decided.map((event) => ({ ...event.data }));
  for (const [i, { nth, field }] of places.entries()) data[nth]![field] = boxes[i];
  const metadata = metadataOf(command, fingerprint);
  return decided.map((event, nth) =>
    codec.encode({ id: ids[nth]!, type: event.type, version: 0, data: data[nth]!, metadata }),
  );
}

function subjectsOf(event: DomainEvent, subject: string, streamSubject: string): string[] {
  const named = subject === 'stream' ? undefined : event.data[subject];
  const ids = (Array.isArray(named) ? named : [named]).filter((id) => typeof id === 'string');
  return ids.length > 0 ? ids : [streamSubject];
}

function metadataOf({ context }: Command, fingerprint: string): EventMetadata {
  return {
    commandId: context.commandId,
    fingerprint,
    correlationId: context.correlationId,
    ...(context.causationId === undefined ? {} : { causationId: context.causationId }),
    organisation: context.actor.organisation,
    recordedBy: context.actor.id,
    role: context.actor.role,
    occurredAt: context.occurredAt,
    ...(context.occurredPrecision ? { occurredPrecision: context.occurredPrecision } : {}),
    ...(context.learnedAt === undefined ? {} : { learnedAt: context.learnedAt }),
    recordedAt: context.now,
    ...(context.imported ? { imported: true } : {}),
  };
}

function answerOf<Event extends DomainEvent>(
  events: readonly NewEvent[],
  lastRevision: number,
): RecordedAnswer<Event>[] {
  // Encoded from this decider's own events, so of its event type.
  return events.map(
    (event, nth) =>
      ({ ...event, revision: lastRevision - events.length + 1 + nth }) as RecordedAnswer<Event>,
  );
}
