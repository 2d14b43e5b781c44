import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventShape } from '@common-thread/eventing/event-shapes';
import { namesPeople, personal } from '@common-thread/eventing/event-shapes';
import { inWords } from './breaking-change.js';
import { brokenEvents } from './event-changes.js';
import { eventSchemas } from './event-schemas.js';

const closed = { additionalProperties: false };
const fields = {
  guestId: namesPeople(Type.String()),
  seats: Type.Integer({ minimum: 1, maximum: 8 }),
  room: Type.Enum<['garden', 'cellar']>(['garden', 'cellar']),
  dishes: Type.Array(Type.String({ maxLength: 20 }), { minItems: 1 }),
  host: Type.String({ pattern: '^[a-z]+\\.(inn|pub)$' }),
  colour: Type.Optional(Type.String()),
  wish: Type.Optional(personal(Type.String(), 'guestId')),
};
const booked: EventShape = { version: 1, data: Type.Object(fields, closed) };
const moved: EventShape = {
  version: 1,
  targets: 'moves',
  data: Type.Object({ moves: Type.String() }, closed),
};

function schemasOf(contexts: Readonly<Record<string, EventContext>>) {
  return eventSchemas(contexts, { event: (type) => type, field: (_, field) => field });
}

function declared(
  TableBooked: EventShape,
  { recordClass = 'booking', category = 'table' } = {},
): ReturnType<typeof schemasOf> {
  return schemasOf({ [category]: { recordClass, shapes: { TableBooked, TableMoved: moved } } });
}

const released = declared(booked);
const { seats: _, ...seatless } = fields;
const { wish: __, ...wishless } = fields;
const { colour: ___, ...colourless } = fields;

/** The event with other fields, at a version. */
function having(data: Parameters<typeof Type.Object>[0], version = 1): EventShape {
  return { version, data: Type.Object(data, closed) };
}

describe('a change to a released event', () => {
  it.each([
    ['a field is removed', having(colourless), 'TableBooked/colour: this field is gone'],
    [
      'a field is renamed',
      having({ ...seatless, places: fields.seats }),
      'TableBooked/seats: this field is gone',
    ],
    [
      'an optional field is made required',
      having({ ...fields, colour: Type.String() }),
      'TableBooked/colour: it is required and was optional',
    ],
    [
      'a new field is required',
      having({ ...fields, lamp: Type.String() }),
      'TableBooked/lamp: this new field is required, and nothing stored has it',
    ],
    [
      'a code is taken away',
      having({ ...fields, room: Type.Enum<['garden']>(['garden']) }),
      'TableBooked/room: code cellar is gone',
    ],
    [
      'a text becomes a list of codes',
      having({ ...fields, colour: Type.Optional(Type.Enum<['red']>(['red'])) }),
      'TableBooked/colour: it is bound to a list of codes',
    ],
    [
      'another type is declared',
      having({ ...fields, seats: Type.String() }),
      'TableBooked/seats: type is "string" and was "integer"',
    ],
    [
      'a pattern is asked for',
      having({ ...fields, colour: Type.Optional(Type.String({ pattern: '^r' })) }),
      'TableBooked/colour: it must match "^r"',
    ],
    [
      'a pattern is changed',
      having({ ...fields, host: Type.String({ pattern: '^[a-z]+$' }) }),
      'TableBooked/host: it must match ^[a-z]+$ and had to match',
    ],
    [
      'a word of a pattern is taken away',
      having({ ...fields, host: Type.String({ pattern: '^[a-z]+\\.(inn|bar)$' }) }),
      'TableBooked/host: code pub is gone',
    ],
    [
      'a limit is tightened',
      having({ ...fields, seats: Type.Integer({ minimum: 2, maximum: 8 }) }),
      'TableBooked/seats: minimum is 2 and was 1',
    ],
    [
      'a limit within a list is set',
      having({ ...fields, dishes: Type.Array(Type.String({ maxLength: 10 }), { minItems: 1 }) }),
      'TableBooked/dishes: item: maxLength is 10 and was 20',
    ],
    [
      'a list may hold nothing twice',
      having({
        ...fields,
        dishes: Type.Array(Type.String({ maxLength: 20 }), { minItems: 1, uniqueItems: true }),
      }),
      'TableBooked/dishes: uniqueItems is true and was not given',
    ],
    [
      'a bound is used that is not understood',
      having({ ...fields, seats: Type.Integer({ minimum: 1, maximum: 8, multipleOf: 2 }) }),
      'TableBooked/seats: multipleOf is 2 and was not given',
    ],
    [
      'a sealed field is told in clear',
      having({ ...fields, wish: Type.Optional(Type.String()) }),
      'TableBooked/wish: it was sealed and would stand in clear',
    ],
    [
      'a plain field is sealed',
      having({ ...fields, colour: Type.Optional(personal(Type.String(), 'guestId')) }),
      'TableBooked/colour: it stands in clear in the log for ever',
    ],
    [
      'a field is sealed for somebody else',
      having({ ...fields, wish: Type.Optional(personal(Type.String(), 'stream')) }),
      'TableBooked/wish: whom it is sealed for is stream and was guestId',
    ],
    [
      'a field gives another away',
      having({ ...fields, wish: Type.Optional(personal(Type.String(), 'guestId', true)) }),
      'TableBooked/wish: its mark that another value can be worked out from it is true',
    ],
    [
      'a field no longer says that it names people',
      having({ ...fields, guestId: Type.String() }),
      'TableBooked/guestId: its mark that it names people, by which rows are split by family, is not set',
    ],
    ['a sealed field is removed', having(wishless), 'TableBooked/wish: this sealed field is gone'],
    [
      'a sealed field is removed in a new version',
      having(wishless, 2),
      'TableBooked/wish: this sealed field is gone',
    ],
    [
      'a sealed field is told in clear in a new version',
      having({ ...fields, wish: Type.Optional(Type.String()) }, 2),
      'TableBooked/wish: it was sealed and would stand in clear',
    ],
    [
      'the version is lowered',
      having(fields, 0),
      'TableBooked: version 1 is released and version 0',
    ],
  ])('is named when %s', (_name, shape, words) => {
    const found = brokenEvents(released, declared(shape)).map(inWords);
    expect(found).toContainEqual(expect.stringContaining(words));
    // A field renamed is one gone and one new; a text made a list of codes is another type as well.
    expect(found.length).toBeLessThanOrEqual(2);
    for (const each of found) expect(each).toMatch(/\. [A-Z].*\.$/); // and what to do instead
  });

  it('is named when a type has another name', () => {
    const renamed = schemasOf({
      table: { recordClass: 'booking', shapes: { TableTaken: booked, TableMoved: moved } },
    });
    expect(brokenEvents(released, renamed).map(inWords)).toEqual([
      'TableBooked: it is no longer declared, and the log holds it. A stored name lasts for ever: put it ' +
        'back. Nobody need record it any more.',
    ]);
  });

  it('is named when an event moves to other streams, keys or targets', () => {
    const elsewhere = brokenEvents(released, declared(booked, { category: 'desk' })).map(inWords);
    expect(elsewhere).toContainEqual(
      expect.stringContaining('TableBooked: it is no longer recorded in streams table-…'),
    );
    const otherClass = brokenEvents(released, declared(booked, { recordClass: 'guest' }));
    expect(otherClass.map(inWords)).toContainEqual(
      expect.stringContaining('TableBooked: its record class is guest and was booking'),
    );
    const { targets: _targets, ...aimless } = moved;
    const shapes = { TableBooked: booked, TableMoved: aimless };
    const untargeted = schemasOf({ table: { recordClass: 'booking', shapes } });
    expect(brokenEvents(released, untargeted).map(inWords)).toEqual([
      expect.stringContaining(
        'TableMoved: its field naming what it corrects or withdraws is not set',
      ),
    ]);
  });

  it('is named once where several released versions break alike', () => {
    const both = { ...released, ...declared(having(fields, 2)) };
    expect(brokenEvents(both, declared(having(wishless, 3)))).toHaveLength(1);
  });
});

