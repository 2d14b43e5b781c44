import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventShape, PersonalField } from '@common-thread/eventing/event-shapes';
import { personalFields } from '@common-thread/eventing/event-shapes';
import type { JsonSchema } from './json-schema.js';
import { asSchema, BOX_PATTERN, DIALECT, membersOf } from './json-schema.js';

/** What events and their fields mean, in words. */
export interface EventWords {
  event(type: string): string;
  field(type: string, field: string): string;
}

/** `ReferralRaised.v1` */
export function versionName(type: string, version: number): string {
  return `${type}.v${version}`;
}

/**
 * The JSON Schemas (2020-12) of the private events of some contexts as they are stored, by name and version:
 * sealed fields are boxes. `x-` keywords hold what else was declared: streams and record class, what an
 * event follows, whom a box is sealed for, which fields name people.
 */
export function eventSchemas(
  contexts: Readonly<Record<string, EventContext>>,
  words: EventWords,
): Record<string, JsonSchema> {
  const declared = new Map<string, Declared>();
  for (const [category, { recordClass, shapes }] of Object.entries(contexts)) {
    for (const [type, shape] of Object.entries(shapes)) {
      const known = declared.get(type); // one declared once and shared belongs to several
      if (known) known.categories.push(category);
      else declared.set(type, { shape, recordClass, categories: [category] });
    }
  }
  return Object.fromEntries(
    [...declared].map(([type, each]) => [
      versionName(type, each.shape.version),
      schemaOf(type, each, words),
    ]),
  );
}

interface Declared {
  readonly shape: EventShape;
  readonly recordClass: string;
  readonly categories: string[];
}

function schemaOf(
  type: string,
  { shape, recordClass, categories }: Declared,
  words: EventWords,
): JsonSchema {
  const { properties: _, ...data } = asSchema(shape.data);
  const sealed = new Map(personalFields(shape).map((field) => [field.field, field]));
  const fields = membersOf(asSchema(shape.data), 'properties').map(([field, schema]) => [
    field,
    { ...asStored(schema, sealed.get(field)), description: words.field(type, field) },
  ]);
  return {
    $schema: DIALECT,
    $id: `https://common-thread.uk/events/${versionName(type, shape.version)}`,
    title: type,
    description: words.event(type),
    'x-version': shape.version,
    'x-streams': categories,
    'x-record-class': recordClass,
    ...(shape.targets === undefined ? {} : { 'x-targets': shape.targets }),
    ...data,
    properties: Object.fromEntries(fields) as JsonSchema,
  };
}

/** A sealed field holds a box, whatever its text must be before it is sealed. */
function asStored(schema: JsonSchema, sealed: PersonalField | undefined): JsonSchema {
  if (!sealed) return schema;
  const marks = Object.entries(schema).filter(([keyword]) => keyword.startsWith('x-'));
  return { type: 'string', pattern: BOX_PATTERN, ...Object.fromEntries(marks) };
}
