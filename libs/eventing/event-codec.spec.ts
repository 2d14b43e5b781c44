import Type from 'typebox';
import type { EventContext, Upcasts } from './event-codec.js';
import { EventCodec, UnknownEventType, UnreachableVersion } from './event-codec.js';
import type { StoredEvent } from './event-log.js';
import { UnacceptableEvent } from './event-log.js';
import { personal } from './event-shapes.js';

/*
 * An event of the tests alone that has been changed twice: version 2 splits `seats` by kind, version 3
 * renames what was left and tells where. What was sealed at version 1 is still in the box of that day.
 */
const upcasts: Upcasts = {
  TableBooked: {
    1: ({ seats, ...kept }) => ({ ...kept, adults: seats, children: 0 }),
    2: ({ adults, ...kept }) => ({ ...kept, grown: adults, room: 'unknown' }),
  },
};
const closed = { additionalProperties: false };
const context: EventContext = {
  recordClass: 'booking',
  shapes: {
    TableBooked: {
      version: 3,
      data: Type.Object(
        {
          guestId: Type.String(),
          grown: Type.Integer({ minimum: 0 }),
          children: Type.Integer({ minimum: 0 }),
          room: Type.String(),
          wish: Type.Optional(personal(Type.String(), 'guestId')),
        },
        closed,
      ),
    },
    TableLeft: { version: 1, data: Type.Object({}, closed) },
  },
  upcasts,
};
const codec = new EventCodec([context]);
const wish = 'box.v1.aGVhZGVy.c2VhbGVk';

function stored(version: number, data: StoredEvent['data'], type = 'TableBooked'): StoredEvent {
  return {
    id: '00000000-0000-5000-8000-000000000001',
    type,
    version,
    data,
    streamId: 'table-1',
    revision: 0,
    cursor: '0',
    metadata: {
      commandId: '00000000-0000-5000-8000-000000000002',
      fingerprint: 'fingerprint',
      correlationId: '00000000-0000-5000-8000-000000000003',
      organisation: 'an-inn',
      recordedBy: 'worker-1',
      role: 'host',
      occurredAt: '2026-01-05T09:00:00.000Z',
      recordedAt: '2026-01-05T09:00:00.000Z',
    },
  };
}

describe('an event of an earlier version', () => {
  it.each([
    [1, { guestId: 'g', seats: 4, wish }],
    [2, { guestId: 'g', adults: 4, children: 0, wish }],
    [3, { guestId: 'g', grown: 4, children: 0, room: 'unknown', wish }],
  ])('%i is read as the current one, boxes as they were sealed', (version, data) => {
    const event = codec.decode(stored(version, data));
    expect([event.version, event.data]).toEqual([
      3,
      { guestId: 'g', grown: 4, children: 0, room: 'unknown', wish },
    ]);
  });

  it('keeps its stream, id and metadata, and what is stored is left alone', () => {
    const old = stored(1, { guestId: 'g', seats: 4 });
    const before = structuredClone(old);
    const { data: _, version: __, ...rest } = codec.decode(old);
    expect(rest).toEqual({ ...before, data: undefined, version: undefined });
    expect(old).toEqual(before);
  });

  it('is written at the current version from now on', () => {
    const event = codec.decode(stored(1, { guestId: 'g', seats: 4, wish }));
    expect(codec.encode({ ...event, version: 1 }).version).toBe(3);
  });

  it('is refused where it does not hold what its version held', () => {
    const wrong = stored(2, { guestId: 'g', seats: 4 });
    expect(() => codec.decode(wrong)).toThrow(UnacceptableEvent);
    expect(() => codec.decode(stored(0, { guestId: 'g' }))).toThrow('version 0 has no upcast');
  });
});

describe('an event of a later version', () => {
  it('is refused, also where its data looks like ours, and says what to run', () => {
    const data = { guestId: 'g', grown: 4, children: 0, room: 'garden' };
    expect(() => codec.decode(stored(4, data))).toThrow(/version 4 is newer than version 3.*run/);
    expect(() => codec.decode(stored(1, {}, 'TableMoved'))).toThrow(UnknownEventType);
  });
});

describe('the steps of an event', () => {
  it.each([
    [
      'leave out a version',
      { TableBooked: { 2: upcasts.TableBooked![2]! } },
      'version 1 has no upcast to 2',
    ],
    ['are forgotten', {}, 'version 1 has no upcast to 2, version 2 has no upcast to 3'],
    [
      'start from the current version',
      { TableBooked: { ...upcasts.TableBooked, 3: (data) => ({ ...data }) } },
      'there is nothing to upcast from version 3',
    ],
    [
      'are filed under a name nobody declares',
      { ...upcasts, TableBokked: {} },
      'no event of the context is named TableBokked',
    ],
  ] satisfies [string, Upcasts, string][])(
    'are refused at once when they %s',
    (_, given, words) => {
      const build = () => new EventCodec([{ ...context, upcasts: given }]);
      expect(build).toThrow(UnreachableVersion);
      expect(build).toThrow(words);
    },
  );
});
