import { CursorBeyondEpoch } from '@common-thread/eventing/event-log';
import type { EventLogEngine, OpenLog } from './event-log-engines.js';
import { eventsNamed, Reader, readAll } from './event-log-reader.js';

/** A log restored from a backup, under readers that stand where the old one left them. */
export function describeRestoring(engine: EventLogEngine): void {
  describe('restored from a backup', () => {
    let open: OpenLog;
    beforeEach(async () => {
      open = await engine.open();
      await open.log.append('referral-1', 'no-stream', eventsNamed('r1', 4));
      await open.log.append('contact-1', 'no-stream', eventsNamed('c1', 4));
    });
    afterEach(() => open.close());

    it('shows every reader the rest and what is appended since', async () => {
      const before = await readAll(open.log);
      const restored = await open.restored(8);
      const live = new Reader(restored);
      await live.until(() => live.events.length === 8);
      await restored.append('referral-1', 3, eventsNamed('r1 since', 2));
      await restored.append('referral-2', 'no-stream', eventsNamed('r2 since', 1));
      await live.until(() => live.events.length === 11);
      await live.stop();

      expect(live.events.slice(0, 8)).toEqual(before);
      for (const [nth, { cursor }] of live.events.entries()) {
        expect(await readAll(restored, { after: cursor })).toEqual(live.events.slice(nth + 1));
      }
      expect(await restored.readStream('referral-1')).toHaveLength(6);
    });

    it('is in another epoch, and stays in it', async () => {
      const restored = await open.restored(8);
      const epoch = await restored.epoch();
      expect(epoch).not.toBe(await open.log.epoch());
      await restored.append('referral-1', 3, eventsNamed('r1 since', 2));
      expect(await restored.epoch()).toBe(epoch);
      expect(await (await open.reopened()).epoch()).toBe(await open.log.epoch());
    });

    it('answers a retry of an append from before the backup as the first time', async () => {
      const restored = await open.restored(8);
      const again = await restored.append('referral-1', 'no-stream', eventsNamed('r1', 4));
      expect(again).toEqual({ revision: 3 });
      expect(await readAll(restored)).toHaveLength(8);
    });

    it('stops a reader that had read more than the backup holds', async () => {
      const before = await readAll(open.log);
      const restored = await open.restored(6);
      await restored.append('contact-1', 1, eventsNamed('c1 instead', 3));
      expect(await readAll(restored, { after: before[5]!.cursor })).toHaveLength(3);
      for (const { cursor } of before.slice(6)) {
        await expect(readAll(restored, { after: cursor })).rejects.toThrow(CursorBeyondEpoch);
      }
    });
  });
}
