import { lineOf, union } from '@common-thread/disclosure/cells';
import type { Column } from '@common-thread/disclosure/disclosure-table';
import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import {
  FAMILY_SHARED,
  INVOLVEMENT_BEGAN,
  INVOLVEMENT_ENDED,
  publicType,
  publicTypeOf,
  schemaUri,
} from '@common-thread/disclosure/public-events';
import { codec, contexts } from '@common-thread/domain/event-catalogue';
import type { Audience } from '@common-thread/domain/identifiers';
import { meaningOfEvent, meaningOfField, meaningOfPublicType } from './event-words.js';
import type { JsonSchema } from './json-schema.js';
import { asSchema, BOX_PATTERN, DIALECT } from './json-schema.js';

const involvements = [INVOLVEMENT_BEGAN, INVOLVEMENT_ENDED];
const salt = { type: 'string', description: 'Keeps bodyhash from being guessed.' };

/**
 * The JSON Schema (2020-12) of the `data` of a public type, for one audience: the fields its cells may
 * hold, from the declarations and the disclosure table. Undefined for a type this audience is never told.
 */
export function publicSchema(type: string, audience: Audience): JsonSchema | undefined {
  const involvement = involvements.find((name) => publicType(name) === type);
  if (involvement !== undefined) {
    const service = { type: 'string', description: 'The recipient that is involved.' };
    return isToldOfExistence(audience)
      ? schemaOf(type, meaningOfPublicType(involvement), { service })
      : undefined;
  }
  if (type === publicType(FAMILY_SHARED)) {
    return isToldOfRestrictions(audience) || !relating.includes(audience)
      ? undefined
      : schemaOf(type, meaningOfPublicType(FAMILY_SHARED), {});
  }
  const eventType = codec.types.find((known) => publicTypeOf(lineOf(known)) === type);
  if (eventType === undefined) return undefined;
  const fields = fieldsFor(eventType, audience);
  return fields && schemaOf(type, meaningOfEvent(eventType), fieldsOf(eventType, fields));
}

/** Every type this audience may be told, by name. */
export function publicTypesFor(audience: Audience): string[] {
  const types = codec.types.map((eventType) => publicTypeOf(lineOf(eventType)));
  return [...types, ...[...involvements, FAMILY_SHARED].map((name) => publicType(name))]
    .filter((type) => publicSchema(type, audience))
    .sort();
}

function isToldOfExistence(audience: Audience): boolean {
  return codec.types.some((eventType) => {
    const line = lineOf(eventType);
    if (isFollowing(line) || line.involvement === undefined) return false;
    // An agreement may let no more than existence be told of what a cell tells at a higher grade.
    return line[audience].grade !== 'withheld';
  });
}

/**
 * Whose streams these are, and so who is ever entitled to a family. Of the others whoever is may be the
 * author; nobody else refers anybody.
 */
const authors: Readonly<Record<string, Audience>> = {
  registration: 'childrens-centre',
  caseload: 'health-visiting',
  contact: 'safeguarding-hub',
  restriction: 'safeguarding-hub',
  sharing: 'safeguarding-hub',
};
const relating = Object.values(authors);

/** By its cells: everybody else hears of a lifting only that a family is shared. */
function isToldOfRestrictions(audience: Audience): boolean {
  return fieldsFor('RestrictionLifted', audience) !== undefined;
}

/** The most an audience may be told of an event, in whatever part; undefined where nothing. */
function fieldsFor(eventType: string, audience: Audience): readonly string[] | undefined {
  const line = lineOf(eventType);
  if (isFollowing(line)) {
    return line.follows === 'withdraws' ? [] : correctedFields(eventType, audience);
  }
  const author = authors[categoryOf(eventType)] ?? audience;
  const parts = relating.includes(audience)
    ? [...(author === audience ? ['author' as const] : []), 'referrer' as const]
    : [];
  const columns: Column[] = [...parts, audience];
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

function fieldsOf(eventType: string, fields: readonly string[]): Record<string, JsonSchema> {
  const { properties } = codec.shapeOf(eventType).data;
  const sealed = new Set(codec.personalFieldsOf(eventType).map(({ field }) => field));
  return Object.fromEntries(
    fields.map((field) => {
      const description = meaningOfField(eventType, field);
      if (sealed.has(field)) return [field, sealedField(description)];
      const declared = asSchema(properties[field] ?? { type: 'string' });
      return [field, { ...withoutMarks(declared), description }];
    }),
  );
}

function sealedField(meaning: string): JsonSchema {
  return {
    type: 'string',
    pattern: BOX_PATTERN,
    description: `${meaning}. Sealed: open it with POST /v1/reveal of the vault.`,
  };
}

/** What is told apart in the log, and nothing to a reader. */
function withoutMarks(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([word]) => !word.startsWith('x-')));
}

/**
 * No field but the salt is required: a cell may tell less, and a row names its own family's people only.
 * Open, because a field more may come under the same type: readers pass over what they do not know.
 */
function schemaOf(
  type: string,
  meaning: string,
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return {
    $schema: DIALECT,
    $id: schemaUri(type),
    title: type,
    description: meaning,
    type: 'object',
    properties: { ...properties, salt },
    required: ['salt'],
  };
}
