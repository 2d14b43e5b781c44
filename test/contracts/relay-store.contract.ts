import { Relay } from '../../apps/feed-relay/relay/relay.js';
import { noChanges } from '../../apps/feed-relay/relay/changes.js';
import { RelayState } from '../../apps/feed-relay/relay/relay-state.js';
import { saltsFrom } from '../../apps/feed-relay/relay/salts.js';
import type { TakeBack } from '../../apps/feed-relay/relay/tasks.js';
import { MemoryRelayStore } from '../../apps/feed-relay/store/memory-relay-store.js';
import type { RelayStore } from '../../apps/feed-relay/store/relay-store.js';
import { FenceLost, noCheckpoint } from '../../apps/feed-relay/store/relay-store.js';
import { logOf, stored } from '../disclosure/county/happening.js';
import { historyOf } from '../disclosure/county/history.js';
import { recipients } from '../disclosure/county/places.js';
import { switched, testTables } from '../disclosure/county/switches.js';
import { relayStoreEngines } from './relay-store-engines.js';

const saltOf = saltsFrom('a secret of the tests');
const events = logOf(historyOf(4, 150)).events.map(stored);
const half = events.length >> 1;
const unknown = '00000000-0000-4000-8000-000000000000';

async function relayInto(store: RelayStore, upTo = events.length): Promise<Relay> {
  const relay = new Relay(store, { saltOf, rowsMax: 7, eventsMax: 20 });
  await relay.takeOver();
  await relay.handle(events.slice(0, upTo));
  return relay;
}

/** Everything a store can be asked, of every unit of the history. */
async function everythingIn(store: RelayStore) {
  const families = new Set<string>();
  const people = new Set<string>();
  for (const { data } of events) {
    if (typeof data['familyId'] === 'string') families.add(data['familyId']);
    if (typeof data['personId'] === 'string') people.add(data['personId']);
  }
  const eventIds = events.map(({ id }) => id);
  const streamIds = [...new Set(events.map(({ streamId }) => streamId))];
  const lines = ['directory', ...[...families].map((id) => `family/${id}`)];
  const contacts = streamIds.filter((id) => id.startsWith('contact-'));
  const types = [...new Set(events.map(({ type }) => type))];
  const agreementIds = idsIn(streamIds, 'agreement-');
  return {
    streams: sorted(await store.streams(streamIds)),
    streamsOfFamilies: sorted(await store.streamsOfFamilies([...families])),
    memberships: sorted(await store.memberships([...people])),
    lines: [...(await store.lines(lines))].map(([line, { entries, cursors, involved }]) => ({
      line,
      entries,
      cursors: sorted([...cursors]),
      involved: sorted([...involved]),
    })),
    linesOf: sorted(await store.linesOf(eventIds)),
    rows: sorted(await store.rows(eventIds)),
    about: [...(await store.about([...people]))],
    recordedIn: [...(await store.recordedIn(contacts))],
    facts: sorted(await store.facts(eventIds)),
    telling: await store.telling(streamIds, 'address'),
    beginnings: await Promise.all(lines.map(async (line) => sorted(await store.beginnings(line)))),
    switches: await store.switches(),
    told: await eachRecipient((id) => store.toldOf(types, id, 0, 10_000)),
    toldThen: await eachRecipient((id) => store.toldOf(types.slice(0, 9), id, 5, 3)),
    served: await eachRecipient((id) => store.linesServed(id, '', 10_000)),
    servedThen: await eachRecipient(async (id) => {
      const [first = ''] = await store.linesServed(id, '', 1);
      return store.linesServed(id, first, 2);
    }),
    granted: await Promise.all(
      agreementIds.map((agreement) =>
        eachRecipient((id) => store.granted(agreement, id, 0, 10_000)),
      ),
    ),
    toldAbout: await Promise.all(
      [...people].slice(0, 5).map((personId) => store.toldAbout({ personId, eventIds, lines })),
    ),
    pages: await Promise.all(recipients.map(({ id }) => store.page(id, 0, 10_000))),
  };
}

