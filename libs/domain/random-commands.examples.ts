import type { Command, CommandContext, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DomainEvent } from '@common-thread/eventing/event-shapes';
import { contextAt } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import fc from 'fast-check';

/** A command without its context; an id it names may be that of an earlier event, by number. */
export interface Step<C extends Command> {
  readonly ask: (idOfEarlier: string) => Pick<C, 'type' | 'data'>;
  readonly earlier: number;
  readonly daysAgo: number;
  readonly imported: boolean;
}

/**
 * Steps of one kind of stream, from the data its commands may carry. Mostly of today and with few
 * withdrawals, so that stories get far.
 */
export function steps<C extends Command>(
  asks: readonly fc.Arbitrary<Step<C>['ask']>[],
  withdrawal: fc.Arbitrary<Step<C>['ask']>,
): fc.Arbitrary<Step<C>[]> {
  const step = fc.record({
    ask: fc.oneof(...asks.map((arbitrary) => ({ arbitrary, weight: 6 })), {
      arbitrary: withdrawal,
      weight: 1,
    }),
    earlier: fc.nat({ max: 20 }),
    daysAgo: fc.oneof({ arbitrary: fc.constant(0), weight: 6 }, fc.nat({ max: 8 })),
    imported: fc.boolean(),
  });
  return fc.array(step, { maxLength: 40, size: 'max' });
}

/** One recorded event of a run. */
export interface Told<Event extends DomainEvent> {
  readonly event: Event & { readonly id: string };
  readonly imported: boolean;
}

export type Story<Event extends DomainEvent> = readonly Told<Event>[];

export interface Run<Event extends DomainEvent> {
  readonly story: Story<Event>;
  /** Commands that recorded something again when they were asked a second time at once. */
  readonly recordedTwice: readonly string[];
}

const now = '2026-03-20T10:00:00.000Z';
const dayMs = 24 * 60 * 60_000;

/** Runs the steps against one stream, asking each twice. */
export function run<C extends Command, Event extends DomainEvent, State>(
  decider: Decider<C, Event, State>,
  taken: readonly Step<C>[],
): Run<Event> {
  const story: Told<Event>[] = [];
  const recordedTwice: string[] = [];
  let state = decider.initialState;
  for (const [nth, step] of taken.entries()) {
    const command = commandOf<C>(step, nth, story);
    const decided = decider.decide(command, state);
    if (decided instanceof Refusal) continue;
    for (const [place, event] of decided.entries()) {
      const id = derivedId('random', nth, place);
      story.push({ event: { ...event, id }, imported: step.imported });
      const { occurredAt } = command.context;
      const recordedBy = command.context.actor.id;
      const metadata = { occurredAt, recordedAt: now, commandId: id, recordedBy };
      state = decider.evolve(state, { ...event, id, metadata });
    }
    const again = decider.decide(command, state);
    if (!(again instanceof Refusal) && again.length > 0) recordedTwice.push(command.type);
  }
  return { story, recordedTwice };
}

function commandOf<C extends Command>(
  { ask, earlier, daysAgo, imported }: Step<C>,
  nth: number,
  story: readonly { readonly event: { readonly id: string } }[],
): C {
  const idOfEarlier = story[earlier % Math.max(story.length, 1)]?.event.id;
  const change: Partial<CommandContext> = {
    commandId: derivedId('random', nth),
    occurredAt: new Date(Date.parse(now) - daysAgo * dayMs).toISOString(),
    // Two people take turns.
    actor: { ...contextAt(now).actor, id: `worker-${1 + (nth % 2)}` },
    ...(imported ? { imported: true } : {}),
  };
  // A step's type and data are one command's; only its context was left to be made here.
  return {
    ...ask(idOfEarlier ?? derivedId('random', 'nothing')),
    context: contextAt(now, change),
  } as C;
}
