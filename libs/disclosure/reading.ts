import { lineOf } from './cells.js';
import { disclosure } from './disclosure.js';
import type { CellsLine } from './disclosure-table.js';
import { isFollowing } from './disclosure-table.js';
import type { Policy } from './policy.js';
import { familiesOfStream, membershipsOf, stands } from './policy.js';
import type { Worker } from './places.js';
import { isInReach, partsAtPlaces } from './places.js';
import { tablesLeft, tablesSince } from './tables.js';
import { kindOf, tellingOf } from './telling.js';

/** Where a sealed field was recorded, as its authenticated header says, and whom it is about. */
export interface Origin {
  readonly eventId: string;
  readonly eventType: string;
  readonly streamId: string;
  readonly field: string;
  /** The subjects of its key: people, or the stream's own id where nobody was known. */
  readonly subjects: readonly string[];
}

/** A correction's fields are told as those of the event it corrects. */
const corrected: Readonly<Record<string, string>> = {
  PersonDetailsCorrected: 'PersonRegistered',
  AddressCorrected: 'MembershipBegan',
};

/**
 * On what ground a worker may read a sealed field now, as an envelope words it; undefined where they may
 * not. The cells are those by which their recipient was told it; the relationship and the agreements are
 * today's, because ending one ends reading at once, while authorship stays. Of a text about several
 * people each must belong to a family in the worker's reach.
 */
export function groundToRead(policy: Policy, worker: Worker, origin: Origin): string | undefined {
  const line = cellsOf(origin.eventType);
  if (!line || !stands(policy, origin.eventId)) return undefined;
  const parts = partsAtPlaces(policy, worker, origin.streamId);
  const reached = reachedBy(policy, line, origin);
  const inReach = reached.map((families) =>
    families.filter((id) => isInReach(policy, worker, id)),
  );
  const entitled = inReach.length > 0 && inReach.every((families) => families.length > 0);
  // A text about several people may be read on a consent of a family that all of them belong to.
  const shared = (inReach[0] ?? []).filter((id) => inReach.every((their) => their.includes(id)));
  const { streamId, eventType } = origin;
  const event = { type: corrected[eventType] ?? eventType, streamId };
  // By the table of now, else by one it was told by: a switch takes nothing back.
  // What was withdrawn is known by none of those before that; an author's own record is never withdrawn so.
  const known = parts.includes('author')
    ? tablesSince(policy, origin.eventId)
    : tablesLeft(policy, origin.eventId, {
        recipient: worker.recipient,
        kind: kindOf(event.type),
      });
  for (const table of known.reverse()) {
    const telling = tellingOf(policy, worker.recipient, event, parts, entitled, shared, table);
    const isTold = telling.grade === 'content' && telling.fields.includes(origin.field);
    if (isTold) return telling.grounds.join('+');
  }
  return undefined;
}

/** The families a field is about; none where it is no field of an event that tells any. */
export function familiesAbout(policy: Policy, origin: Origin): readonly string[] {
  const cells = cellsOf(origin.eventType);
  return cells ? reachedBy(policy, cells, origin).flat() : [];
}

/** Whether a line (`family/<id>`, `contact/<id>`) is one on whose page the field has a place. */
export function isOnLine(policy: Policy, origin: Origin, line: string): boolean {
  const cells = cellsOf(origin.eventType);
  if (!cells) return false;
  const [kind, id] = line.split('/');
  if (id === undefined) return false;
  const families = reachedBy(policy, cells, origin).flat();
  if (kind === 'family') return families.includes(id);
  if (kind !== 'contact') return false;
  const contact = `contact-${id}`;
  if (origin.streamId === contact) return true;
  return familiesOfStream(policy, contact).some((familyId) => families.includes(familyId));
}

/** The families a field reaches: those of each person it is about, or the one its stream names. */
function reachedBy(policy: Policy, line: CellsLine<string>, origin: Origin): string[][] {
  if (line.reaches !== 'people') return [familiesOfStream(policy, origin.streamId)];
  // Left members included: what was told of them while they belonged stays in the family's
  // history.
  return origin.subjects.map((personId) =>
    membershipsOf(policy, personId).flatMap(({ familyId }) => familyId ?? []),
  );
}

/**
 * The cells that govern an event's fields; none for a type that tells no fields, or is no event's.
 */
function cellsOf(eventType: string): CellsLine<string> | undefined {
  const type = corrected[eventType] ?? eventType;
  if (!Object.hasOwn(disclosure, type)) return undefined;
  const line = lineOf(type);
  return isFollowing(line) ? undefined : line;
}
