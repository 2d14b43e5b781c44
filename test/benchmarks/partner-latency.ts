import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import type { NewEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { AgencyFeed } from '@common-thread/projecting/agency-feed';
import { Log } from '@common-thread/platform/log';
import { JwtVerifier } from '@common-thread/platform/token-verifier';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type pg from 'pg';
import { createFeedRelay } from '../../apps/feed-relay/create-feed-relay.js';
import { readModels } from '../../apps/childrens-centre/projections.js';
import type { BenchmarkOptions, Report } from './benchmark.js';
import { judgedAlone, percentile } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { atFixedRate } from './fixed-rate.js';
import { SEALED_REFERRAL } from './sealed-referral.js';

const PER_SECOND = 200;
const ROUNDS = 7;
const HUB = 'fairholme-hub.safeguarding-hub';
const LARKFIELD = 'larkfield-centres.childrens-centre';
const GOAL_MS = 100;
const PARTS = ['recorded', 'told', 'received'] as const;

/** Says when a contact is in the partner's inbox, committed. */
class WatchedInbox extends PostgresInbox {
  private readonly awaited = new Map<string, () => void>();

  /** Resolves once a row about this subject is there. */
  arrivalOf(subject: string): Promise<void> {
    return new Promise((resolve) => this.awaited.set(subject, resolve));
  }

  override async append(rows: readonly FeedRow[]): Promise<number> {
    const head = await super.append(rows);
    for (const { envelope } of rows) {
      this.awaited.get(envelope.subject)?.();
      this.awaited.delete(envelope.subject);
    }
    return head;
  }
}

/** What no way round avoids: the event, the row told and the row received are each written for good. */
class ThreeWrites {
  private constructor(private readonly pool: pg.Pool) {}

  static async open(pool: pg.Pool): Promise<ThreeWrites> {
    for (const part of PARTS) {
      await pool.query(`create table bench_${part} (id text primary key, body jsonb not null)`);
    }
    return new ThreeWrites(pool);
  }

  /** The 99th percentile of all three, one after another, ms. */
  async p99(round: number, count: number): Promise<number> {
    const body = JSON.stringify(SEALED_REFERRAL);
    const latencies = await atFixedRate(PER_SECOND, count, async (nth) => {
      for (const part of PARTS) {
        const insert = `insert into bench_${part} values ($1, $2)`;
        await this.pool.query(insert, [`${round}-${nth}`, body]);
      }
    });
    return percentile(latencies, 99);
  }
}

/**
 * P4 of the goals: from when a referral is due to be taken by the hub (appended) until the partner that
 * sent it holds its row, at 200 a second: log, relay, pages, receiver and inbox, with the partner's read
 * models folding beside it. The feeds of both agencies are written. Beside it, by turns, the sum of the
 * parts: the three writes alone, at the same rate.
 */
export async function partnerLatency({ seconds }: BenchmarkOptions): Promise<Report> {
  const engine = await benchmarkEngine();
  const pool = createPool({ url: engine.url, applicationName: 'bench', max: 16 });
  const log = await PostgresEventLog.open({ url: engine.url });
  const relay = await createFeedRelay({
    log,
    pool,
    tokens: JwtVerifier.local('https://issuer.example', { keys: [] }),
    appLog: new Log({ app: 'bench', level: 'silent' }),
    saltSecret: 'a secret of the benchmark',
  });
  const inbox = new WatchedInbox(pool, 'agency_partner');
  const feed = new AgencyFeed({
    recipient: LARKFIELD,
    pages: relay.pages,
    inbox,
    store: new PostgresProjectionStore(pool, 'agency_partner'),
    readModels,
    now: () => new Date(),
  });
  await feed.prepare();
  const stopping = new AbortController();
  const running = feed.run(stopping.signal);
  try {
    relay.start();
    await log.append('organisation-hub', 'no-stream', [organisation(HUB)]);
    await log.append('organisation-larkfield', 'no-stream', [organisation(LARKFIELD)]);
    const writes = await ThreeWrites.open(pool);
    const p99s: number[] = [];
    const ofParts: number[] = [];
    const count = PER_SECOND * seconds;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const parts = await writes.p99(round, count);
      if (round > 0) ofParts.push(parts);
      const latencies = await atFixedRate(PER_SECOND, count, async (nth) => {
        const id = derivedId('contact', round, nth);
        const arrived = inbox.arrivalOf(`contact/${id}`);
        await log.append(`contact-${id}`, 'no-stream', [received(id)]);
        await arrived;
      });
      if (round > 0) p99s.push(percentile(latencies, 99));
    }
    const title = `referral to partner's row at ${PER_SECOND}/s, p99`;
    const aim = { title, unit: 'ms', wanted: 'at most', goal: GOAL_MS } as const;
    const load = `${seconds} s a round`;
    return {
      setting: { ...engine.setting, load },
      results: [
        judgedAlone(aim, 'the whole thread', p99s, {
          name: 'its three writes alone',
          values: ofParts,
        }),
      ],
    };
  } finally {
    stopping.abort();
    await running;
    await relay.close();
    await log.close();
    await pool.end();
    await engine.stop();
  }
}

/** A referral taken by the hub as a contact: the partner that sent it hears so. */
function received(id: string): NewEvent {
  return {
    ...SEALED_REFERRAL,
    id: derivedId('event', id),
    type: 'ContactReceived',
    data: {
      hub: HUB,
      channel: 'form',
      source: '8',
      reference: 'CT-4F7K-29QD',
      referrer: LARKFIELD,
      referralId: derivedId('referral', id),
      need: 'N1',
      concern: SEALED_REFERRAL.data.concern,
    },
    metadata: { ...SEALED_REFERRAL.metadata, recordedAt: new Date().toISOString() },
  };
}

function organisation(recipient: string): NewEvent {
  const organisationId = recipient.slice(0, recipient.indexOf('.'));
  return {
    ...SEALED_REFERRAL,
    id: derivedId('organisation', recipient),
    type: 'OrganisationRecorded',
    data: { organisationId, name: organisationId, recipients: [recipient] },
  };
}
