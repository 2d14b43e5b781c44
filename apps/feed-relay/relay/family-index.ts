import type { EventRef } from './fact.js';

/** A place in a line's index: what a recipient's cursor holds. */
export interface Place {
  /** Ordinal of the event by which the entry became this line's: its own, or its membership's or link's. */
  readonly attachedAt: number;
  readonly ordinal: number;
  /** The person through whom the event reaches the family; empty where it names the family itself. */
  readonly personId: string;
}

/** One event that is part of a line's history. Entries are only ever added, in the order of places. */
export interface IndexEntry extends EventRef, Place {
  /** Event id of the membership or link it rests on; once that is withdrawn it never was this family's. */
  readonly via: string | null;
}

export function comparePlaces(a: Place, b: Place): number {
  return (
    a.attachedAt - b.attachedAt ||
    a.ordinal - b.ordinal ||
    (a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0)
  );
}

export function placeOf({ attachedAt, ordinal, personId }: Place): Place {
  return { attachedAt, ordinal, personId };
}

/** One line's history and how far each recipient has been told of it. */
export interface LineState {
  readonly entries: IndexEntry[];
  /** By recipient. */
  readonly cursors: Map<string, Place>;
  /** `<recipient> <service>`: what each was last told of a service's existence. */
  readonly involved: Map<string, boolean>;
}

export function noLine(): LineState {
  return { entries: [], cursors: new Map(), involved: new Map() };
}

export function involvementKey(recipient: string, service: string): string {
  return `${recipient} ${service}`;
}
