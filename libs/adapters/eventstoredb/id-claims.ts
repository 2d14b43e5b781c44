import { randomUUID } from 'node:crypto';
import { jsonEvent } from '@eventstore/db-client';
import type { Connection } from './connection.js';
import { isConflict } from './faults.js';
import { readLast } from './reading.js';
import type { StreamNames } from './streams.js';

/** Where an event is about to be written, or was first tried. */
export interface Slot {
  readonly id: string;
  readonly streamId: string;
  readonly revision: number;
}

export interface Claim extends Slot {
  /** Nobody had claimed the id before: it is in no stream. */
  readonly isNew: boolean;
}

/** Claims of this process, remembered so that an append tried again need not ask for them. */
const REMEMBERED_MAX = 10_000;
/** So that a large append does not use up the time of its own last claims. */
const CLAIMED_AT_ONCE = 100;

/**
 * Keeps event ids unique in the whole log, which the server does not: to it an id is known within a
 * stream, at its revision. Before an event is written, a stream named for its id says in which stream,
 * and that it is at no lower revision than that of the first try (ADR 0070).
 */
export class IdClaims {
  readonly #remembered = new Map<string, Slot>();

  constructor(
    private readonly connection: Connection,
    private readonly names: StreamNames,
  ) {}

  async claim(slots: readonly Slot[]): Promise<Claim[]> {
    const claims: Claim[] = [];
    for (let first = 0; first < slots.length; first += CLAIMED_AT_ONCE) {
      const some = slots.slice(first, first + CLAIMED_AT_ONCE);
      claims.push(...(await Promise.all(some.map((slot) => this.#claim(slot)))));
    }
    return claims;
  }

  /** These ids have been looked for in their stream below a revision, and were not found. */
  notBelow(revision: number, slots: readonly Slot[]): void {
    for (const { id, streamId } of slots) this.#remember({ id, streamId, revision });
  }

  async #claim(slot: Slot): Promise<Claim> {
    const known = this.#remembered.get(slot.id);
    if (known && isWithin(known, slot)) return { ...known, isNew: false };
    if (await this.#write(slot, 'no_stream')) return { ...slot, isNew: true };
    for (;;) {
      const last = await readLast(this.connection, this.names.ofEventId(slot.id));
      if (!last) return this.#claim(slot);
      const earlier = last.data as object as Slot;
      if (isWithin(earlier, slot)) {
        this.#remember(earlier);
        return { ...earlier, isNew: false };
      }
      // The first try was beyond the end of its stream: this one stands before it.
      if (await this.#write(slot, last.revision)) return { ...slot, isNew: false };
    }
  }

  /** @returns false where something was claimed before */
  async #write(
    { id, streamId, revision }: Slot,
    expected: bigint | 'no_stream',
  ): Promise<boolean> {
    // An id of its own, new each time: a claim is never mistaken for another's retry.
    const claim = jsonEvent({
      id: randomUUID(),
      type: 'EventIdClaimed',
      data: { id, streamId, revision },
    });
    try {
      await this.connection.call(
        `claiming an id for ${streamId}`,
        (client) =>
          client.appendToStream(this.names.ofEventId(id), claim, { expectedRevision: expected }),
        isConflict,
      );
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
    this.#remember({ id, streamId, revision });
    return true;
  }

  #remember(slot: Slot): void {
    this.#remembered.delete(slot.id);
    this.#remembered.set(slot.id, slot);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED_MAX) this.#remembered.delete(oldest!);
  }
}

function isWithin(earlier: Slot, { streamId, revision }: Slot): boolean {
  return earlier.streamId !== streamId || earlier.revision <= revision;
}
