import fc from 'fast-check';

/** As much of JSON Schema as our own documents use. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Schemas by name, as `$ref` names them. */
export type Schemas = Readonly<Record<string, Schema>>;

/** What nothing of ours should choke on, or repeat. */
const odd: readonly unknown[] = [
  null, true, -1, 1e308, '', ' ', '\u0000', '\ud800', '__proto__', "'; drop table events; --", '=1+1', [], {}, [[]],
  '9999-12-31', '2026-02-30', 'x'.repeat(25_000), '\u202e\u200d', { constructor: { prototype: {} } },
]; // prettier-ignore

/** Values a schema lets through; ids among them are as often as not of somebody who is there. */
export function valueOf(
  schema: Schema,
  schemas: Schemas,
  ids: readonly string[],
): fc.Arbitrary<unknown> {
  const of = (inner: Schema) => valueOf(inner, schemas, ids);
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref.split('/').at(-1) ?? ''];
    if (!named) throw new Error(`the document names ${schema.$ref} and does not have it`);
    return of(named);
  }
  if (schema.allOf) {
    return fc
      .tuple(...schema.allOf.map(of))
      .map((parts) => Object.assign({}, ...parts) as unknown);
  }
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, of);
    case 'array':
      return fc.array(of(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 2),
      });
    case 'boolean':
      return fc.boolean();
    case 'number':
    case 'integer':
      return fc.integer();
    case undefined:
    default:
      return textOf(schema, ids);
  }
}

/** The same with one of its values, wherever it is, replaced by something odd, or one added. */
export function spoiled(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(value, fc.nat(), fc.constantFrom(...odd))
    .map(([whole, where, strange]) => replaced(whole, where, strange));
}

function objectOf(
  { properties = {}, required = [] }: Schema,
  of: (schema: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, of(schema)]),
  );
  const requiredKeys = Object.keys(fields).filter((name) => required.includes(name));
  return fc.record(fields, { requiredKeys });
}

function textOf(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const { format, pattern, minLength = 0, maxLength = 60 } = schema;
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (format === 'date') return fc.constantFrom('2026-11-20', '2025-02-03', '2026-11-26');
  if (format === 'date-time') return fc.constantFrom('2026-11-24T09:00:00.000Z', '2026-11-24');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({
    minLength,
    maxLength: Math.min(maxLength, minLength + 40),
    unit: 'grapheme',
  });
}

function replaced(whole: unknown, where: number, strange: unknown): unknown {
  if (Array.isArray(whole) && whole.length > 0) {
    const at = where % whole.length;
    const items: readonly unknown[] = whole;
    return items.map((item, nth) =>
      nth === at ? replaced(item, Math.floor(where / whole.length), strange) : item,
    );
  }
  if (typeof whole !== 'object' || whole === null) return strange;
  const names = [...Object.keys(whole), 'unasked'];
  const name = names[where % names.length] ?? 'unasked';
  const inner: unknown = Reflect.get(whole, name);
  return { ...whole, [name]: replaced(inner, Math.floor(where / names.length), strange) };
}
