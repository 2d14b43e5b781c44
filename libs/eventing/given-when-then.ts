import type { Command, CommandContext, Decider, RecordedFact } from './decider.js';
import { Refusal } from './decider.js';
import type { DomainEvent } from './event-shapes.js';
import { derivedId } from './identifiers.js';

/** An invented context for specs: fixed time, fixed ids. */
export function contextAt(now: string, change: Partial<CommandContext> = {}): CommandContext {
  return {
    commandId: derivedId('spec', now),
    correlationId: derivedId('spec', 'correlation'),
    subjectId: derivedId('spec', 'subject'),
    actor: {
      id: 'worker-1',
      organisation: 'agency',
      recipient: 'agency.childrens-centre',
      role: 'worker',
    },
    now,
    occurredAt: now,
    ...change,
  };
}

export type GivenFact<Event> = Event & { readonly at?: string; readonly id?: string };

/** `given(decider, past).when(command)` gives what the rules decide; `.state()` what the past folds to. */
export function given<C extends Command, Event extends DomainEvent, State>(
  decider: Decider<C, Event, State>,
  past: readonly GivenFact<Event>[],
) {
  const state = past.reduce<State>(
    (s, fact, nth) => decider.evolve(s, recorded(fact, nth)),
    decider.initialState,
  );
  return {
    state: (): State => state,
    when(command: C): { events: readonly Event[]; refused: string | undefined } {
      const decided = decider.decide(command, state);
      return decided instanceof Refusal
        ? { events: [], refused: decided.code }
        : { events: decided, refused: undefined };
    },
  };
}

function recorded<Event extends DomainEvent>(
  fact: GivenFact<Event>,
  nth: number,
): RecordedFact<Event> {
  const at = fact.at ?? '2026-01-05T09:00:00.000Z';
  return {
    ...fact,
    id: fact.id ?? derivedId('given', nth),
    metadata: {
      occurredAt: at,
      recordedAt: at,
      commandId: derivedId('given', nth),
      recordedBy: 'worker-0',
    },
  };
}
