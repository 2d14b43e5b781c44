import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { asyncApiDocument } from '@common-thread/catalogue/async-api';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import { Log } from '@common-thread/platform/log';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import { logOf, stored } from '../../../test/disclosure/county/happening.js';
import { historyOf } from '../../../test/disclosure/county/history.js';
import type { FeedRelay } from '../create-feed-relay.js';
import { composeFeedRelay } from '../create-feed-relay.js';
import { MemoryRelayStore } from '../store/memory-relay-store.js';

const CENTRE = 'elm-centres.childrens-centre';
const TRUST = 'east-trust.health-visiting';
const log = logOf(historyOf(3));

/** The token is the recipient's own name. */
class Tokens extends TokenVerifier {
  async verify(token: string): Promise<Actor> {
    const [organisation, audience] = token.split('.');
    if (!organisation || !audience) throw new TokenRefused('no');
    const role = 'subscriber-system';
    return {
      id: 'system',
      organisation,
      audience,
      recipient: token,
      role,
      places: [],
      kind: 'system',
    };
  }
}

const events = new MemoryEventLog();

async function open(): Promise<FeedRelay> {
  for (const event of log.events.map(stored)) {
    const { streamId, revision: _, cursor: __, ...appended } = event;
    const stream = await events.readStream(streamId);
    await events.append(streamId, stream.length === 0 ? 'no-stream' : stream.length - 1, [
      appended,
    ]);
  }
  const relay = await composeFeedRelay(
    {
      log: events,
      tokens: new Tokens(),
      appLog: new Log({ app: 'feed-relay', level: 'silent' }),
      saltSecret: 'a secret of the tests',
    },
    new MemoryRelayStore(),
  );
  await relay.app.init();
  return relay;
}

describe('a feed over HTTP', () => {
  let relay: FeedRelay;
  beforeAll(async () => {
    relay = await open();
    relay.start();
    const signal = AbortSignal.timeout(20_000);
    while (relay.status().caughtUpTo === null) {
      signal.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  afterAll(() => relay.close());

  const get = (url: string, token: string | null = CENTRE) =>
    (relay.app satisfies NestFastifyApplication).inject({
      url,
      ...(token === null ? {} : { headers: { authorization: `Bearer ${token}` } }),
    });

  it('is read page by page, following the link', async () => {
    const events: { sequence: number; feed: string; data?: unknown; withdrawnby?: string }[] = [];
    let next: string | undefined = '/v1/feed?limit=7';
    while (next !== undefined) {
      const answer = await get(next);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toMatch(/^application\/cloudevents-batch\+json/);
      expect(answer.headers['cache-control']).toBe('no-store');
      events.push(...answer.json<typeof events>());
      expect(Number(answer.headers['x-feed-head'])).toBeGreaterThanOrEqual(events.length);
      next = /<([^>]+)>; rel="next"/.exec(String(answer.headers.link ?? ''))?.[1];
    }
    const { rows, head } = await relay.pages.page(CENTRE, 0, 1_000);
    expect(events.map(({ sequence }) => sequence)).toEqual(rows.map((_, nth) => nth + 1));
    expect(events.length).toBe(head);
    expect(new Set(events.map(({ feed }) => feed))).toEqual(new Set([CENTRE]));
    const withdrawn = events.filter((event) => event.withdrawnby !== undefined);
    expect(withdrawn.length).toBeGreaterThan(0);
    expect(withdrawn.some((event) => 'data' in event)).toBe(false);
  });

  it('says its head, and up to when everything has been told', async () => {
    const answer = await get('/v1/feed/head', TRUST);
    const { head } = await relay.pages.page(TRUST, 0, 1);
    expect(answer.json()).toEqual({ feed: TRUST, head, asOf: expect.any(String) as string });
  });

  it('is empty for a recipient nobody has recorded', async () => {
    const answer = await get('/v1/feed', 'somebody-else.health-visiting');
    expect([answer.json(), answer.headers['x-feed-head']]).toEqual([[], '0']);
  });

  it.each([
    ['nobody is signed in', '/v1/feed', null, 401],
    ['the token is not ours', '/v1/feed', 'nonsense', 401],
    ['a feed is named', `/v1/feed/${TRUST}`, CENTRE, 404],
    ['a recipient is asked for', `/v1/feed?recipient=${TRUST}`, CENTRE, 400],
    ['the sequence is below nought', '/v1/feed?after=-1', CENTRE, 400],
    ['the sequence is no number', '/v1/feed?after=x', CENTRE, 400],
    ['more is asked for than a page holds', '/v1/feed?limit=1001', CENTRE, 400],
    ['the wait is too long', '/v1/feed?wait=31', CENTRE, 400],
    ['a schema is unknown', '/v1/schemas/uk.common-thread.nothing.v1', CENTRE, 404],
    ['a type is never told it', '/v1/schemas/uk.common-thread.review.due.v1', CENTRE, 404],
  ])('is refused when %s', async (_, url, token, status) => {
    const answer = await get(url, token);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).not.toContain(TRUST);
  });

  it('waits for something new, and answers with it over a connection held open', async () => {
    await relay.app.listen(0, '127.0.0.1');
    const { head } = await relay.pages.page(CENTRE, 0, 1);
    const address = `${await relay.app.getUrl()}/v1/feed?after=${head}&wait=30`;
    const waiting = fetch(address, { headers: { authorization: `Bearer ${CENTRE}` } });
    const stream = await events.readStream('organisation-elm-centres');
    const { streamId, revision, cursor: _, ...last } = stream.at(-1)!;
    await events.append(streamId, revision, [{ ...last, id: derivedId('feed spec', 'new') }]);
    const answer = await waiting;
    expect(await answer.json()).toMatchObject([{ sequence: head + 1, partitionkey: 'directory' }]);
  });

  it('waits for something new as long as it is asked to, and no longer', async () => {
    const { head } = await relay.pages.page(CENTRE, 0, 1);
    const answer = await get(`/v1/feed?after=${head}&wait=1`);
    expect([answer.statusCode, answer.json()]).toEqual([200, []]);
  });

  it.each([[CENTRE], [TRUST]])(
    'of %s names in each row a schema that is published',
    async (reader) => {
      const { rows } = await relay.pages.page(reader, 0, 1_000);
      const named = new Set(rows.map(({ envelope }) => envelope.dataschema));
      expect(named.size).toBeGreaterThan(5);
      for (const uri of named) {
        const answer = await get(new URL(uri).pathname, reader);
        expect(answer.json()).toMatchObject({ $id: uri });
      }
    },
  );

  it('publishes the document of all feeds to anybody', async () => {
    const answer = await get('/asyncapi.json', null);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(JSON.parse(JSON.stringify(asyncApiDocument())));
  });

  it('has a schema for each type its reader may be told, and a sample', async () => {
    const { types } = (await get('/v1/schemas')).json<{ types: string[] }>();
    for (const type of types) {
      expect((await get(`/v1/schemas/${type}`)).json()).toMatchObject({ title: type });
    }
    const sample = (await get('/v1/sample')).json<{ type: string }[]>();
    expect(sample.every(({ type }) => types.includes(type))).toBe(true);
  });
});
