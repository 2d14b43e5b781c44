import type { Worker } from '@common-thread/disclosure/places';
import type {
  Command,
  CommandActor,
  CommandContext,
  Decider,
} from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DomainEvent } from '@common-thread/eventing/event-shapes';
import type { CommandEngines, Handled } from '@common-thread/eventing/handle-command';
import { handleCommand } from '@common-thread/eventing/handle-command';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import { traced } from '@common-thread/platform/tracing';
import type { CommandRoute } from './authorisation.js';
import type { IdentifiedFamily } from './authorisation/identified-family.js';
import type { PolicyFollower } from './authorisation/policy-follower.js';
import type { Clock } from './clock.js';
import { Attempt, UNRELATED } from './commands/attempt.js';
import type { CommandAnswer, CommandOutcome } from './commands/command-answer.js';
import type { Category, CommandsOf, EventsOf, Intent, IntentOf } from './commands/deciders.js';
import { deciders } from './commands/deciders.js';

/** In whose name a command is issued, and what that name may do. */
export type Authority =
  /** Somebody signed in, through a route: judged by the route's declaration. */
  | {
      readonly kind: 'caller';
      readonly actor: CommandActor & Worker;
      readonly route: CommandRoute;
      readonly identified?: IdentifiedFamily;
    }
  /** A reaction, in the name of the organisation whose record it continues. */
  | { readonly kind: 'reaction'; readonly actor: CommandActor }
  /** A load of what was recorded elsewhere, or a seeder: an operator's act, any command. */
  | { readonly kind: 'import'; readonly actor: CommandActor };

/** How, when and why a command was sent. */
export interface Circumstances extends Pick<
  CommandContext,
  'commandId' | 'correlationId' | 'causationId' | 'occurredPrecision' | 'learnedAt' | 'imported'
> {
  /** Absent: now. */
  readonly occurredAt?: string;
  /** What the fingerprint is made of: the same key with another body is refused. */
  readonly body: unknown;
  /**
   * `additive` adds a fact whatever else was added. Otherwise the tags the caller has read, of which
   * one must be the stream's now; none where the caller sent none.
   */
  readonly expects: 'additive' | readonly string[];
  /** Asked of a caller after authorisation and before the rules: what the stream alone cannot tell. */
  readonly requires?: () => Promise<Refusal | undefined>;
}

/**
 * The only way into the log: routes, reactions, seeder and loader all come through here.
 *
 * A command already recorded is answered again before anything is asked about it; then the caller is
 * authorised, then what it has read is compared, then the rules decide.
 */
export class Commands {
  constructor(
    private readonly engines: CommandEngines,
    private readonly policy: PolicyFollower,
    private readonly clock: Clock,
  ) {}

  /** @throws LogUnavailable (it may have been recorded: send it again), VaultUnavailable, PolicyBehind */
  async execute<Kind extends Category>(
    intent: IntentOf<Kind>,
    circumstances: Circumstances,
    authority: Authority,
  ): Promise<CommandAnswer<EventsOf[Kind]>> {
    const attempt = this.#attempt(intent, circumstances, authority);
    const command = this.#command(intent, circumstances, authority.actor);
    const kind: Kind = intent.category;
    const { correlationId } = circumstances;
    const fields = { streamId: streamIdOf(kind, intent.id), correlationId };
    return traced(`command ${intent.type}`, fields, () =>
      this.#run(deciders[kind], command, circumstances, attempt),
    );
  }

  /**
   * What `execute` would answer instead of recording, were it sent now; undefined where it would record.
   * For compositions: nothing is recorded on the way to a command that is then refused.
   */
  async rehearse<Kind extends Category>(
    intent: IntentOf<Kind>,
    circumstances: Circumstances,
    authority: Authority,
  ): Promise<CommandOutcome | undefined> {
    const attempt = this.#attempt(intent, circumstances, authority);
    const kind: Kind = intent.category;
    const command = this.#command(intent, circumstances, authority.actor);
    return this.#tryOut(deciders[kind], command, attempt);
  }

