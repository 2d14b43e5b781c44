import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDbEventLog } from '@common-thread/adapters/eventstoredb/event-log';
import { LogUnavailable } from '@common-thread/eventing/event-log';
import { Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { startEngines } from '../../apps/standalone/engines.js';
import type { Standalone } from '../../apps/standalone/standalone.js';
import { startStandalone } from '../../apps/standalone/standalone.js';
import { moveLog } from '../../apps/standalone/moving/move-log.js';
import { EventStoreDbDouble } from '../engines/eventstoredb-double/eventstoredb-double.js';
import { nameOf, readFeed } from '../journeys/feed-reading.js';
import {
  BROOK,
  configurationIn,
  eventually,
  HEALTH,
  HUB,
  LARKFIELD,
  seedFamilies,
  send,
  tokenOf,
} from '../journeys/whole-system.js';

const RECIPIENTS = [HUB, LARKFIELD, BROOK, HEALTH];
const FEED_ROWS_MAX = 10_000;

/** A small county, moved while it is stopped and killed meanwhile, and then gone on with. */
describe('a county whose log is moved to EventStoreDB', () => {
  let dataDirectory: string;
  let double: EventStoreDbDouble;
  let standalone: Standalone | undefined;

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'common-thread-moving-'));
    double = await EventStoreDbDouble.start();
  });
  afterAll(async () => {
    await standalone?.close();
    double.die();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it('is told nothing twice, and goes on where it was', async () => {
    const configuration = await configurationIn(dataDirectory);
    standalone = await startStandalone(configuration, new Environment({}));
    await seedFamilies(standalone, 1);
    await everybodyHasCaughtUp(standalone);
    const before = await feedsOf(standalone);
    await standalone.close();

    await expect(move(stopAfter(20))).rejects.toThrow();
    const { events } = await move(new AbortController());
    expect(events).toBeGreaterThan(50);
    // Whoever starts as before is told where the log is.
    await expect(startStandalone(configuration, new Environment({}))).rejects.toThrow(
      LogUnavailable,
    );

    const moved = { ...configuration, eventLog: double.connectionString };
    standalone = await startStandalone(moved, new Environment({}));
    await everybodyHasCaughtUp(standalone);
    expect(await feedsOf(standalone)).toEqual(before);
    await referOne(standalone);
    const after = await feedsOf(standalone);
    for (const recipient of RECIPIENTS) {
      const rows = after.get(recipient)!;
      expect(rows.slice(0, before.get(recipient)!.length)).toEqual(before.get(recipient));
      expect(rows.map(({ envelope }) => envelope.sequence)).toEqual(rows.map((_, nth) => nth + 1));
    }
    expect(after.get(HUB)!.length).toBeGreaterThan(before.get(HUB)!.length);
  }, 600_000);

  async function move(stopping: Stopping) {
    const log = new Log({ app: 'move', level: 'silent' });
    const engines = await startEngines(dataDirectory, log);
    const target = await EventStoreDbEventLog.open({ connectionString: double.connectionString });
    try {
      return await moveLog({
        source: engines.eventLog,
        target,
        pool: engines.pool('move', 2),
        to: 'a double',
        signal: stopping.signal,
        onProgress: (_, held) => stopping.onProgress?.(held),
      });
    } finally {
      await target.close();
      await engines.close();
    }
  }
});

interface Stopping {
  readonly signal: AbortSignal;
  readonly onProgress?: (held: number) => void;
}

function stopAfter(events: number): Stopping {
  const stopping = new AbortController();
  return {
    signal: stopping.signal,
    onProgress: (held) => held >= events && stopping.abort(),
  };
}

async function feedsOf(standalone: Standalone): Promise<Map<string, readonly FeedRow[]>> {
  const feeds = new Map<string, readonly FeedRow[]>();
  for (const recipient of RECIPIENTS) {
    const rows: FeedRow[] = [];
    for (;;) {
      const page = await standalone.relay.pages.page(recipient, rows.length, FEED_ROWS_MAX);
      rows.push(...page.rows);
      if (page.rows.length === 0) break;
    }
    feeds.set(recipient, rows);
  }
  return feeds;
}

async function everybodyHasCaughtUp({ relay }: Standalone): Promise<void> {
  const now = new Date().toISOString();
  await eventually(
    async () => relay.status(),
    ({ caughtUpTo }) => caughtUpTo !== null && caughtUpTo > now,
  );
}

/** The whole thread: a family is registered and referred, and the hub has its contact. */
async function referOne(standalone: Standalone): Promise<void> {
  const worker = await tokenOf(standalone, 'larkfield-worker-1');
  const triage = await tokenOf(standalone, 'hub-triage-1');
  const places = await readFeed(standalone, worker);
  const place = places.find(
    (event) =>
      nameOf(event) === 'place.recorded' && event.data?.organisationId === 'larkfield-centres',
  );
  const registered = await send(
    standalone,
    '/v1/registrations',
    {
      person: {
        kind: 'child',
        givenName: 'Wren',
        familyName: 'Quillfeather',
        dateOfBirth: '2024-03-09',
        nhsNumber: '9998887062',
      },
      placeId: place?.data?.placeId,
    },
    { token: worker, key: 'moved-register' },
  );
  expect(registered).toMatchObject({ status: 201 });
  const line = `family/${String(registered.body.familyId)}`;
  const told = await eventually(
    () => readFeed(standalone, worker),
    (events) => events.some((e) => e.partitionkey === line && nameOf(e) === 'person.registered'),
  );
  const child = told.find((e) => e.partitionkey === line && nameOf(e) === 'person.registered');
  const raised = await send(
    standalone,
    '/v1/referrals',
    {
      familyId: registered.body.familyId,
      childIds: [child?.data?.personId],
      to: HUB,
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'informed-agree',
      concern: 'A bruise on the cheek, third week running',
    },
    { token: worker, key: 'moved-refer' },
  );
  expect(raised).toMatchObject({ status: 201 });
  // Command, log, relay, and a reaction that followed the log to open the contact.
  await eventually(
    () => readFeed(standalone, triage),
    (events) => events.some((e) => e.partitionkey === line && nameOf(e) === 'contact.received'),
  );
  await eventually(
    () => readFeed(standalone, worker),
    (events) => events.some((e) => nameOf(e) === 'referral.acknowledged'),
  );
}
