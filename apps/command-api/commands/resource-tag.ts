import { lineOf, rank } from '@common-thread/disclosure/cells';
import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import type { Policy } from '@common-thread/disclosure/policy';
import { gradeFor } from '@common-thread/disclosure/telling';
import { codec } from '@common-thread/domain/event-catalogue';
import type { RecipientId } from '@common-thread/domain/identifiers';
import { peopleFields } from '@common-thread/eventing/event-shapes';

/** What of an event its tag rests on. */
export interface TaggedEvent {
  readonly id: string;
  readonly type: string;
  readonly streamId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The tag of a stream as one recipient knows it: the occurrence id of the last of its events that this
 * recipient is told of (ADR 2). What is withheld from it changes nothing here. Undefined where it is
 * told of none.
 */
export function tagOf(
  policy: Policy,
  recipient: RecipientId,
  history: readonly TaggedEvent[],
): string | undefined {
  const last = history.findLast((event) => isTold(policy, recipient, event, history));
  return last && occurrenceIdOf(last.id, recipient);
}

function isTold(
  policy: Policy,
  recipient: RecipientId,
  event: TaggedEvent,
  history: readonly TaggedEvent[],
): boolean {
  const line = lineOf(event.type);
  const { id, type, streamId, data } = event;
  const shape = codec.shapeOf(type);
  if (isFollowing(line)) {
    // A correction or withdrawal is told to whoever was told of its target.
    const target = history.find(({ id }) => id === data[shape.targets ?? '']);
    return target !== undefined && isTold(policy, recipient, target, history);
  }
  const personIds = line.reaches === 'people' ? peopleNamedIn(data, peopleFields(shape)) : [];
  const { grade } = gradeFor(policy, recipient, { id, type, streamId, personIds });
  return rank(grade) >= rank('notice');
}

function peopleNamedIn(data: TaggedEvent['data'], fields: readonly string[]): string[] {
  return fields
    .flatMap((field): unknown => data[field])
    .filter((personId) => typeof personId === 'string');
}
