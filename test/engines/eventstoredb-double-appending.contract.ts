import type { EventStoreDBClient } from '@eventstore/db-client';
import { isOpenAfter, namesIn, plainClient, plainEvents } from './eventstoredb-client.js';
import { EventStoreDbDouble } from './eventstoredb-double/eventstoredb-double.js';

/**
 * Appends as a real node of 23.10 answered them to this client: facts that the adapter has to live with, and
 * that the double must therefore keep to.
 */
describe('the double of EventStoreDB, appended to', () => {
  let double: EventStoreDbDouble;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    client = plainClient(double.connectionString);
  });
  afterEach(() => {
    void client.dispose();
    double.die();
  });

  const append = (names: string[], expectedRevision: bigint | 'no_stream' | 'any') =>
    client.appendToStream('s', plainEvents(...names), { expectedRevision });
  const held = () => namesIn(client.readStream('s'));

  async function restart(): Promise<void> {
    double.die();
    void client.dispose();
    await double.listen();
    client = plainClient(double.connectionString);
  }

  it('says that it is none', async () => {
    const features = (await Reflect.get(client, 'capabilities')) as { serverVersion: string };
    expect(features.serverVersion).toMatch(/test double/);
  });

  it('answers a retry at its revision as the first time, after later writes and a restart', async () => {
    const first = await append(['a', 'b'], 'no_stream');
    expect(first.nextExpectedRevision).toBe(1n);
    await append(['c'], 1n);
    expect(await append(['a', 'b'], 'no_stream')).toEqual(first);
    await restart();
    expect(await append(['a', 'b'], 'no_stream')).toEqual(first);
    expect(await held()).toEqual(['a', 'b', 'c']);
  });

  it('takes other bodies and a beginning of the batch for that retry', async () => {
    await append(['a', 'b'], 'no_stream');
    const [a] = plainEvents('a');
    const other = { ...a!, data: { name: 'another body' } } as typeof a;
    const again = await client.appendToStream('s', other!, { expectedRevision: 'no_stream' });
    expect(again.nextExpectedRevision).toBe(0n);
    expect(await held()).toEqual(['a', 'b']);
  });

  it('refuses old ids with a new one', async () => {
    await append(['a'], 'no_stream');
    await expect(append(['a', 'b'], 'no_stream')).rejects.toMatchObject({
      type: 'wrong-expected-version',
    });
  });

  it('writes an old id at the current revision, and one id twice in one append', async () => {
    await append(['a'], 'no_stream');
    await append(['a'], 0n);
    await append(['b', 'b'], 1n);
    expect(await held()).toEqual(['a', 'a', 'b', 'b']);
  });

  it('knows an id in its own stream alone', async () => {
    await append(['a'], 'no_stream');
    await client.appendToStream('t', plainEvents('a'), { expectedRevision: 'no_stream' });
    expect(await namesIn(client.readStream('t'))).toEqual(['a']);
  });

  it('writes a duplicate where any revision will do, once it has been restarted', async () => {
    await append(['a'], 'any');
    await append(['a'], 'any');
    expect(await held()).toEqual(['a']);
    await restart();
    await append(['a'], 'any');
    expect(await held()).toEqual(['a', 'a']);
  });

  it('takes an empty append and makes nothing of it', async () => {
    expect(await append([], 'no_stream')).toMatchObject({ success: true });
    await expect(held()).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  it('says in a conflict what was expected and what there is, and nothing in words', async () => {
    const early: unknown = await append(['a'], 4n).catch((error: unknown) => error);
    expect(early).toMatchObject({
      type: 'wrong-expected-version',
      expectedVersion: 4n,
      actualVersion: 'no_stream',
      message: '',
    });
    await append(['a', 'b', 'c'], 'no_stream');
    await expect(append(['d'], 'no_stream')).rejects.toMatchObject({
      expectedVersion: 'no_stream',
      actualVersion: 2n,
    });
  });

  it('is made to name a wrong revision by a client that does not throw', async () => {
    await append(['a', 'b', 'c'], 'no_stream');
    const lenient = plainClient(`${double.connectionString}&throwOnAppendFailure=false`);
    const answer = await lenient.appendToStream('s', plainEvents('d'), { expectedRevision: 0n });
    expect(answer).toMatchObject({ success: false, nextExpectedRevision: 1n });
    void lenient.dispose();
  });

  it.each([
    ['an id that is no UUID', { id: 'seventeen' }],
    ['no type', { type: '' }],
  ])('never answers an append with %s, nor any later one of that client', async (_, change) => {
    await append(['before'], 'no_stream');
    const [event] = plainEvents('poisoned');
    const poisoned = { ...event!, ...change } as typeof event;
    const hung = client.appendToStream('p', poisoned!, { expectedRevision: 'no_stream' });
    const later = append(['after'], 0n);
    const other = plainClient(double.connectionString);
    const elsewhere = other.appendToStream('t', plainEvents('elsewhere'));
    expect(await isOpenAfter(Promise.race([hung, later]), elsewhere)).toBe(true);
    expect(await held()).toEqual(['before']);
    void other.dispose();
    await Promise.all([hung, later].map((each) => expectRejection(each, () => double.die())));
  });

  it('fails every append under way because one is over the limit', async () => {
    await append(['before'], 'no_stream');
    const [event] = plainEvents('large');
    const large = { ...event!, data: { text: 'x'.repeat(1024 * 1024) } } as typeof event;
    const under = [client.appendToStream('l', large!), append(['after'], 0n)];
    const outcomes = await Promise.allSettled(under);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: { type: 'maximum-append-size-exceeded' } });
  });

  it('is a plain error with a code where it cannot be reached', async () => {
    double.die();
    void client.dispose();
    client = plainClient(double.connectionString);
    const error: unknown = await append(['a'], 'no_stream').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 14 });
    expect(Reflect.get(Object(error), 'type')).toBeUndefined();
  });

  it('counts on in a stream that was deleted softly, and refuses one with a tombstone', async () => {
    await append(['a', 'b'], 'no_stream');
    await client.deleteStream('s');
    await expect(held()).rejects.toMatchObject({ type: 'stream-not-found' });
    expect(await append(['c'], 'no_stream')).toMatchObject({ nextExpectedRevision: 2n });
    await client.tombstoneStream('s');
    await expect(append(['d'], 2n)).rejects.toMatchObject({ type: 'stream-deleted' });
    await expect(held()).rejects.toMatchObject({ type: 'stream-deleted' });
  });
});

async function expectRejection(append: Promise<unknown>, end: () => void): Promise<void> {
  end();
  await expect(append).rejects.toBeDefined();
}
