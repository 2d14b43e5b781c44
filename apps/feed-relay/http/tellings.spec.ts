import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { Actor } from '@common-thread/platform/actor';
import { Log } from '@common-thread/platform/log';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import type { ToldFact } from '@common-thread/platform/tellings';
import { logOf, stored } from '../../../test/disclosure/county/happening.js';
import { historyOf } from '../../../test/disclosure/county/history.js';
import { recipients } from '../../../test/disclosure/county/places.js';
import type { FeedRelay } from '../create-feed-relay.js';
import { composeFeedRelay } from '../create-feed-relay.js';
import { Relay } from '../relay/relay.js';
import { saltsFrom } from '../relay/salts.js';
import { MemoryRelayStore } from '../store/memory-relay-store.js';

const officer: Actor = {
  id: 'officer',
  organisation: 'county',
  audience: 'safeguarding-hub',
  recipient: 'county.safeguarding-hub',
  role: 'information-governance',
  places: [],
  kind: 'person',
};
const actors: Readonly<Record<string, Actor>> = {
  officer,
  manager: { ...officer, role: 'hub-manager' },
  elsewhere: { ...officer, audience: 'childrens-centre', recipient: 'elm.childrens-centre' },
};

class Tokens extends TokenVerifier {
  async verify(token: string): Promise<Actor> {
    const actor = actors[token];
    if (!actor) throw new TokenRefused('no');
    return actor;
  }
}

const events = logOf(historyOf(6)).events.map(stored);

describe('everyone ever told an address', () => {
  const store = new MemoryRelayStore();
  let relay: FeedRelay;

  beforeAll(async () => {
    const telling = new Relay(store, { saltOf: saltsFrom('a secret of the tests') });
    await telling.takeOver();
    await telling.handle(events);
    relay = await composeFeedRelay(
      {
        log: new MemoryEventLog(),
        tokens: new Tokens(),
        appLog: new Log({ app: 'feed-relay', level: 'silent' }),
        saltSecret: 'a secret of the tests',
      },
      store,
    );
    await relay.app.init();
  });
  afterAll(() => relay.close());

  const ask = (as: string, personId: string) =>
    relay.app.inject({
      url: `/v1/tellings?person=${personId}&field=address`,
      headers: { authorization: `Bearer ${as}` },
    });

  const askAbout = (as: string, body: object) =>
    relay.app.inject({
      method: 'POST',
      url: '/v1/tellings/about',
      headers: { authorization: `Bearer ${as}` },
      payload: body,
    });
  const everything = (personId: string) => {
    const begun = events.filter(
      ({ type, data }) => type === 'MembershipBegan' && data['personId'] === personId,
    );
    return {
      personId,
      eventIds: begun.map(({ id }) => id),
      lines: begun.map(({ data }) => `family/${String(data['familyId'])}`),
    };
  };
  const somebody = String(events.find(({ type }) => type === 'MembershipBegan')!.data['personId']);

  /** By the rows as they were told, counted apart from the query. */
  async function toldInFeeds(personId: string) {
    const memberships = events.filter(
      ({ type, data }) => type === 'MembershipBegan' && data['personId'] === personId,
    );
    const subjects = memberships.map(({ streamId }) =>
      streamId.replace('membership-', 'membership/'),
    );
    const found: string[] = [];
    for (const { id } of recipients) {
      for (const { envelope, body, withdrawnBy } of (await store.page(id, 0, 100_000)).rows) {
        if (!subjects.includes(envelope.subject)) continue;
        if (body && 'address' in body) found.push(`${id} ${envelope.sequence} false`);
        else if (withdrawnBy !== null) found.push(`${id} ${envelope.sequence} true`);
      }
    }
    return found;
  }

  it('is every row that told it, and no other', async () => {
    const people = [
      ...new Set(
        events.flatMap(({ type, data }) =>
          type === 'MembershipBegan' ? [String(data['personId'])] : [],
        ),
      ),
    ];
    let told = 0;
    for (const personId of people) {
      const answer = await ask('officer', personId);
      expect(answer.statusCode).toBe(200);
      const rows = answer.json<{ recipient: string; sequence: number; withdrawn: boolean }[]>();
      const named = rows.map((row) => `${row.recipient} ${row.sequence} ${String(row.withdrawn)}`);
      const inFeeds = await toldInFeeds(personId);
      // A withdrawn row no longer says what it told; every one that still does is here.
      expect(named).toEqual(
        expect.arrayContaining(inFeeds.filter((row) => row.endsWith('false'))),
      );
      expect(inFeeds).toEqual(expect.arrayContaining(named));
      told += named.length;
    }
    expect(told).toBeGreaterThan(10);
  });

  it.each(['manager', 'elsewhere'])('is for the officers of a hub, not for %s', async (as) => {
    const { data } = events.find(({ type }) => type === 'PersonRegistered')!;
    expect((await ask(as, String(data['personId']))).statusCode).toBe(404);
  });

  it('asks for a person by id and a field by name', async () => {
    const answer = await ask('officer', 'Quillfeather');
    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toContain('Quillfeather');
  });

  it('says of facts about somebody who was told them, when, and nothing that they say', async () => {
    const asked = everything(somebody);
    const answer = await askAbout('officer', asked);
    expect(answer.statusCode).toBe(200);
    const told = answer.json<ToldFact[]>();
    expect(told.length).toBeGreaterThan(0);
    expect(Object.keys(told[0]!).sort()).toEqual(
      ['eventId', 'grade', 'recipient', 'toldAt', 'withdrawn'].sort(),
    );
    expect(asked.eventIds).toEqual(expect.arrayContaining(told.map(({ eventId }) => eventId)));
    expect((await askAbout('officer', { ...asked, lines: [] })).json()).toEqual([]);
  });

  it.each(['manager', 'elsewhere'])('says nothing of facts to %s', async (as) => {
    expect((await askAbout(as, everything(somebody))).statusCode).toBe(404);
  });

  it.each([
    ['a name for a person', { personId: 'Quillfeather' }, '/personId'],
    ['a name for a line', { lines: ['family/Quillfeather'] }, '/lines'],
    ['too many facts', { eventIds: Array.from({ length: 1_001 }, () => somebody) }, '/eventIds'],
  ])('takes no %s, and does not repeat it', async (_what, change, pointer) => {
    const answer = await askAbout('officer', { ...everything(somebody), ...change });
    expect(answer.statusCode).toBe(422);
    const { errors } = answer.json<{ errors: { pointer: string }[] }>();
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    expect(answer.body).not.toContain('Quillfeather');
  });
});
