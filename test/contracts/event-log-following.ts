import { CursorBeyondEpoch, LogUnavailable } from '@common-thread/eventing/event-log';
import type { EventLogEngine, OpenLog } from './event-log-engines.js';
import { eventNamed, eventsNamed, Reader, readAll } from './event-log-reader.js';

const BATCH_EVENTS_MAX = 1_000;

/** What a reader is told, from where, until when. */
export function describeFollowing(engine: EventLogEngine): void {
  describe('following', () => {
    let open: OpenLog;
    beforeEach(async () => (open = await engine.open()));
    afterEach(() => open.close());

    it('resumes after any cursor without a gap or a double', async () => {
      for (const stream of ['referral-1', 'contact-1', 'referral-2']) {
        await open.log.append(stream, 'no-stream', eventsNamed(stream, 4));
      }
      const all = await readAll(open.log);
      expect(all).toHaveLength(12);
      expect(new Set(all.map(({ cursor }) => cursor)).size).toBe(12);
      for (const [nth, { cursor }] of all.entries()) {
        expect(await readAll(open.log, { after: cursor })).toEqual(all.slice(nth + 1));
      }
    });

    it('tells an open reader of each append, then that it has caught up', async () => {
      const reader = new Reader(open.log);
      await reader.until(() => reader.caughtUp.length > 0);
      for (let nth = 0; nth < 5; nth += 1) {
        await open.log.append(`referral-${nth}`, 'no-stream', [eventNamed(`live ${nth}`)]);
        await reader.untilCaughtUpAgain();
        expect(reader.events).toHaveLength(nth + 1);
      }
      await reader.stop();
    });

    it('goes on saying that it has caught up while nothing happens', async () => {
      const reader = new Reader(open.log);
      await reader.until(() => reader.caughtUp.length >= 4);
      await reader.stop();
      expect(reader.caughtUp).toEqual([...reader.caughtUp].sort());
      expect(new Set(reader.caughtUp).size).toBe(reader.caughtUp.length);
    });

    it('keeps to the prefixes asked for and catches up past the rest', async () => {
      const { log } = open;
      await log.append('referral-1', 'no-stream', eventsNamed('r1', 2));
      await log.append('referral%1', 'no-stream', eventsNamed('like', 1));
      await log.append('contact-1', 'no-stream', eventsNamed('c1', 2));
      await log.append('contacts_1', 'no-stream', eventsNamed('cs1', 1));
      const streams = async (prefixes: readonly string[]) =>
        (await readAll(log, { prefixes })).map(({ streamId }) => streamId);
      expect(await streams(['referral-'])).toEqual(['referral-1', 'referral-1']);
      expect(await streams(['contact-', 'referral%'])).toEqual([
        'referral%1',
        'contact-1',
        'contact-1',
      ]);
      expect(await streams(['person-'])).toEqual([]);
      expect(await streams([])).toHaveLength(6);

      const reader = new Reader(log, { prefixes: ['contact-'] });
      await reader.until(() => reader.events.length === 2);
      await log.append('referral-2', 'no-stream', eventsNamed('r2', 3));
      await reader.untilCaughtUpAgain();
      await log.append('contact-2', 'no-stream', eventsNamed('c2', 1));
      await reader.until(() => reader.events.length === 3);
      await reader.stop();
      const rest = await readAll(log, { prefixes: ['contact-'], after: reader.events[1]!.cursor });
      expect(rest).toEqual(reader.events.slice(2));
    });

    it(`delivers at most ${BATCH_EVENTS_MAX} events at a time`, async () => {
      await Promise.all(
        Array.from({ length: 5 }, (_, nth) =>
          open.log.append(`referral-${nth}`, 'no-stream', eventsNamed(`many ${nth}`, 450)),
        ),
      );
      const reader = new Reader(open.log);
      await reader.untilCaughtUpAgain();
      await reader.stop();
      expect(reader.events).toHaveLength(5 * 450);
      expect(Math.max(...reader.batchSizes)).toBeLessThanOrEqual(BATCH_EVENTS_MAX);
      expect(reader.events).toEqual(await readAll(open.log));
    });

    it('ends without an error when it is told to, also before it begins', async () => {
      const reader = new Reader(open.log);
      await reader.until(() => reader.caughtUp.length > 0);
      await reader.stop();
      expect(reader.error).toBeUndefined();
      for await (const told of open.log.follow({ signal: AbortSignal.abort() })) {
        throw new Error(`told ${told.kind} after the end`);
      }
    });

    it('fails when the engine goes, and resumes from the last cursor handled', async () => {
      await open.log.append('referral-1', 'no-stream', eventsNamed('a', 2));
      const reader = new Reader(open.log);
      await reader.until(() => reader.events.length === 2);
      open.cut();
      expect(await reader.ending()).toBeInstanceOf(LogUnavailable);
      open.mend();
      await open.log.append('referral-1', 1, eventsNamed('b', 2));
      const rest = await readAll(open.log, { after: reader.lastCursor });
      expect(rest.map(({ revision }) => revision)).toEqual([2, 3]);
    });

    it('refuses a cursor that it never gave out', async () => {
      await open.log.append('referral-1', 'no-stream', eventsNamed('a', 2));
      await expect(readAll(open.log, { after: 'yesterday' })).rejects.toThrow(/no cursor/);
      const other = await engine.open();
      await other.log.append('referral-1', 'no-stream', eventsNamed('a', 2));
      await (await other.restored(2)).append('referral-1', 1, eventsNamed('b', 1));
      const restored = await other.restored(2);
      await restored.append('referral-1', 1, eventsNamed('b', 1));
      const [, , later] = await readAll(restored);
      await expect(readAll(open.log, { after: later!.cursor })).rejects.toThrow(CursorBeyondEpoch);
      await other.close();
    });
  });
}
