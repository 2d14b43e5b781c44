import type { Static, TObject, TString } from 'typebox';

/**
 * One event as it is declared: its current schema version and its data. The declaration is the only
 * one: type, run-time check, JSON Schema, fields to seal and fields that name people come from it.
 */
export interface EventShape<Data extends TObject = TObject> {
  readonly version: number;
  readonly data: Data;
  /** The data field holding the id of the event this one corrects or withdraws. */
  readonly targets?: string;
}

export type EventShapes = Readonly<Record<string, EventShape>>;

/** The events of one set of shapes, as a union told apart by `type`. */
export type EventIn<Shapes extends EventShapes> = {
  [Type in keyof Shapes & string]: {
    readonly type: Type;
    readonly data: Static<Shapes[Type]['data']>;
  };
}[keyof Shapes & string];

export interface DomainEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The data of one event of a union, by its type. */
export type DataOf<Event extends DomainEvent, Type extends Event['type']> = Extract<
  Event,
  { readonly type: Type }
>['data'];

/** How a personal field is sealed. */
export interface PersonalField {
  readonly field: string;
  /** The data field naming the subject person or people; the stream itself where that is empty. */
  readonly subject: string;
  /** A value from which a personal one could be worked out: sealed, and sorted by a coarser plain one. */
  readonly inferable: boolean;
}

const SUBJECT = 'x-subject';
const INFERABLE = 'x-inferable';

/**
 * Marks a text as personal: it is sealed for `subject` before it is appended and stays sealed in the
 * log, in feeds and in every read model. `'stream'` seals for the stream's own subject (a contact
 * before anybody is known).
 */
export function personal(schema: TString, subject: string, inferable = false): TString {
  const marks = { [SUBJECT]: subject, ...(inferable ? { [INFERABLE]: true } : {}) };
  return Object.assign({}, schema, marks);
}

/** The personal fields of an event, in declaration order. */
export function personalFields(shape: EventShape): PersonalField[] {
  return Object.entries(shape.data.properties).flatMap(([field, schema]) => {
    const subject: unknown = Reflect.get(schema, SUBJECT);
    return typeof subject === 'string'
      ? [{ field, subject, inferable: Reflect.get(schema, INFERABLE) === true }]
      : [];
  });
}

const PERSON = 'x-person';

/** Marks a schema (one id, or a list of ids) as naming people, so that a row can keep its own family's only. */
export function namesPeople<Schema extends object>(schema: Schema): Schema {
  return Object.assign({}, schema, { [PERSON]: true });
}

/** The fields of an event that name people. */
export function peopleFields(shape: EventShape): string[] {
  return Object.entries(shape.data.properties).flatMap(([field, schema]) =>
    Reflect.get(schema, PERSON) === true ? [field] : [],
  );
}