  async #tryOut<C extends Command, Event extends DomainEvent, State>(
    decider: Decider<C, Event, State>,
    command: C,
    attempt: Attempt,
  ): Promise<CommandOutcome | undefined> {
    const { commandId, subjectId } = command.context;
    const stored = await this.engines.log.readStream(streamIdOf(decider.category, subjectId));
    if (stored.some(({ metadata }) => metadata.commandId === commandId)) return undefined;
    const history = stored.map((event) => this.engines.codec.decode<Event>(event));
    const refusal = await attempt.authorise(history);
    if (refusal) return refused(refusal);
    const state = history.reduce((s, e) => decider.evolve(s, e), decider.initialState);
    const decided = decider.decide(command, state);
    return decided instanceof Refusal ? refused(decided) : undefined;
  }

  #attempt<Kind extends Category>(
    intent: IntentOf<Kind>,
    { requires }: Circumstances,
    authority: Authority,
  ): Attempt {
    return new Attempt(this.engines, this.policy, intent as Intent, authority, requires);
  }

  async #run<C extends Command, Event extends DomainEvent, State>(
    decider: Decider<C, Event, State>,
    command: C,
    { body, expects }: Circumstances,
    attempt: Attempt,
  ): Promise<CommandAnswer<Event>> {
    const handled = await handleCommand(this.engines, decider, command, {
      mode:
        expects === 'additive'
          ? 'additive'
          : { accept: (history) => attempt.hasRead(expects, history) },
      body,
      before: (history) => attempt.authorise(history),
      ...(attempt.isReaction ? { carriesBoxes: true } : {}),
    });
    return answerOf(handled, attempt, expects);
  }

  #command<Kind extends Category>(
    intent: IntentOf<Kind>,
    circumstances: Circumstances,
    actor: CommandActor,
  ): CommandsOf[Kind] {
    const { body: _, expects: __, requires: ___, ...given } = circumstances;
    const now = this.clock.now();
    const { id, organisation, recipient, role } = actor;
    const command: Command = {
      type: intent.type,
      data: intent.data,
      context: {
        ...given,
        subjectId: intent.id,
        actor: { id, organisation, recipient, role },
        now,
        occurredAt: circumstances.occurredAt ?? now,
      },
    };
    return ofItsKind<Kind>(command);
  }
}

/** An intent pairs a category with one of its own commands, so a command made of it is one of them. */
function ofItsKind<Kind extends Category>(command: Command): CommandsOf[Kind];
function ofItsKind(command: Command): Command {
  return command;
}

async function answerOf<Event extends DomainEvent>(
  handled: Handled<Event>,
  attempt: Attempt,
  expects: Circumstances['expects'],
): Promise<CommandAnswer<Event>> {
  const { id } = attempt.intent;
  switch (handled.outcome) {
    case 'recorded': {
      const { outcome, events, replayed, revision } = handled;
      const tag = await attempt.tagAt(revision, replayed ? undefined : events);
      return { outcome, id, events, replayed, tag };
    }
    case 'unchanged':
      return { outcome: 'unchanged', id, tag: await attempt.tagAt(handled.revision, []) };
    case 'refused':
      return refused(handled.refusal);
    case 'key-reused':
      return { outcome: 'key-reused' };
    case 'conflict':
      if (expects === 'additive') return { outcome: 'busy' };
      if (expects.length === 0) return { outcome: 'tag-missing' };
      // Read rightly, yet the stream kept moving by events that the caller is not told of.
      if (attempt.tagRead !== undefined && expects.includes(attempt.tagRead)) {
        return { outcome: 'busy' };
      }
      return { outcome: 'stale', tag: attempt.tagRead };
  }
}

function refused(refusal: Refusal): Extract<CommandOutcome, { outcome: 'refused' | 'not-found' }> {
  return refusal === UNRELATED ? { outcome: 'not-found' } : { outcome: 'refused', refusal };
}
