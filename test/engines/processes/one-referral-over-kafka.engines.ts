import type { KafkaAddress } from '@common-thread/adapters/kafka/address';
import { topicOf } from '@common-thread/adapters/kafka/feed-topic';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type { Pool } from 'pg';
import type { CloudEvent } from '../../../apps/feed-relay/http/cloud-event.js';
import type { LocalKafka } from '../../../infra/local/kafka.js';
import { startCountyKafka } from '../../../apps/standalone/distributed/county-kafka.js';
import { DistributedSystem } from '../../distributed/distributed-system.js';
import { child, CONCERN, ReferredFamily, shown, told } from '../../distributed/referring.js';
import type { ReceivedSpan } from '../../distributed/trace-receiver.js';
import { TraceReceiver } from '../../distributed/trace-receiver.js';
import type { CompiledApps } from '../../faults/compiled-apps.js';
import { compileApps } from '../../faults/compiled-apps.js';
import { nameOf, readFeed } from '../../journeys/feed-reading.js';
import { eventually, HEALTH, HUB, LARKFIELD, send } from '../../journeys/whole-system.js';
import { BROKER_STARTS_MS_MAX } from '../kafka/broker.js';
import { asAdministrator, deleteTopic, expire, resetToLatest } from '../kafka/kafka-tail.js';

const processOf = (recipient: string) => recipient.slice(0, recipient.lastIndexOf('.'));
const TEST_MS_MAX = 120_000;

