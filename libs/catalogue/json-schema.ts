import { BOX_PREFIX } from '@common-thread/eventing/sealing';

/** A JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** What stands in a sealed field. */
export const BOX_PATTERN = `^${BOX_PREFIX.replaceAll('.', '\\.')}`;

/** Named members of a schema, in order; none where it has no such keyword. */
export function membersOf(schema: JsonSchema, keyword: string): [string, JsonSchema][] {
  const members = schema[keyword];
  if (typeof members !== 'object' || members === null) return [];
  return Object.entries(members).map(([name, member]) => [name, asSchema(member)]);
}

export function propertiesOf(schema: JsonSchema): ReadonlyMap<string, JsonSchema> {
  return new Map(membersOf(schema, 'properties'));
}

/** The strings of a keyword that holds a list of them; none where it has no such keyword. */
export function textsOf(schema: JsonSchema, keyword: string): readonly string[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

/** A schema in the form in which it is written to a file. */
export function asSchema(value: unknown): JsonSchema {
  const plain: unknown = JSON.parse(JSON.stringify(value));
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain)
    ? Object.fromEntries(Object.entries(plain))
    : {};
}
