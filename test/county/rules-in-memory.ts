import type { CommandContext, RecordedFact } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DomainEvent } from '@common-thread/eventing/event-shapes';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { Category, Intent } from '../../apps/command-api/commands/deciders.js';
import { deciders } from '../../apps/command-api/commands/deciders.js';
import type { PlannedCommand } from '../../apps/standalone/seeding/planned-command.js';
import { eventIdOf } from '../../apps/standalone/seeding/planned-command.js';
import { contactOpenedBy } from '../../apps/standalone/seeding/reaction-ids.js';

type Outcome =
  | {
      readonly outcome: 'done';
      readonly replayed: boolean;
      readonly events: readonly DomainEvent[];
    }
  | { readonly outcome: 'refused'; readonly code: string };

/**
 * The rules alone, over streams in memory: nothing sealed, nobody authorised. A raised referral
 * that is not imported opens its contact, as the reaction does.
 */
export class RulesInMemory {
  readonly events: DomainEvent[] = [];
  readonly commands: PlannedCommand[] = [];
  readonly #states = new Map<string, unknown>();
  readonly #done = new Set<string>();

  constructor(private readonly now: string) {}

  execute(asked: PlannedCommand): Outcome {
    const planned = asked.follows
      ? { ...asked, occurredAt: this.now, learnedAt: this.now }
      : asked;
    if (this.#done.has(planned.commandId)) return { outcome: 'done', replayed: true, events: [] };
    const decided = this.#decide(planned.intent.category, planned);
    if (decided instanceof Refusal) return { outcome: 'refused', code: decided.code };
    this.#done.add(planned.commandId);
    this.commands.push(planned);
    const { intent } = planned;
    if (intent.type === 'RaiseReferral' && !planned.imported) this.#react(planned, intent);
    return { outcome: 'done', replayed: false, events: decided };
  }

  #decide<Kind extends Category>(kind: Kind, planned: PlannedCommand) {
    const decider = deciders[kind];
    const { intent } = planned;
    const streamId = streamIdOf(kind, intent.id);
    const state = this.#states.get(streamId) ?? decider.initialState;
    const command = { type: intent.type, data: intent.data, context: this.#context(planned) };
    // Each stream's state and commands are those of its own kind.
    const decided = decider.decide(ofItsKind(command), state as never);
    if (decided instanceof Refusal) return decided;
    let folded: unknown = state;
    for (const [nth, event] of decided.entries()) {
      const fact: unknown = recorded(event, planned, nth, this.now);
      folded = decider.evolve(
        folded as Parameters<typeof decider.evolve>[0],
        fact as Parameters<typeof decider.evolve>[1],
      );
      this.events.push(event);
    }
    this.#states.set(streamId, folded);
    return decided;
  }

  #react(raise: PlannedCommand, { id, data }: Extract<Intent, { type: 'RaiseReferral' }>): void {
    const { familyId, childIds, from, to } = data;
    const contactId = contactOpenedBy(eventIdOf(raise));
    this.execute({
      ...raise,
      occurredAt: this.now,
      learnedAt: this.now,
      commandId: `${raise.commandId} reaction`,
      intent: {
        category: 'contact',
        id: contactId,
        type: 'ReceiveContact',
        data: {
          hub: to,
          channel: 'form',
          source: '8',
          referrer: from,
          referralId: id,
          familyId,
          childIds,
        },
      },
    });
  }

  #context({ commandId, actor, intent, ...when }: PlannedCommand): CommandContext {
    const { occurredAt, occurredPrecision, learnedAt, imported } = when;
    return {
      commandId,
      correlationId: commandId,
      subjectId: intent.id,
      actor,
      now: this.now,
      occurredAt,
      ...(occurredPrecision ? { occurredPrecision } : {}),
      ...(learnedAt === undefined ? {} : { learnedAt }),
      ...(imported ? { imported } : {}),
    };
  }
}

function recorded(
  event: DomainEvent,
  planned: PlannedCommand,
  nth: number,
  recordedAt: string,
): RecordedFact<DomainEvent> {
  const { occurredAt, commandId, actor } = planned;
  return {
    ...event,
    id: eventIdOf(planned, nth),
    metadata: { occurredAt, recordedAt, commandId, recordedBy: actor.id },
  };
}

/** The union of all kinds of command is more than the compiler follows. */
function ofItsKind(command: object): never;
function ofItsKind(command: object): object {
  return command;
}
