import { acceptableAppend } from './acceptable-append.js';
import {
  APPEND_BYTES_MAX,
  APPEND_EVENTS_MAX,
  UnacceptableEvent,
  type NewEvent,
} from './event-log.js';
import { derivedId } from './identifiers.js';

function event(change: Partial<NewEvent> = {}): NewEvent {
  return {
    id: derivedId('spec', 1),
    type: 'ReferralRaised',
    version: 1,
    data: { level: '3' },
    metadata: {
      commandId: derivedId('spec', 2),
      fingerprint: 'fp',
      correlationId: derivedId('spec', 3),
      organisation: 'larkfield-centres',
      recordedBy: 'worker-1',
      role: 'centre-worker',
      occurredAt: '2026-01-05T09:00:00.000Z',
      recordedAt: '2026-01-05T09:00:00.000Z',
    },
    ...change,
  };
}

const many = (count: number) =>
  Array.from({ length: count }, (_, nth) => event({ id: derivedId('spec', 'many', nth) }));

describe('acceptableAppend', () => {
  it('gives the JSON of what may be stored, emoji and written-out escapes included', () => {
    const data = { concern: '👶 C:\\u0000 "quoted"\n' };
    const [encoded] = acceptableAppend('referral-1', 'no-stream', [event({ data })]);
    expect(JSON.parse(encoded!.data)).toEqual(data);
    expect(acceptableAppend('referral-1', 0, many(APPEND_EVENTS_MAX))).toHaveLength(500);
  });

  it.each<[string, string, number | 'no-stream', NewEvent[], RegExp]>([
    ['no events', 'referral-1', 0, [], /1 to 500 events/],
    ['too many events', 'referral-1', 0, many(APPEND_EVENTS_MAX + 1), /not 501/],
    ['one id twice', 'referral-1', 0, [event(), event()], /one event id twice/],
    ['an empty stream id', '', 0, [event()], /stream id/],
    ['a stream id with a space', 'referral 1', 0, [event()], /stream id/],
    ['a revision below 0', 'referral-1', -1, [event()], /count from 0/],
    ['a revision beyond any stream', 'referral-1', 2 ** 31, [event()], /count from 0/],
    ['a revision that is no number', 'referral-1', NaN, [event()], /count from 0/],
    ['an id that is no UUID', 'referral-1', 0, [event({ id: '17' })], /lower-case UUID/],
    ['an upper-case id', 'referral-1', 0, [event({ id: event().id.toUpperCase() })], /UUID/],
    ['no type', 'referral-1', 0, [event({ type: '' })], /type of event/],
    ['no version', 'referral-1', 0, [event({ version: 1.5 })], /version/],
    ['a NUL in a value', 'referral-1', 0, [event({ data: { a: ['x\0'] } })], /NUL/],
    ['a NUL after a backslash', 'referral-1', 0, [event({ data: { a: '\\\0' } })], /NUL/],
    ['a NUL in a key', 'referral-1', 0, [event({ data: { 'a\0': 1 } })], /NUL/],
    ['half a surrogate pair', 'referral-1', 0, [event({ data: { a: '\ud83d' } })], /surrogate/],
    ['a BigInt', 'referral-1', 0, [event({ data: { a: 1n } })], /no JSON object/],
    [
      'too many bytes',
      'referral-1',
      0,
      [event({ data: { a: '£'.repeat(APPEND_BYTES_MAX / 2) } })],
      /split it/,
    ],
  ])('refuses %s', (_, streamId, expected, events, reason) => {
    const attempt = () => acceptableAppend(streamId, expected, events);
    expect(attempt).toThrow(UnacceptableEvent);
    expect(attempt).toThrow(reason);
  });
});
