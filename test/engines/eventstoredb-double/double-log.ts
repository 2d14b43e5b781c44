import { EventEmitter } from 'node:events';

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: bigint;
  /** Byte offset at which the record begins: not consecutive, as on the server. */
  readonly position: bigint;
  readonly createdMs: number;
}

export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';

export type Outcome =
  | { readonly kind: 'written'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'conflict'; readonly current: bigint | 'no_stream' }
  | { readonly kind: 'deleted' };

/** Bytes that a record takes besides its own. */
const RECORD_BYTES = 96n;
const NOTHING = -1n;

/**
 * What the double holds, and the server's rules for it, each as measured on a real node: those of
 * idempotence are narrower, and those of positions stranger, than one would think.
 */
export class DoubleLog {
  /** Emits `appended`. */
  readonly changes = new EventEmitter().setMaxListeners(0);
  readonly #all: Recorded[] = [];
  readonly #streams = new Map<string, Recorded[]>();
  /** Every position ever handed out; scavenging does not take it back. */
  readonly #handedOut = new Set<bigint>();
  /** Ids lately seen by stream: all that protects an append at any revision, gone with a restart. */
  readonly #lately = new Map<string, Recorded>();
  readonly #tombstones = new Set<string>();
  /** By stream: revisions below are gone, but go on being counted. */
  readonly #truncatedBefore = new Map<string, bigint>();
  #end = 0n;

  get all(): readonly Recorded[] {
    return this.#all;
  }

  /** What a reader of one stream finds; nothing where it never was or was deleted softly. */
  stream(name: string): readonly Recorded[] {
    const before = this.#truncatedBefore.get(name) ?? 0n;
    return (this.#streams.get(name) ?? []).filter(({ revision }) => revision >= before);
  }

  isTombstoned(name: string): boolean {
    return this.#tombstones.has(name);
  }

  isHandedOut(position: bigint): boolean {
    return this.#handedOut.has(position);
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome {
    if (this.#tombstones.has(stream)) return { kind: 'deleted' };
    const current = this.#revisionOf(stream);
    if (isAt(expected, current, this.stream(stream).length > 0)) {
      const earlier = expected === 'any' ? this.#writtenLately(stream, events) : undefined;
      return earlier ?? this.#write(stream, events);
    }
    const earlier = this.#writtenAt(stream, expected, events);
    return earlier ?? { kind: 'conflict', current: current < 0n ? 'no_stream' : current };
  }

  /** Reads find no such stream from now on; numbers go on where they were. */
  deleteSoftly(stream: string): void {
    this.#truncatedBefore.set(stream, this.#revisionOf(stream) + 1n);
  }

  tombstone(stream: string): void {
    this.#tombstones.add(stream);
  }

  /** Takes what was deleted out of `$all`. */
  scavenge(): void {
    const kept = this.#all.filter(({ stream, revision }) => {
      const before = this.#truncatedBefore.get(stream) ?? 0n;
      return !this.#tombstones.has(stream) && revision >= before;
    });
    this.#all.splice(0, this.#all.length, ...kept);
  }

  /** As after a restart of the server. */
  forgetLately(): void {
    this.#lately.clear();
  }

  /** Another log with what this one holds up to a position, as a backup of its files would be. */
  restoredUpTo(position: bigint): DoubleLog {
    const kept = this.#all.filter((record) => record.position <= position);
    return DoubleLog.holding(kept);
  }

  /** A log whose files hold just these records, where they stand. */
  static holding(records: readonly Recorded[]): DoubleLog {
    const log = new DoubleLog();
    for (const record of records) log.#insert(record);
    return log;
  }

  #revisionOf(stream: string): bigint {
    return this.#streams.get(stream)?.at(-1)?.revision ?? NOTHING;
  }

  #write(stream: string, events: readonly Proposed[]): Outcome {
    for (const event of events) {
      this.#insert({
        ...event,
        stream,
        revision: this.#revisionOf(stream) + 1n,
        position: this.#end,
        createdMs: Date.now(),
      });
    }
    if (events.length > 0) this.changes.emit('appended');
    const last = this.#streams.get(stream)?.at(-1);
    return { kind: 'written', revision: last?.revision ?? 0n, position: last?.position ?? 0n };
  }

  #insert(record: Recorded): void {
    this.#all.push(record);
    const stream = this.#streams.get(record.stream);
    if (stream) stream.push(record);
    else this.#streams.set(record.stream, [record]);
    this.#handedOut.add(record.position);
    this.#lately.set(`${record.stream} ${record.id}`, record);
    const bytes = record.data.length + record.metadata.length + record.type.length;
    this.#end = record.position + RECORD_BYTES + BigInt(bytes);
  }

  /** The same ids in the same places: answered as the first time, whatever their bodies are now. */
  #writtenAt(
    stream: string,
    expected: Expected,
    events: readonly Proposed[],
  ): Outcome | undefined {
    if (typeof expected !== 'bigint' && expected !== 'no_stream') return undefined;
    const first = expected === 'no_stream' ? 0 : Number(expected) + 1;
    const held = this.#streams.get(stream)?.slice(first, first + events.length) ?? [];
    const last = held.at(-1);
    if (!last || !events.every(({ id }, nth) => held[nth]?.id === id)) return undefined;
    return { kind: 'written', revision: last.revision, position: last.position };
  }

  #writtenLately(stream: string, events: readonly Proposed[]): Outcome | undefined {
    const held = events.map(({ id }) => this.#lately.get(`${stream} ${id}`));
    const last = held.at(-1);
    if (!last || held.includes(undefined)) return undefined;
    return { kind: 'written', revision: last.revision, position: last.position };
  }
}

function isAt(expected: Expected, current: bigint, isThere: boolean): boolean {
  if (expected === 'any') return true;
  if (expected === 'no_stream') return !isThere;
  return expected === 'stream_exists' ? isThere : expected === current;
}
