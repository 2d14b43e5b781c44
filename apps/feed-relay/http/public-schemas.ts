import { lineOf, union } from '@common-thread/disclosure/cells';
import type { Column } from '@common-thread/disclosure/disclosure-table';
import { envelopeFields, isFollowing } from '@common-thread/disclosure/disclosure-table';
import {
  INVOLVEMENT_BEGAN,
  INVOLVEMENT_ENDED,
  publicType,
  schemaUri,
} from '@common-thread/disclosure/public-events';
import { codec, contexts } from '@common-thread/domain/event-catalogue';
import type { Audience } from '@common-thread/domain/identifiers';
import { BOX_PREFIX } from '@common-thread/eventing/sealing';

export type JsonSchema = Readonly<Record<string, unknown>>;

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const salt = { type: 'string', description: 'Keeps bodyhash from being guessed.' };

/**
 * The JSON Schema (2020-12) of the `data` of a public type, for one audience: the fields its cells may
 * hold, from the declarations and the disclosure table. Undefined for a type this audience is never told.
 */
export function publicSchema(type: string, audience: Audience): JsonSchema | undefined {
  if (type === publicType(INVOLVEMENT_BEGAN) || type === publicType(INVOLVEMENT_ENDED)) {
    const service = { type: 'string', description: 'A recipient.' };
    return isToldOfExistence(audience) ? schemaOf(type, { service }) : undefined;
  }
  const eventType = codec.types.find((known) => publicType(lineOf(known).publicType) === type);
  if (eventType === undefined) return undefined;
  const fields = fieldsFor(eventType, audience);
  return fields && schemaOf(type, propertiesOf(eventType, fields));
}

/** Every type this audience may be told, by name. */
export function publicTypesFor(audience: Audience): string[] {
  const types = codec.types.map((eventType) => publicType(lineOf(eventType).publicType));
  const involvement = [publicType(INVOLVEMENT_BEGAN), publicType(INVOLVEMENT_ENDED)];
  return [...types, ...involvement].filter((type) => publicSchema(type, audience)).sort();
}

function isToldOfExistence(audience: Audience): boolean {
  return codec.types.some((eventType) => {
    const line = lineOf(eventType);
    return !isFollowing(line) && line[audience].grade === 'existence';
  });
}

/** Whose streams these are: of the others anybody may be the author. */
const authors: Readonly<Record<string, Audience>> = {
  registration: 'childrens-centre',
  caseload: 'health-visiting',
  contact: 'safeguarding-hub',
};

/** The most an audience may be told of an event, in whatever part; undefined where nothing. */
function fieldsFor(eventType: string, audience: Audience): readonly string[] | undefined {
  const line = lineOf(eventType);
  if (isFollowing(line)) {
    return line.follows === 'withdraws' ? [] : correctedFields(eventType, audience);
  }
  const author = authors[categoryOf(eventType)] ?? audience;
  const columns: Column[] = [
    'referrer',
    audience,
    ...(author === audience ? ['author' as const] : []),
  ];
  const { grade, fields } = union(line, columns);
  return grade === 'withheld' || grade === 'existence' ? undefined : fields;
}

/** A correction holds those fields that changed of what was told. */
function correctedFields(eventType: string, audience: Audience): string[] | undefined {
  const { data, targets } = codec.shapeOf(eventType);
  const told = Object.keys(contexts[categoryOf(eventType)]?.shapes ?? {})
    .filter((other) => !isFollowing(lineOf(other)))
    .map((other) => fieldsFor(other, audience));
  if (told.every((fields) => fields === undefined)) return undefined;
  const known = new Set(told.flatMap((fields) => fields ?? []));
  return Object.keys(data.properties).filter((field) => field !== targets && known.has(field));
}

/** The kind of stream an event is recorded in; of one shared by several, the first. */
function categoryOf(eventType: string): string {
  const found = Object.entries(contexts).find(([, { shapes }]) => eventType in shapes);
  return found?.[0] ?? '';
}

function propertiesOf(eventType: string, fields: readonly string[]): Record<string, JsonSchema> {
  const { properties } = codec.shapeOf(eventType).data;
  const sealed = new Set(codec.personalFieldsOf(eventType).map(({ field }) => field));
  return Object.fromEntries(
    fields.map((field) => [field, fieldSchema(field, properties[field], sealed.has(field))]),
  );
}

function fieldSchema(field: string, declared: object | undefined, sealed: boolean): JsonSchema {
  if (sealed) {
    return {
      type: 'string',
      pattern: `^${BOX_PREFIX.replaceAll('.', '\\.')}`,
      description: 'Sealed: open it with POST /v1/reveal of the vault.',
    };
  }
  if (envelopeFields.some((known) => known === field)) return { type: 'string' };
  return { ...declared };
}

/** No field but the salt is required: a cell may tell less, and a row names its own family's people only. */
function schemaOf(type: string, properties: Record<string, JsonSchema>): JsonSchema {
  return {
    $schema: DIALECT,
    $id: schemaUri(type),
    title: type,
    type: 'object',
    properties: { ...properties, salt },
    required: ['salt'],
    additionalProperties: false,
  };
}