/** Every app a process of its own, its feed over a broker that asks each who it is. */
describe('one referral over a real Kafka, every app its own process', () => {
  let apps: CompiledApps;
  let broker: LocalKafka;
  let traces: TraceReceiver;
  let system: DistributedSystem;
  let family: ReferredFamily;
  let tokens: Readonly<Record<string, string>>;
  const following = [HUB, LARKFIELD, HEALTH];
  const inboxes = new Map<string, PostgresInbox>();
  const pools: Pool[] = [];

  beforeAll(async () => {
    apps = await compileApps();
    traces = await TraceReceiver.start();
    system = await DistributedSystem.prepare(apps, {
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: traces.endpoint },
      kafka: async (county) => {
        broker = await startCountyKafka(county);
        return { addresses: broker.address, askForUsers: true };
      },
    });
    await system.start();
    await system.seed(0);
    tokens = {
      [LARKFIELD]: await system.tokenOf('larkfield-worker-1'),
      [HEALTH]: await system.tokenOf('health-visitor-1'),
      [HUB]: await system.tokenOf('hub-triage-1'),
      manager: await system.tokenOf('hub-manager-1'),
    };
    for (const recipient of following) {
      const { environment } = system.process(processOf(recipient)).planned;
      const url = environment.COMMON_THREAD_DATABASE ?? '';
      const pool = createPool({ url, applicationName: 'test', max: 1 });
      pools.push(pool);
      inboxes.set(recipient, new PostgresInbox(pool, agencySchema(recipient)));
      await owns(recipient);
    }
  }, BROKER_STARTS_MS_MAX);

  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await system?.close();
    await broker?.stop();
    traces?.close();
    await apps?.remove();
  }, TEST_MS_MAX);

  it(
    'is heard of by each, and the hub’s words come back, over the broker',
    async () => {
      family = await ReferredFamily.registeredBy(system, tokens[LARKFIELD]!);
      const onCaseload = await send(
        system,
        '/v1/caseloads',
        { person: child },
        { token: tokens[HEALTH]!, key: 'over-kafka-take-on' },
      );
      expect(onCaseload).toMatchObject({ status: 201, body: { familyId: family.familyId } });
      const reference = await refer('over-kafka');
      await allShow(reference);
      const { subject, occurrenceid } = await contactOf(reference);
      await decide(subject.replace('contact/', '/v1/contacts/'), occurrenceid);
      const back = await told(system, tokens[LARKFIELD]!, (e) => nameOf(e) === 'referral.closed');
      expect(back.partitionkey).toBe(family.line);
      await allComplete();
      for (const recipient of following) {
        expect(await fromTail(recipient)).toBeGreaterThan(0);
      }
    },
    TEST_MS_MAX,
  );

  it(
    'is traced through every process, and no trace holds a word about anybody',
    async () => {
      const names = (app: string) =>
        traces.spans.filter((span) => span.app === app).map(({ name }) => name);
      await eventually(
        async () => [
          names('safeguarding-hub').includes('feed.receive'),
          names('feed-relay').includes('relay.batch'),
          traces.spans.some((span) => isSealedFor('command RaiseReferral', span)),
        ],
        (seen) => !seen.includes(false),
      );
      for (const words of [child.givenName, child.familyName, child.dateOfBirth, CONCERN]) {
        expect(traces.text).not.toContain(words);
      }
    },
    TEST_MS_MAX,
  );

  it(
    'ends complete when a topic is deleted under the relay and its reader',
    async () => {
      await asAdministrator(address(), (admin) => deleteTopic(admin, LARKFIELD));
      await allShow(await refer('after-the-topic-went'));
      const before = await fromTail(LARKFIELD);
      // From the pages until it stands in its group again, and over the topic made anew from then on.
      for (let nth = 1; (await fromTail(LARKFIELD)) <= before; nth += 1) {
        await allShow(await refer(`on-the-topic-made-anew-${nth}`));
      }
      await allComplete();
    },
    TEST_MS_MAX,
  );

  it(
    'ends complete when what a reader had not read has expired and its group is put behind it',
    async () => {
      await system.end(processOf(HUB));
      const before = await endOfTopic(HUB);
      const reference = await refer('while-the-hub-is-down');
      await contactOf(reference);
      await eventually(
        () => endOfTopic(HUB),
        (end) => end > before,
      );
      await asAdministrator(address(), async (admin) => {
        await expire(admin, HUB);
        await resetToLatest(admin, HUB);
      });
      await system.start([processOf(HUB)]);
      await allShow(reference);
      await owns(HUB);
      await allShow(await refer('when-the-hub-is-back'));
      await allComplete();
    },
    TEST_MS_MAX,
  );

  it(
    'ends complete when the relay is killed, and a reader',
    async () => {
      await system.end('feed-relay', 'SIGKILL');
      const first = await refer('while-the-relay-is-down');
      await system.end(processOf(LARKFIELD), 'SIGKILL');
      await system.start(['feed-relay']);
      const second = await refer('while-the-reader-is-down');
      await system.start([processOf(LARKFIELD)]);
      for (const reference of [first, second]) await allShow(reference);
      await owns(LARKFIELD);
      await allComplete();
    },
    TEST_MS_MAX,
  );

  /** The vault's part in a command: a span of its own below command-api's. */
  function isSealedFor(command: string, { app, name, parentSpanId }: ReceivedSpan): boolean {
    const asking = traces.spans.find(({ spanId }) => spanId === parentSpanId);
    return app === 'vault' && name === 'POST /v1/sealing/seal' && asking?.name === command;
  }

  function address(): KafkaAddress {
    const credentials = broker.administrator!;
    return { brokers: [broker.address], clientId: 'test', credentials };
  }

  /** Answers the reference: rows for each who knows of the family. */
  async function refer(key: string): Promise<string> {
    const raised = await family.refer(key);
    expect(raised).toMatchObject({ status: 201 });
    return String(raised.body.reference);
  }

  function contactOf(reference: string) {
    const isIt = (e: CloudEvent) =>
      nameOf(e) === 'contact.received' && e.data?.reference === reference;
    return told(system, tokens[HUB]!, isIt);
  }

  async function decide(contact: string, read: string): Promise<void> {
    const token = tokens.manager!;
    const rated = await send(
      system,
      `${contact}/rating`,
      { rating: 'amber', reason: 'A bruise that nobody explains' },
      { token, key: 'over-kafka-rate', ifMatch: `"${read}"` },
    );
    const decided = await send(
      system,
      `${contact}/decision`,
      { outcomes: ['new-referral'], rationale: 'Needs an assessment' },
      { token, key: 'over-kafka-decide', ifMatch: rated.tag! },
    );
    const fed = await send(
      system,
      `${contact}/feedback`,
      { channel: 'phone', words: 'A social worker will visit on Friday' },
      { token, key: 'over-kafka-tell', ifMatch: decided.tag! },
    );
    expect([201, 202]).toContain(fed.status);
  }

  /** The hub and the centre show it, each in a process and a read model of its own. */
  async function allShow(words: string): Promise<void> {
    await shown(system, HUB, { token: tokens[HUB]!, path: '/v1/contacts', words });
    await shown(system, LARKFIELD, { token: tokens[LARKFIELD]!, path: '/v1/referrals', words });
  }

  /** Every inbox holds the very rows of its feed's pages. */
  async function allComplete(): Promise<void> {
    for (const recipient of following) {
      const pages = await readFeed(system, tokens[recipient]!);
      const rows = pages.map(({ sequence, hash }) => [sequence, hash]);
      await eventually(
        () => inboxOf(recipient, rows.length),
        (held) => JSON.stringify(held) === JSON.stringify(rows),
      );
    }
  }

  async function inboxOf(recipient: string, limit: number) {
    const rows = await inboxes.get(recipient)!.rows(0, limit);
    return rows.map(({ envelope, hash }) => [envelope.sequence, hash]);
  }

  async function endOfTopic(recipient: string): Promise<number> {
    const [end] = await asAdministrator(address(), (admin) =>
      admin.fetchTopicOffsets(topicOf(recipient)),
    );
    return Number(end?.high);
  }

  /** Its process says that it is given the rows of the feed by the broker. */
  async function owns(recipient: string): Promise<void> {
    await eventually(
      () => metricsOf(recipient),
      (metrics) => /tail_state\{[^}]*state="following",membership="owner"\} 1/.test(metrics),
    );
  }

  /** Rows that its process says came over the broker before they came by the pages. */
  async function fromTail(recipient: string): Promise<number> {
    const found = /feed_rows_total\{[^}]*from="tail"\} (\d+)/.exec(await metricsOf(recipient));
    return Number(found?.[1]);
  }

  async function metricsOf(recipient: string): Promise<string> {
    const { operations } = system.process(processOf(recipient)).planned;
    const response = await fetch(new URL('/metrics', operations)).catch(() => undefined);
    return (await response?.text()) ?? '';
  }
});
