import type { Cursor, EventLog, Followed, FollowOptions } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { over } from '../../planted/over.js';
import type { Seams } from '../world/seams.js';

/** Says that an event is recorded and records it a little later. */
export function acknowledgeBeforeCommit(): Partial<Seams> {
  return {
    commandLog: (log) =>
      over(log, (inner) => ({
        append: async (streamId, expected, events) => {
          inner.append(streamId, expected, events).catch(() => undefined);
          return { revision: (expected === 'no-stream' ? -1 : expected) + events.length };
        },
      })),
  };
}

/** Does not see that a command was done before. */
export function noIdempotencyLookUp(): Partial<Seams> {
  let read = 0;
  return {
    commandLog: (log) =>
      over(log, (inner) => ({
        readStream: async (...asked) => {
          const events = await inner.readStream(...asked);
          return events.map((event) => {
            const commandId = derivedId('not the command', (read += 1));
            return { ...event, metadata: { ...event.metadata, commandId } };
          });
        },
      })),
  };
}

/**
 * Hands out positions when an append is asked for and follows by them alone: what commits behind a
 * position already read is never seen.
 */
export function barePositionCursor(): Partial<Seams> {
  let positions = 0;
  const positionOf = new Map<string, number>();
  const atCursor = new Map<Cursor, number>();
  async function* follow(log: EventLog, options: FollowOptions): AsyncGenerator<Followed> {
    let last = atCursor.get(options.after ?? '') ?? 0;
    for await (const followed of log.follow(options)) {
      if (followed.kind === 'caughtUp') {
        yield followed;
        continue;
      }
      const events = followed.events.filter(({ id, cursor }) => {
        const position = positionOf.get(id) ?? last;
        if (position < last) return false;
        last = position;
        atCursor.set(cursor, position);
        return true;
      });
      if (events.length > 0) yield { kind: 'events', events };
    }
  }
  return {
    log: (log) =>
      over(log, (inner) => ({
        append: (streamId, expected, events) => {
          for (const { id } of events) positionOf.set(id, (positions += 1));
          return inner.append(streamId, expected, events);
        },
        follow: (options) => follow(inner, options),
      })),
  };
}

/** Gives what follows from a cause a new id each time it is asked. */
export function reactionWithoutDerivedIds(): Partial<Seams> {
  let asked = 0;
  return {
    reaction: (reaction) =>
      over(reaction, (inner) => ({
        react: async (...given) => {
          const consequences = await inner.react(...given);
          return consequences.map((consequence) => {
            const step = derivedId('not the step', (asked += 1));
            const { intent } = consequence;
            const isReception = intent.type === 'ReceiveContact';
            return {
              ...consequence,
              step,
              intent: isReception ? { ...intent, id: step } : intent,
            };
          });
        },
      })),
  };
}