describe('a released event stays as it is', () => {
  it.each([
    ['nothing changes', booked],
    ['an optional field is added', having({ ...fields, lamp: Type.Optional(Type.String()) })],
    [
      'an optional sealed field is added',
      having({ ...fields, plea: Type.Optional(personal(Type.String(), 'stream')) }),
    ],
    [
      'a required field is made optional',
      having({ ...fields, seats: Type.Optional(fields.seats) }),
    ],
    [
      'a code is added',
      having({
        ...fields,
        room: Type.Enum<['attic', 'garden', 'cellar']>(['attic', 'garden', 'cellar']),
      }),
    ],
    [
      'a word of a pattern is added',
      having({ ...fields, host: Type.String({ pattern: '^[a-z]+\\.(inn|pub|bar)$' }) }),
    ],
    [
      'a limit is loosened',
      having({ ...fields, seats: Type.Integer({ minimum: 0, maximum: 12 }) }),
    ],
    ['a limit is dropped', having({ ...fields, dishes: Type.Array(Type.String()) })],
    [
      'fields are described and ordered anew',
      having({
        ...colourless,
        colour: fields.colour,
        seats: Type.Integer({ minimum: 1, maximum: 8, description: 'Chairs' }),
      }),
    ],
    [
      'a new version has other fields',
      having({ ...seatless, adults: Type.Integer(), children: Type.Integer() }, 2),
    ],
    [
      'a new version narrows a list of codes',
      having({ ...fields, room: Type.Enum<['garden']>(['garden']) }, 2),
    ],
  ])('when %s', (_name, shape) => {
    expect(brokenEvents(released, declared(shape))).toEqual([]);
  });

  it('when another event, or another kind of stream, is added', () => {
    const shapes = { TableBooked: booked, TableMoved: moved, TableLeft: having({}) };
    const more = schemasOf({
      table: { recordClass: 'booking', shapes },
      terrace: { recordClass: 'booking', shapes: { TableMoved: moved } },
    });
    expect(brokenEvents(released, more)).toEqual([]);
  });
});
