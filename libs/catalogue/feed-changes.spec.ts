import { inWords } from './breaking-change.js';
import type { Feeds } from './feed-changes.js';
import { brokenFeeds } from './feed-changes.js';
import type { JsonSchema } from './json-schema.js';
import { BOX_PATTERN } from './json-schema.js';

const TYPE = 'uk.common-thread.table.booked.v1';
const NEXT = 'uk.common-thread.table.booked.v2';
const sealed = { type: 'string', pattern: BOX_PATTERN };
const fields: Readonly<Record<string, JsonSchema>> = {
  room: { enum: ['garden', 'cellar'] },
  seats: { type: 'integer', maximum: 8 },
  wish: sealed,
  salt: { type: 'string' },
};

function schemaOf(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = ['salt'],
): JsonSchema {
  return { type: 'object', properties, required };
}

function feedsOf(
  types: Readonly<Record<string, JsonSchema>>,
  { tableVersion = 1, envelope = schemaOf({ id: { type: 'string' } }, ['id']) } = {},
): Feeds {
  return { tableVersion, envelope, audiences: { 'childrens-centre': types }, retired: {} };
}

const released = feedsOf({ [TYPE]: schemaOf(fields) });
const { room: _, ...roomless } = fields;

describe('a change to a released feed', () => {
  it.each([
    [
      'a type is told under another name',
      { 'uk.common-thread.table.taken.v1': schemaOf(fields) },
      'this audience is no longer told it',
    ],
    [
      'a type goes back to an earlier version',
      { 'uk.common-thread.table.booked.v0': schemaOf(fields) },
      'this audience is no longer told it',
    ],
    [
      'a field is no longer told',
      { [TYPE]: schemaOf(roomless) },
      '/room: this field is no longer told',
    ],
    [
      'a field is told under another name',
      { [TYPE]: schemaOf({ ...roomless, place: fields.room! }) },
      '/room: this field is no longer told',
    ],
    [
      'a field that was always there is optional',
      { [TYPE]: schemaOf(fields, []) },
      '/salt: it was always there and is optional',
    ],
    [
      'a field is required that rows told before are without',
      { [TYPE]: schemaOf(fields, ['salt', 'seats']) },
      '/seats: it is required',
    ],
    [
      'a field has another type',
      { [TYPE]: schemaOf({ ...fields, seats: { type: 'string' } }) },
      '/seats: type is "string" and was "integer"',
    ],
    [
      'a code that rows hold is taken away',
      { [TYPE]: schemaOf({ ...fields, room: { enum: ['garden'] } }) },
      '/room: code cellar is gone',
    ],
    [
      'a list of codes becomes free text',
      { [TYPE]: schemaOf({ ...fields, room: { type: 'string' } }) },
      '/room: it is no longer a list of codes',
    ],
    [
      'a limit is tightened',
      { [TYPE]: schemaOf({ ...fields, seats: { type: 'integer', maximum: 4 } }) },
      '/seats: maximum is 4 and was 8',
    ],
    [
      'a limit that readers rely on is loosened',
      { [TYPE]: schemaOf({ ...fields, seats: { type: 'integer', maximum: 9 } }) },
      '/seats: maximum is 9 and was 8',
    ],
    [
      'a field is told in clear',
      { [TYPE]: schemaOf({ ...fields, wish: { type: 'string' } }) },
      '/wish: it is told in clear and was sealed',
    ],
    [
      'a field is sealed',
      { [TYPE]: schemaOf({ ...fields, seats: sealed }) },
      '/seats: it is sealed and was told in clear',
    ],
    [
      'fields more are forbidden',
      { [TYPE]: { ...schemaOf(fields), additionalProperties: false } },
      `${TYPE}: additionalProperties is false`,
    ],
  ])('is named when %s', (_name, types, words) => {
    const found = brokenFeeds(released, feedsOf(types)).map(inWords);
    expect(found).toContainEqual(expect.stringContaining(words));
    expect(found.length).toBeLessThanOrEqual(2); // another type has other bounds, too
    for (const each of found) expect(each).toMatch(/^childrens-centre: .*\. [A-Z].*\.$/);
  });

  it('is named when the envelope loses, changes or no longer promises an attribute', () => {
    const told = (envelope: JsonSchema) => feedsOf({ [TYPE]: schemaOf(fields) }, { envelope });
    const id = { type: 'string' };
    for (const [envelope, words] of [
      [schemaOf({}), 'envelope/id: this field is no longer told'],
      [schemaOf({ id: { type: 'integer' } }, ['id']), 'envelope/id: type is "integer"'],
      [schemaOf({ id }, []), 'envelope/id: it was always there and is optional'],
    ] as const) {
      const [first] = brokenFeeds(released, told(envelope)).map(inWords);
      expect(first).toContain(words);
    }
    const more = schemaOf({ id, traceparent: { type: 'string' } }, ['id']);
    expect(brokenFeeds(released, told(more))).toEqual([]);
  });
});

describe('a released feed stays as it is', () => {
  it.each([
    ['nothing changes', { [TYPE]: schemaOf(fields) }],
    ['a field more is told', { [TYPE]: schemaOf({ ...fields, lamp: { type: 'string' } }) }],
    [
      'a code more may come',
      { [TYPE]: schemaOf({ ...fields, room: { enum: ['attic', 'garden', 'cellar'] } }) },
    ],
    [
      'a type more is told',
      { [TYPE]: schemaOf(fields), 'uk.common-thread.table.left.v1': schemaOf(fields) },
    ],
    ['a later version is told in its place', { [NEXT]: schemaOf(roomless) }],
    [
      'fields are described anew',
      { [TYPE]: schemaOf({ ...fields, seats: { ...fields.seats, description: 'Chairs' } }) },
    ],
  ])('when %s', (_name, types) => {
    expect(brokenFeeds(released, feedsOf(types))).toEqual([]);
  });

  it('when a new version of the disclosure table tells less, and only then', () => {
    const decided = { tableVersion: 2 };
    expect(brokenFeeds(released, feedsOf({}, decided))).toEqual([]);
    expect(brokenFeeds(released, feedsOf({ [TYPE]: schemaOf(roomless) }, decided))).toEqual([]);
    const retired = { 'childrens-centre': { [TYPE]: schemaOf(fields) } };
    expect(brokenFeeds({ ...feedsOf({}), retired }, feedsOf({}))).toEqual([]);
    const narrowed = schemaOf({ ...fields, room: { enum: ['garden'] } });
    expect(brokenFeeds(released, feedsOf({ [TYPE]: narrowed }, decided))).toHaveLength(1);
    // Told again, it is still what rows told before name.
    const again = brokenFeeds({ ...feedsOf({}), retired }, feedsOf({ [TYPE]: narrowed }));
    expect(again.map(inWords)).toEqual([expect.stringContaining('/room: code cellar is gone')]);
  });
});