/** Questions that not every history has an answer to. */
const SINCE = ['beginnings', 'told', 'toldThen', 'served', 'servedThen', 'granted'] as const;

function eachRecipient<Answer>(ask: (recipient: string) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(recipients.map(({ id }) => ask(id)));
}

function idsIn(streamIds: readonly string[], category: string): string[] {
  return streamIds.flatMap((id) => (id.startsWith(category) ? [id.slice(category.length)] : []));
}

function sorted<Item>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

describe.each(relayStoreEngines)('a relay store in $name', (engine) => {
  let store: RelayStore;
  beforeEach(async () => {
    store = await engine.open();
  });
  afterAll(() => engine.end());

  it('is taken over empty', async () => {
    const tenure = await store.takeOver();
    expect(tenure.checkpoint).toEqual(noCheckpoint);
    expect([tenure.recipients, [...tenure.feeds]]).toEqual([[], []]);
    expect(await store.page('nobody.childrens-centre', 0, 10)).toEqual({ rows: [], head: 0 });
  });

  it('answers every question as the one in memory does', async () => {
    const twin = new MemoryRelayStore();
    await relayInto(twin);
    await relayInto(store);
    const all = await everythingIn(store);
    expect(all).toEqual(await everythingIn(twin));
    // Of each question there is something to answer, or it would be no comparison.
    for (const question of SINCE) {
      expect({ question, answers: all[question].flat(2).length }).not.toMatchObject({
        answers: 0,
      });
    }
    const [mine, its] = [await store.takeOver(), await twin.takeOver()];
    expect({ ...mine, feeds: sorted([...mine.feeds]) }).toEqual({
      ...its,
      feeds: sorted([...its.feeds]),
    });
    expect(mine.checkpoint.cursor).toBe(events.at(-1)?.cursor);
  }, 120_000);

  it('keeps which version of the table is in force', async () => {
    const relay = new Relay(store, { saltOf, tables: testTables });
    await relay.takeOver();
    await relay.handle(logOf([switched(1, 2, 0, 'contract')]).events.map(stored));
    expect((await store.takeOver()).tableVersion).toBe(2);
  });

  it('answers of units it does not know that there is nothing', async () => {
    await relayInto(store, 5);
    expect(await store.streams(['contact-none'])).toEqual([]);
    expect(await store.facts([unknown])).toEqual([]);
    expect(await store.rows([unknown])).toEqual([]);
    expect(await store.linesOf([unknown])).toEqual([]);
    expect([...(await store.about([unknown]))]).toEqual([[unknown, []]]);
    const lines = await store.lines(['family/none']);
    expect(lines.get('family/none')?.entries).toEqual([]);
  });

  it('says who was told facts of somebody, and nothing of what they told of others', async () => {
    await relayInto(store);
    const rows = await store.rows(events.map(({ id }) => id));
    const ofSomebody = rows.filter(({ personId }) => personId !== '');
    expect(ofSomebody.length).toBeGreaterThan(0);
    for (const { event, grade, line, personId, recipient, withdrawnBy } of ofSomebody.slice(
      0,
      20,
    )) {
      const { eventId } = event;
      const toldAt: unknown = expect.any(String);
      const told = { eventId, recipient, grade, toldAt, withdrawn: withdrawnBy !== null };
      const asked = { personId, eventIds: [eventId], lines: [line] };
      expect(await store.toldAbout(asked)).toContainEqual(told);
      for (const other of [
        { ...asked, personId: unknown },
        { ...asked, eventIds: [unknown] },
        { ...asked, lines: [`family/${unknown}`] },
      ]) {
        expect(await store.toldAbout(other)).not.toContainEqual(told);
      }
    }
  });

  it('lets nobody commit who took over earlier', async () => {
    const replaced = await relayInto(store, half);
    const before = await everythingIn(store);
    await store.takeOver();
    await expect(replaced.handle(events.slice(half))).rejects.toThrow(FenceLost);
    expect(await everythingIn(store)).toEqual(before);
  });

  it('lets two who follow one another write what one would have written', async () => {
    await relayInto(store, half);
    const next = new Relay(store, { saltOf });
    const cursor = await next.takeOver();
    expect(cursor).toBe(events[half - 1]?.cursor);
    await next.handle(events.slice(half));
    const twin = new MemoryRelayStore();
    await relayInto(twin);
    expect((await everythingIn(store)).pages).toEqual((await everythingIn(twin)).pages);
  });

  it('keeps nothing of a commit that fails', async () => {
    const relay = await relayInto(store, half);
    const before = await everythingIn(store);
    // An event a second time: no log hands one out so, and its id is taken.
    await expect(relay.handle([events[half - 1]!])).rejects.toThrow();
    expect(await everythingIn(store)).toEqual(before);
    const { checkpoint } = await store.takeOver();
    expect(checkpoint.ordinal).toBe(half);
  });

  it('refuses a commit from a checkpoint that has been passed', async () => {
    await relayInto(store, half);
    const { fence } = await store.takeOver();
    const twin = new MemoryRelayStore();
    const { changes, state } = await firstCommitOf(twin);
    await expect(store.commit(fence, noCheckpoint, noCheckpoint, changes, state)).rejects.toThrow(
      FenceLost,
    );
  });

  it('hands out tasks to be worked on, and keeps its own as they were committed', async () => {
    const agreementId = '00000000-0000-4000-8000-000000000000';
    const task: TakeBack = { kind: 'take-back', recipient: 'nobody', agreementId, after: 0 };
    const { fence } = await store.takeOver();
    const to = { ...noCheckpoint, tasks: [{ ...task }] };
    await store.commit(fence, noCheckpoint, to, noChanges(), new RelayState());
    const [taken] = (await store.takeOver()).checkpoint.tasks as TakeBack[];
    taken!.after = 7;
    expect((await store.takeOver()).checkpoint.tasks).toEqual([task]);
  });

  it('serves pages by sequence, with the head of the same moment', async () => {
    await relayInto(store);
    const [{ id } = { id: '' }] = recipients;
    const whole = await store.page(id, 0, 10_000);
    expect(whole.rows.map(({ envelope }) => envelope.sequence)).toEqual(
      Array.from({ length: whole.head }, (_, nth) => nth + 1),
    );
    const part = await store.page(id, 3, 4);
    expect(part).toEqual({ head: whole.head, rows: whole.rows.slice(3, 7) });
    expect(await store.page(id, whole.head, 4)).toEqual({ head: whole.head, rows: [] });
  });

  it('keeps of a withdrawn row all but its body', async () => {
    const twin = new MemoryRelayStore();
    const relay = new Relay(store, { saltOf });
    await relay.takeOver();
    const told = new Map<string, string>();
    for (const event of events) {
      await relay.handle([event]);
      for (const { id } of recipients) {
        for (const { envelope, hash } of (await store.page(id, 0, 10_000)).rows.slice(-20)) {
          const text = JSON.stringify([envelope, hash]);
          expect(told.get(envelope.id) ?? text).toBe(text);
          told.set(envelope.id, text);
        }
      }
    }
    await relayInto(twin);
    const { pages } = await everythingIn(store);
    const redacted = pages.flatMap(({ rows }) => rows).filter(({ body }) => body === null);
    expect(redacted.length).toBeGreaterThan(0);
    expect(redacted.every(({ withdrawnBy }) => withdrawnBy !== null)).toBe(true);
    expect(pages).toEqual((await everythingIn(twin)).pages);
  }, 120_000);
});

/** What a first commit writes, caught on its way. */
async function firstCommitOf(store: RelayStore) {
  const caught: { changes: Parameters<RelayStore['commit']>[3]; state: RelayState }[] = [];
  const commit = store.commit.bind(store);
  store.commit = async (fence, from, to, changes, state) => {
    caught.push({ changes, state });
    await commit(fence, from, to, changes, state);
  };
  await relayInto(store, 3);
  return caught[0]!;
}
