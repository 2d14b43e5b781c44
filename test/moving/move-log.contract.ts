import { EventStoreDbEventLog } from '@common-thread/adapters/eventstoredb/event-log';
import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import {
  LogUnavailable,
  type Appended,
  type ExpectedRevision,
  type NewEvent,
  type StoredEvent,
} from '@common-thread/eventing/event-log';
import { contentsOf, importEvents } from '../../apps/standalone/moving/import-events.js';
import { eventNamed, eventsNamed, readAll } from '../contracts/event-log-reader.js';
import { EventStoreDbDouble } from '../engines/eventstoredb-double/eventstoredb-double.js';

/** Dies, as far as the move can see, once it has appended so often. */
class DyingLog extends EventStoreDbEventLog {
  appendsLeft = Infinity;

  override async append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    this.appendsLeft -= 1;
    if (this.appendsLeft < 0) throw new LogUnavailable('killed');
    return super.append(streamId, expected, events);
  }
}

describe('importing a log into EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let source: MemoryEventLog;
  let target: DyingLog;
  const { signal } = new AbortController();
  const move = () => importEvents(source, target, { signal, onProgress: () => undefined });
  const withoutCursors = (events: readonly StoredEvent[]) =>
    events.map(({ cursor: _, ...event }) => event);

  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    target = new DyingLog({ connectionString: double.connectionString });
    source = new MemoryEventLog();
    for (const stream of ['referral-1', 'contact-1', 'referral-2']) {
      await source.append(stream, 'no-stream', eventsNamed(`${stream} first`, 3));
    }
    await source.append('contact-1', 2, eventsNamed('contact-1 second', 2));
    await source.append('referral-1', 2, eventsNamed('referral-1 second', 1));
  });
  afterEach(async () => {
    await target.close();
    double.die();
  });

  it('keeps ids, order, revisions and all metadata, and has cursors of a new epoch', async () => {
    await move();
    const moved = await readAll(target);
    expect(withoutCursors(moved)).toEqual(withoutCursors(await readAll(source)));
    expect(new Set(moved.map(({ cursor }) => cursor.split('.')[0]))).toEqual(new Set(['2']));
    const [left, arrived] = [await contentsOf(source, signal), await contentsOf(target, signal)];
    expect(arrived).toEqual(left);
    expect(left).toMatchObject({ events: 12 });
    expect(left.streams.get('contact-1')).toBe(5);
  });

  it.each([0, 1, 2, 3, 4])('goes on after it was killed after %d appends', async (appends) => {
    target.appendsLeft = appends;
    await expect(move()).rejects.toThrow('killed');
    target.appendsLeft = Infinity;
    await move();
    await move();
    expect(withoutCursors(await readAll(target))).toEqual(withoutCursors(await readAll(source)));
  });

  it('stops between two appends when it is told to, and goes on', async () => {
    const stopping = new AbortController();
    const stopped = importEvents(source, target, {
      signal: stopping.signal,
      onProgress: (held) => held >= 6 && stopping.abort(),
    });
    await expect(stopped).rejects.toThrow();
    expect((await readAll(target)).length).toBeLessThan(12);
    await move();
    expect(await readAll(target)).toHaveLength(12);
  });

  it('puts nothing on top of events that are not its own', async () => {
    await target.append('referral-9', 'no-stream', [eventNamed('foreign')]);
    await expect(move()).rejects.toThrow(/holds ReferralRaised .* where/);
    expect(await readAll(target)).toHaveLength(1);
  });

  it('refuses a log that has gone on since, or that differs in a word', async () => {
    await move();
    await target.append('referral-2', 2, [eventNamed('since')]);
    await expect(move()).rejects.toThrow(/which the log to move does not/);
    const [first] = await source.readStream('referral-1');
    const other = new MemoryEventLog();
    await other.append('referral-1', 'no-stream', [
      { ...eventNamed('referral-1 first/0'), data: { name: 'another' } },
    ]);
    expect((await readAll(other))[0]!.id).toBe(first!.id);
    source = other;
    await expect(move()).rejects.toThrow(/where/);
  });
});
