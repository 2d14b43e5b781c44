import { Compile } from 'typebox/compile';
import type { NewEvent, StoredEvent } from './event-log.js';
import { UnacceptableEvent } from './event-log.js';
import type { DomainEvent, EventShape, EventShapes, PersonalField } from './event-shapes.js';
import { personalFields } from './event-shapes.js';
import { isBox } from './sealing.js';

/** One step from the version it is filed under to the next. Never sees inside a box. */
export type Upcast = (data: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Upcasts by event type and the version they start from. */
export type Upcasts = Readonly<Record<string, Readonly<Record<number, Upcast>>>>;

/** The events of one context with what sealing needs to know of them. */
export interface EventContext {
  /** Retention class of its personal fields: keys are per subject, class and controller. */
  readonly recordClass: string;
  readonly shapes: EventShapes;
  readonly upcasts?: Upcasts;
}

/** An event read back: current version, checked, boxes unopened. */
export type RecordedEvent<Event extends DomainEvent = DomainEvent> = Event &
  Omit<StoredEvent, 'type' | 'data'>;

interface Entry {
  readonly shape: EventShape;
  readonly recordClass: string;
  readonly personal: readonly PersonalField[];
  readonly check: {
    Check(value: unknown): boolean;
    Errors(value: unknown): { instancePath: string; message: string }[];
  };
  readonly upcasts: Readonly<Record<number, Upcast>>;
}

export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';
}

/** The upcasts of an event do not lead from every version there was to the current one. */
export class UnreachableVersion extends Error {
  override readonly name = 'UnreachableVersion';
}

/** Encodes what deciders record and decodes what the log holds, for the contexts it is given. */
export class EventCodec {
  readonly #entries = new Map<string, Entry>();

  /** @throws UnreachableVersion at once, rather than when the first old event is read */
  constructor(contexts: readonly EventContext[]) {
    for (const context of contexts) {
      for (const [type, shape] of Object.entries(context.shapes)) {
        if (this.#entries.has(type)) continue; // RecordWithdrawn is declared once and shared
        const upcasts = context.upcasts?.[type] ?? {};
        mustReachEveryVersion(type, shape.version, upcasts);
        this.#entries.set(type, {
          shape,
          recordClass: context.recordClass,
          personal: personalFields(shape),
          check: Compile(shape.data),
          upcasts,
        });
      }
      const strangers = Object.keys(context.upcasts ?? {}).filter((t) => !(t in context.shapes));
      if (strangers.length > 0) {
        throw new UnreachableVersion(`no event of the context is named ${strangers.join(', ')}`);
      }
    }
  }

  get types(): readonly string[] {
    return [...this.#entries.keys()];
  }

  shapeOf(type: string): EventShape {
    return this.#entry(type).shape;
  }

  recordClassOf(type: string): string {
    return this.#entry(type).recordClass;
  }

  personalFieldsOf(type: string): readonly PersonalField[] {
    return this.#entry(type).personal;
  }

  /** Refuses what does not match its declaration, and any personal field that is not sealed. */
  encode(event: NewEvent): NewEvent {
    const entry = this.#entry(event.type);
    if (!entry.check.Check(event.data)) {
      const [first] = entry.check.Errors(event.data);
      throw new UnacceptableEvent(
        `${event.type}${first?.instancePath ?? ''}: ${first?.message ?? 'does not match its declaration'}`,
      );
    }
    for (const { field } of entry.personal) {
      const value = event.data[field];
      if (value !== undefined && !isBox(value)) {
        throw new UnacceptableEvent(`${event.type}/${field} is personal and is not sealed`);
      }
    }
    return { ...event, version: entry.shape.version };
  }

  /** Brings a stored event to its current version. @throws UnknownEventType, UnacceptableEvent */
  decode<Event extends DomainEvent>(stored: StoredEvent): RecordedEvent<Event> {
    const entry = this.#entry(stored.type);
    if (stored.version > entry.shape.version) {
      throw new UnacceptableEvent(
        `${stored.type} version ${stored.version} is newer than version ${entry.shape.version}, ` +
          'the newest known here: run the release that recorded it, or a later one',
      );
    }
    let data: Readonly<Record<string, unknown>> = stored.data;
    for (let version = stored.version; version < entry.shape.version; version += 1) {
      const step = entry.upcasts[version];
      if (!step) throw new UnacceptableEvent(`${stored.type} version ${version} has no upcast`);
      data = step(data);
    }
    if (!entry.check.Check(data)) {
      throw new UnacceptableEvent(`${stored.type} ${stored.id} does not match its declaration`);
    }
    // Checked against the declaration that gives the type: the one boundary where it is asserted.
    return { ...stored, data, version: entry.shape.version } as RecordedEvent<Event>;
  }

  #entry(type: string): Entry {
    const entry = this.#entries.get(type);
    if (!entry) throw new UnknownEventType(`no context declares ${type}`);
    return entry;
  }
}

function mustReachEveryVersion(
  type: string,
  current: number,
  upcasts: Readonly<Record<number, Upcast>>,
): void {
  const earlier = Array.from({ length: current - 1 }, (_, nth) => nth + 1);
  const missing = earlier.filter((version) => !upcasts[version]);
  const idle = Object.keys(upcasts).filter((version) => !earlier.includes(Number(version)));
  if (missing.length === 0 && idle.length === 0) return;
  throw new UnreachableVersion(
    `${type} is at version ${current}: ` +
      [
        ...missing.map((version) => `version ${version} has no upcast to ${version + 1}`),
        ...idle.map((version) => `there is nothing to upcast from version ${version}`),
      ].join(', '),
  );
}
