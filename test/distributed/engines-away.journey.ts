import { TcpProxy } from '../engines/tcp-proxy.js';
import type { CompiledApps } from '../faults/compiled-apps.js';
import { compileApps } from '../faults/compiled-apps.js';
import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { nameOf, readFeed } from '../journeys/feed-reading.js';
import { eventually, send } from '../journeys/whole-system.js';
import { DistributedSystem } from './distributed-system.js';

const PARTS = ['sign-in', 'vault', 'feed-relay', 'command-api'] as const;
const READY_MS_MAX = 60_000;
/** Processes start by the dozen, and other suites run beside this one. */
const TEST_MS_MAX = 240_000;

const person = {
  kind: 'child',
  givenName: 'Robin',
  familyName: 'Quillfeather',
} as const;

describe('processes whose engines come and go', () => {
  let apps: CompiledApps;
  let proxy: TcpProxy;
  let system: DistributedSystem;
  let worker: string;

  beforeAll(async () => {
    apps = await compileApps();
    system = await DistributedSystem.prepare(apps, {
      through: async (address) => {
        const url = new URL(address);
        proxy ??= await TcpProxy.to(url.hostname, Number(url.port));
        url.port = String(proxy.port);
        return url.href;
      },
    });
  }, TEST_MS_MAX);

  afterAll(async () => {
    await system?.close();
    await proxy?.close();
    await apps.remove();
  }, TEST_MS_MAX);

  const relayDatabase = () =>
    new URL(system.process('feed-relay').planned.environment.COMMON_THREAD_DATABASE ?? '');

  it.each([
    ['a wrong password', (url: URL) => (url.password = 'guess'), 'refuses the user or password'],
    ['no such database', (url: URL) => (url.pathname = '/nowhere'), 'has no such database'],
  ])(
    'fail at once on %s, and say why',
    async (_, spoil, words) => {
      const url = relayDatabase();
      spoil(url);
      const relay = system.process('feed-relay');
      const ended = await relay.start({ COMMON_THREAD_DATABASE: url.href });
      expect(ended.status).toBe(1);
      expect(relay.printed).toContain(words);
      expect(relay.printed).toContain('COMMON_THREAD_DATABASE');
      expect(relay.printed).not.toContain('guess');
    },
    TEST_MS_MAX,
  );

  it(
    'fail at once where a setting is missing, and name it',
    async () => {
      const relay = system.process('feed-relay');
      const ended = await relay.start({ COMMON_THREAD_FEED_SALTS_FILE: '/nowhere/salts' });
      expect(ended.status).toBe(1);
      expect(relay.printed).toContain('COMMON_THREAD_FEED_SALTS_FILE names /nowhere/salts');
    },
    TEST_MS_MAX,
  );

  it(
    'wait for an engine that is away, saying for which, and stop when asked to',
    async () => {
      proxy.cut();
      const relay = system.process('feed-relay');
      const ended = relay.start();
      const waiting = await eventually(
        () => relay.readiness(),
        (seen) => seen?.body.includes('waitingFor') === true,
      );
      expect(waiting).toMatchObject({ ready: false });
      expect(waiting?.body).toMatch(/PostgreSQL at [^ ]+ does not answer.*COMMON_THREAD_DATABASE/);
      await relay.end();
      expect(await ended).toEqual({ status: 0, signal: null });
      void relay.start();
      await eventually(
        () => relay.readiness(),
        (seen) => seen?.body.includes('waitingFor') === true,
      );
      proxy.mend();
      await relay.untilReady(AbortSignal.timeout(READY_MS_MAX));
    },
    TEST_MS_MAX,
  );

  it(
    'say that they are not ready while an engine is gone, and lose nothing',
    async () => {
      await system.start(PARTS);
      await system.seed(0);
      worker = await system.tokenOf('larkfield-worker-1');
      const placeId = await aPlace();
      const register = (key: string, dateOfBirth: string) =>
        send(
          system,
          '/v1/registrations',
          { person: { ...person, dateOfBirth }, placeId },
          { token: worker, key },
        );
      const before = await register('before-the-cut', '2023-01-02');
      expect(before.status).toBe(201);

      proxy.cut();
      const during = await register('during-the-cut', '2022-03-04');
      expect(during.status).toBe(503);
      for (const name of ['vault', 'feed-relay', 'command-api']) {
        const seen = await eventually(
          () => system.process(name).readiness(),
          (readiness) => readiness?.ready === false,
        );
        expect(seen?.body).toContain('See that');
        expect(system.process(name).isRunning).toBe(true);
      }

      proxy.mend();
      const after = await eventually(
        () => register('during-the-cut', '2022-03-04'),
        ({ status }) => status !== 503,
      );
      expect(after.status).toBe(201);
      expect(await register('before-the-cut', '2023-01-02')).toMatchObject({ body: before.body });
      for (const name of PARTS) {
        await eventually(
          () => system.process(name).readiness(),
          (seen) => seen?.ready === true,
        );
      }
      await eventually(
        () => readFeed(system, worker),
        (feed) => feed.filter((e) => nameOf(e) === 'registration.began').length === 2,
      );
    },
    TEST_MS_MAX,
  );

  it(
    'tell their metrics on a port of their own, and nothing of anybody',
    async () => {
      const told = await Promise.all(['vault', 'feed-relay', 'command-api'].map(metricsOf));
      for (const metric of [
        'common_thread_vault_staleness_seconds',
        'common_thread_audit_write_failures_total',
        'common_thread_relay_oldest_unhandled_seconds',
        'common_thread_append_conflicts_total',
        'common_thread_reaction_faults 0',
        'common_thread_http_request_seconds_count{method="POST",route="/v1/registrations",status="201"}',
      ]) {
        expect(told.join('\n')).toContain(metric);
      }
      expect(told.join('\n')).not.toMatch(
        /quillfeather|robin|2023-01-02|[0-9a-f]{8}-[0-9a-f]{4}-/i,
      );
      expect((await fetch(new URL('/metrics', system.addressOf('vault')))).status).toBe(404);
    },
    TEST_MS_MAX,
  );

  it(
    'finish what is in flight when they are asked to stop',
    async () => {
      const address = new URL('/v1/feed?after=100000&wait=30', system.addressOf('feed-relay'));
      const held = fetch(address, { headers: { authorization: `Bearer ${worker}` } });
      const relay = system.process('feed-relay');
      await eventually(
        () => metricsOf('feed-relay'),
        (told) => told.includes('common_thread_http_requests_in_flight 1'),
      );
      const ended = relay.end();
      expect((await held).status).toBe(200);
      expect(await ended).toEqual({ status: 0, signal: null });
      expect(relay.printed).toContain('stopped');
      await expect(fetch(address)).rejects.toThrow();
    },
    TEST_MS_MAX,
  );

  async function metricsOf(name: string): Promise<string> {
    const { operations } = system.process(name).planned;
    return (await fetch(new URL('/metrics', operations))).text();
  }

  async function aPlace(): Promise<string> {
    const isOurs = (e: CloudEvent) =>
      nameOf(e) === 'place.recorded' && e.data?.organisationId === 'larkfield-centres';
    const feed = await eventually(
      () => readFeed(system, worker),
      (events) => events.some(isOurs),
    );
    return String(feed.find(isOurs)?.data?.placeId);
  }
});
