import {
  APPEND_BYTES_MAX,
  APPEND_EVENTS_MAX,
  LogUnavailable,
  RevisionConflict,
  UnacceptableEvent,
  type ExpectedRevision,
} from '@common-thread/eventing/event-log';
import type { EventLogEngine, OpenLog } from './event-log-engines.js';
import { eventNamed, eventsNamed, readAll } from './event-log-reader.js';

/** One append at a time: what is stored, what is refused, what a retry answers. */
export function describeAppending(engine: EventLogEngine): void {
  describe('appending', () => {
    let open: OpenLog;
    beforeEach(async () => (open = await engine.open()));
    afterEach(() => open.close());

    async function conflict(expected: ExpectedRevision, actual: ExpectedRevision, name: string) {
      const error: unknown = await open.log
        .append('referral-1', expected, [eventNamed(name)])
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RevisionConflict);
      expect(error).toMatchObject({ streamId: 'referral-1', expected, actual });
    }

    it('gives back what was appended, to the byte', async () => {
      const data = {
        text: 'Zoë said "no" \\ C:\\u0000 👶\n\u001e\u2028',
        list: [1, 0.1, -1e21, true, null, { deep: ['é'] }],
        empty: {},
      };
      const event = eventNamed('exact', data);
      expect(await open.log.append('referral-1', 'no-stream', [event])).toEqual({ revision: 0 });
      const [stored] = await open.log.readStream('referral-1');
      expect(stored).toEqual({
        ...event,
        streamId: 'referral-1',
        revision: 0,
        cursor: expect.any(String) as string,
      });
      expect(JSON.stringify(stored!.data)).toBe(JSON.stringify(data));
    });

    it('numbers a stream from 0 and reads it from any revision', async () => {
      const { log } = open;
      expect(await log.append('referral-1', 'no-stream', eventsNamed('a', 3))).toEqual({
        revision: 2,
      });
      expect(await log.append('referral-1', 2, eventsNamed('b', 2))).toEqual({ revision: 4 });
      expect((await log.readStream('referral-1')).map((e) => e.revision)).toEqual([0, 1, 2, 3, 4]);
      expect((await log.readStream('referral-1', 3)).map((e) => e.revision)).toEqual([3, 4]);
      expect(await log.readStream('referral-1', 5)).toEqual([]);
      expect(await log.readStream('referral-2')).toEqual([]);
    });

    it('refuses any other revision and says which it is', async () => {
      await conflict(0, 'no-stream', 'early');
      await open.log.append('referral-1', 'no-stream', eventsNamed('a', 3));
      await conflict('no-stream', 2, 'late');
      await conflict(1, 2, 'stale');
      await conflict(3, 2, 'ahead');
      expect(await open.log.readStream('referral-1')).toHaveLength(3);
    });

    it('answers a retry after a lost answer alike, twice and after a restart', async () => {
      const { log } = open;
      const first = eventsNamed('a', 2);
      const second = eventsNamed('b', 3);
      await expect(
        open.withAnswerLost(() => log.append('referral-1', 'no-stream', first)),
      ).rejects.toThrow(LogUnavailable);
      expect(await log.append('referral-1', 'no-stream', first)).toEqual({ revision: 1 });
      await expect(open.withAnswerLost(() => log.append('referral-1', 1, second))).rejects.toThrow(
        LogUnavailable,
      );
      expect(await log.append('referral-1', 1, second)).toEqual({ revision: 4 });
      expect(await log.append('referral-1', 1, second)).toEqual({ revision: 4 });
      await log.append('referral-1', 4, eventsNamed('c', 1));

      const restarted = await open.reopened();
      expect(await restarted.append('referral-1', 1, second)).toEqual({ revision: 4 });
      expect(await restarted.append('referral-1', 'no-stream', first)).toEqual({ revision: 1 });
      expect(await restarted.readStream('referral-1')).toHaveLength(6);
      expect(await readAll(restarted)).toHaveLength(6);
    });

    it('takes an old event with a new one for a conflict, not for a retry', async () => {
      const [a, b] = [eventNamed('a'), eventNamed('b')];
      await open.log.append('referral-1', 'no-stream', [a]);
      await expect(open.log.append('referral-1', 'no-stream', [a, b])).rejects.toThrow(
        RevisionConflict,
      );
      expect(await open.log.readStream('referral-1')).toHaveLength(1);
    });

    it('keeps event ids unique in the whole log, and an append whole', async () => {
      const { log } = open;
      const taken = eventNamed('taken');
      await log.append('referral-1', 'no-stream', [taken]);
      await expect(log.append('referral-1', 0, [taken])).rejects.toThrow(UnacceptableEvent);
      await expect(
        log.append('referral-2', 'no-stream', [...eventsNamed('whole', 3), taken]),
      ).rejects.toThrow(UnacceptableEvent);
      expect(await log.readStream('referral-2')).toEqual([]);
      expect(await readAll(log)).toHaveLength(1);
    });

    it('refuses the poisoned members of a group alone', async () => {
      const { log } = open;
      const taken = eventNamed('taken');
      await log.append('referral-0', 'no-stream', [taken]);
      const poison = new Map([
        [7, [taken]],
        [11, [eventNamed('NUL', { concern: 'a\0b' })]],
        [13, [eventNamed('one of two'), taken]],
      ]);
      const results = await Promise.allSettled(
        Array.from({ length: 24 }, (_, nth) =>
          log.append(
            `contact-${nth}`,
            'no-stream',
            poison.get(nth) ?? eventsNamed(`member ${nth}`, 1 + (nth % 3)),
          ),
        ),
      );
      for (const [nth, result] of results.entries()) {
        const stored = await log.readStream(`contact-${nth}`);
        if (poison.has(nth)) {
          expect(result).toMatchObject({ reason: expect.any(UnacceptableEvent) as unknown });
          expect(stored).toEqual([]);
        } else {
          expect(result).toMatchObject({ value: { revision: nth % 3 } });
          expect(stored).toHaveLength(1 + (nth % 3));
        }
      }
    });

    it('takes an append of exactly the limits and refuses a larger one', async () => {
      const { log } = open;
      const most = eventsNamed('many', APPEND_EVENTS_MAX);
      expect(await log.append('referral-1', 'no-stream', most)).toEqual({
        revision: APPEND_EVENTS_MAX - 1,
      });
      await expect(
        log.append('referral-2', 'no-stream', eventsNamed('more', APPEND_EVENTS_MAX + 1)),
      ).rejects.toThrow(UnacceptableEvent);

      const frame = eventNamed('large', { text: '' });
      const room =
        APPEND_BYTES_MAX -
        JSON.stringify(frame.data).length -
        JSON.stringify(frame.metadata).length;
      const large = (bytes: number) => ({ ...frame, data: { text: 'x'.repeat(bytes) } });
      await expect(log.append('referral-2', 'no-stream', [large(room + 1)])).rejects.toThrow(
        UnacceptableEvent,
      );
      expect(await log.append('referral-2', 'no-stream', [large(room)])).toEqual({ revision: 0 });
      await expect(log.append('referral-2', 0, [])).rejects.toThrow(UnacceptableEvent);
    });

    it('says so when the engine cannot be reached, and goes on when it can', async () => {
      const { log } = open;
      await log.append('referral-1', 'no-stream', [eventNamed('before')]);
      open.cut();
      const after = eventNamed('after');
      await expect(log.append('referral-1', 0, [after])).rejects.toThrow(LogUnavailable);
      await expect(log.readStream('referral-1')).rejects.toThrow(LogUnavailable);
      await expect(readAll(log)).rejects.toThrow(LogUnavailable);
      open.mend();
      expect(await log.append('referral-1', 0, [after])).toEqual({ revision: 1 });
      expect(await readAll(log)).toHaveLength(2);
    });
  });
}
