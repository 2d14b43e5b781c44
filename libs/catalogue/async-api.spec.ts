import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { schemaUri } from '@common-thread/disclosure/public-events';
import { audiences } from '@common-thread/domain/identifiers';
import { asyncApiDocument } from './async-api.js';
import type { JsonSchema } from './json-schema.js';
import { asSchema, membersOf } from './json-schema.js';
import { publishedTypesFor } from './published-schemas.js';

const path = createRequire(import.meta.url).resolve('@asyncapi/specs/schemas/3.0.0.json');
const specification = asSchema(JSON.parse(readFileSync(path, 'utf8')));

// The specification brings the schema of its own draft along.
const ajv = new Ajv({ strict: false, meta: false, validateSchema: false });
addFormats.default(ajv);
const validate = ajv.compile(specification);

const document = asSchema(asyncApiDocument());

/** The value a local reference of the document leads to. */
function at(reference: string): unknown {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, name) => (value as JsonSchema | undefined)?.[name], document);
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' ? [String(member)] : referencesIn(member),
  );
}

describe('the AsyncAPI document of the feeds', () => {
  it('is valid by the schema its makers publish', () => {
    expect([validate(document), validate.errors]).toEqual([true, null]);
  });

  it('would not be valid with a channel that sends what is no message', () => {
    const channels = { feed: { address: 'x', messages: { odd: { payload: { type: 7 } } } } };
    expect(validate({ ...document, channels })).toBe(false);
    expect(validate({ ...document, info: { title: 'no version' } })).toBe(false);
  });

  it('refers to nothing that it does not hold', () => {
    const references = referencesIn(document);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => at(reference) === undefined)).toEqual([]);
  });

  it.each(audiences.map((audience) => [audience]))(
    'has for %s its pages and its topic, with a message for each of its types and no other',
    (audience) => {
      for (const means of ['pages', 'tail']) {
        const channel = asSchema(at(`#/channels/${audience}.${means}`));
        const names = membersOf(channel, 'messages').map(([name]) => `uk.common-thread.${name}`);
        expect(names).toEqual(publishedTypesFor(audience));
      }
      const tail = asSchema(at(`#/channels/${audience}.tail`));
      expect(tail.address).toBe(`common-thread.feed.{organisation}.${audience}.v1`);
    },
  );

  it('names of every message the schema that its rows name', () => {
    const messages = membersOf(asSchema(at('#/components')), 'messages');
    for (const [, { name, payload }] of messages) {
      expect(JSON.stringify(payload)).toContain(`"${schemaUri(String(name))}"`);
    }
  });
});
