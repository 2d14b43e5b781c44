import { RevisionConflict, type EventLog } from '@common-thread/eventing/event-log';
import type { EventLogEngine, OpenLog } from './event-log-engines.js';
import {
  eventNamed,
  eventsNamed,
  Reader,
  readAll,
  type Acknowledged,
} from './event-log-reader.js';

const HOT_STREAMS = 40;
const RIVALS_PER_STREAM = 4;
const APPENDS_PER_RIVAL = 6;
const WRITERS = 32;
const APPENDS_PER_WRITER = 30;
/** Patience, not a bound: thousands of calls to an engine in this very process, on a busy machine. */
const RACE_MS_MAX = 300_000;

/** Many at once: one winner a revision, one order for all, nobody's event missed. */
export function describeRacing(engine: EventLogEngine): void {
  describe('racing', () => {
    let open: OpenLog;
    beforeEach(async () => (open = await engine.open()));
    afterEach(() => open.close());

    it(
      `has one winner a revision and no hole on ${HOT_STREAMS} hot streams`,
      async () => {
        const logs = [open.log, await open.reopened()];
        const acknowledged: string[] = [];
        let conflicts = 0;
        const rival = async (log: EventLog, streamId: string, name: string) => {
          for (let nth = 0; nth < APPENDS_PER_RIVAL;) {
            const events = eventsNamed(`${name} ${nth}`, 1 + (nth % 2));
            const head = (await log.readStream(streamId)).length - 1;
            try {
              await log.append(streamId, head < 0 ? 'no-stream' : head, events);
              acknowledged.push(...events.map(({ id }) => id));
              nth += 1;
            } catch (error) {
              if (!(error instanceof RevisionConflict)) throw error;
              conflicts += 1;
            }
          }
        };
        await Promise.all(
          Array.from({ length: HOT_STREAMS * RIVALS_PER_STREAM }, (_, nth) =>
            rival(logs[nth % 2]!, `referral-${nth % HOT_STREAMS}`, `rival ${nth}`),
          ),
        );
        expect(conflicts).toBeGreaterThan(0);

        const all = await readAll(open.log);
        expect(all.map(({ id }) => id).sort()).toEqual(acknowledged.sort());
        for (let nth = 0; nth < HOT_STREAMS; nth += 1) {
          const inOrder = all.filter(({ streamId }) => streamId === `referral-${nth}`);
          expect(inOrder.map(({ revision }) => revision)).toEqual(
            inOrder.map((_, index) => index),
          );
          expect(await open.log.readStream(`referral-${nth}`)).toEqual(inOrder);
        }
      },
      RACE_MS_MAX,
    );

    it('answers the same append, sent five times at once, five times alike', async () => {
      const logs = [open.log, await open.reopened()];
      const events = eventsNamed('same', 3);
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, nth) =>
          logs[nth % 2]!.append('referral-1', 'no-stream', events),
        ),
      );
      expect(answers).toEqual(Array(5).fill({ revision: 2 }));
      expect(await readAll(open.log)).toHaveLength(3);
    });

    it(
      'shows a live reader everything, in one order, while 32 writers race',
      async () => {
        const acknowledged: Acknowledged = new Map();
        const logs = [open.log, await open.reopened()];
        const live = new Reader(open.log, {}, acknowledged);
        const elsewhere = new Reader(logs[1]!, {}, acknowledged);
        await Promise.all(
          Array.from({ length: WRITERS }, (_, nth) =>
            write(logs[nth % 2]!, `referral-${nth}`, APPENDS_PER_WRITER, acknowledged),
          ),
        );
        await live.untilCaughtUpAgain();
        await elsewhere.untilCaughtUpAgain();
        await Promise.all([live.stop(), elsewhere.stop()]);

        expect(live.ids).toHaveLength(acknowledged.size);
        expect(new Set(live.ids)).toEqual(new Set(acknowledged.keys()));
        expect(elsewhere.events).toEqual(live.events);
        expect(await readAll(open.log)).toEqual(live.events);
        expect(live.missedAtCaughtUp).toEqual([]);
        expect(elsewhere.missedAtCaughtUp).toEqual([]);
        expectRisingRevisions(live);
      },
      RACE_MS_MAX,
    );

    it('delays events while an unrelated write is open, and loses none', async () => {
      const acknowledged: Acknowledged = new Map();
      const live = new Reader(open.log, {}, acknowledged);
      await write(open.log, 'referral-before', 3, acknowledged);
      const unrelated = await open.unrelatedWrite();
      await Promise.all(
        Array.from({ length: WRITERS }, (_, nth) =>
          write(open.log, `referral-${nth}`, 3, acknowledged),
        ),
      );
      await unrelated.end();
      await live.untilCaughtUpAgain();
      await live.stop();
      expect(new Set(live.ids)).toEqual(new Set(acknowledged.keys()));
      expect(live.ids).toHaveLength(acknowledged.size);
      expect(live.missedAtCaughtUp).toEqual([]);
      expectRisingRevisions(live);
    });
  });
}

async function write(
  log: EventLog,
  streamId: string,
  appends: number,
  acknowledged: Acknowledged,
): Promise<void> {
  let expected: number | 'no-stream' = 'no-stream';
  for (let nth = 0; nth < appends; nth += 1) {
    const events = Array.from({ length: 1 + (nth % 3) }, (_, place) =>
      eventNamed(`${streamId} ${nth} ${place}`),
    );
    const appended: { revision: number } = await log.append(streamId, expected, events);
    expected = appended.revision;
    for (const { id } of events) acknowledged.set(id, Date.now());
  }
}

function expectRisingRevisions({ events }: Reader): void {
  const heads = new Map<string, number>();
  for (const { streamId, revision } of events) {
    expect(revision).toBe((heads.get(streamId) ?? -1) + 1);
    heads.set(streamId, revision);
  }
}
