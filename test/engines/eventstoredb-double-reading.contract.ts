import { streamNameFilter, type EventStoreDBClient, type Position } from '@eventstore/db-client';
import { namesIn, nameIn, plainClient, plainEvents } from './eventstoredb-client.js';
import { EventStoreDbDouble } from './eventstoredb-double/eventstoredb-double.js';

/** Reads and subscriptions as a real node of 23.10 answered them to this client. */
describe('the double of EventStoreDB, read from', () => {
  let double: EventStoreDbDouble;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    client = plainClient(double.connectionString);
    await client.appendToStream('s', plainEvents('a', 'b', 'c'));
    await client.appendToStream('t', plainEvents('d'));
  });
  afterEach(() => {
    // Not awaited: it never ends where a reading was left in its middle.
    void client.dispose();
    double.die();
  });

  async function positionOf(name: string): Promise<Position> {
    for await (const resolved of client.readAll()) {
      if (nameIn(resolved) === name) return resolved.event!.position;
    }
    throw new Error(`there is no event ${name}`);
  }

  /** Names in the order in which a subscription gives them, until there are so many. */
  async function followed(
    subscription: ReturnType<EventStoreDBClient['subscribeToAll']>,
    count: number,
  ): Promise<string[]> {
    const names: string[] = [];
    for await (const resolved of subscription) {
      names.push(nameIn(resolved));
      if (names.length === count) break;
    }
    return names;
  }

  it('begins a read with the event asked for, and a subscription after it', async () => {
    const fromPosition = await positionOf('b');
    expect(await namesIn(client.readAll({ fromPosition }))).toEqual(['b', 'c', 'd']);
    expect(await followed(client.subscribeToAll({ fromPosition }), 2)).toEqual(['c', 'd']);
    expect(await namesIn(client.readStream('s', { fromRevision: 1n }))).toEqual(['b', 'c']);
    const stream = client.subscribeToStream('s', { fromRevision: 1n });
    for await (const resolved of stream) {
      expect(nameIn(resolved)).toBe('c');
      break;
    }
  });

  it('reads backwards from the end', async () => {
    const last = client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 });
    expect(await namesIn(last)).toEqual(['d']);
    const ofStream = { direction: 'backwards', fromRevision: 'end', maxCount: 2 } as const;
    expect(await namesIn(client.readStream('s', ofStream))).toEqual(['c', 'b']);
  });

  it('is sent no filter with a read of everything', async () => {
    const filtered: object = { filter: streamNameFilter({ prefixes: ['t'] }) };
    expect(await namesIn(client.readAll(filtered))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('refuses a position that it never handed out', async () => {
    const { commit } = await positionOf('b');
    const never = { commit: commit + 1n, prepare: commit + 1n };
    await expect(namesIn(client.readAll({ fromPosition: never }))).rejects.toThrow(
      /invalid position/,
    );
    await expect(followed(client.subscribeToAll({ fromPosition: never }), 1)).rejects.toThrow(
      /invalid position/,
    );
  });

  it('refuses to read nothing', async () => {
    await expect(namesIn(client.readAll({ maxCount: 0 }))).rejects.toThrow(/'0'/);
  });

  it('ends a subscription by an error alone when it dies, and resumes none', async () => {
    const heard: string[] = [];
    const subscription = client.subscribeToAll();
    const failed = new Promise<void>((resolve) => {
      subscription.on('data', (resolved) => {
        heard.push(nameIn(resolved));
        if (heard.length === 4) double.die();
      });
      subscription.on('end', () => heard.push('end'));
      subscription.on('error', () => {
        heard.push('error');
        resolve();
      });
    });
    await failed;
    await double.listen();
    const again = plainClient(double.connectionString);
    await again.appendToStream('t', plainEvents('e'));
    expect(heard).toEqual(['a', 'b', 'c', 'd', 'error']);
    const after = await followed(again.subscribeToAll({ fromPosition: 'start' }), 5);
    expect(after).toEqual(['a', 'b', 'c', 'd', 'e']);
    void again.dispose();
  });

  it('says where a filtered subscription is only at every 32nd event, and not at its end', async () => {
    const names = Array.from({ length: 70 }, (_, nth) => `more ${nth}`);
    await client.appendToStream('u', plainEvents(...names));
    const checkpoints: Position[] = [];
    const filter = streamNameFilter({
      prefixes: ['t', 'last'],
      checkpointInterval: 1,
      checkpointReached: (_, position) => void checkpoints.push(position),
    });
    const subscription = client.subscribeToAll({ filter });
    const caughtUp = new Promise<void>((resolve) => subscription.on('caughtUp', () => resolve()));
    subscription.on('data', () => undefined);
    await caughtUp;
    // 74 events: the 32nd and the 64th.
    expect(checkpoints).toEqual([await positionOf('more 27'), await positionOf('more 59')]);
    await subscription.unsubscribe();
  });

  it('says so before what came earlier has been handled', async () => {
    const names = Array.from({ length: 60 }, (_, nth) => `more ${nth}`);
    await client.appendToStream('u', plainEvents(...names));
    let handled = '';
    const ahead = new Promise<string>((resolve) => {
      const filter = streamNameFilter({
        prefixes: ['s', 't', 'u'],
        checkpointInterval: 1,
        checkpointReached: () => resolve(handled),
      });
      void (async () => {
        for await (const resolved of client.subscribeToAll({ filter }, { highWaterMark: 500 })) {
          if (nameIn(resolved) === 'a') await ahead; // slow with the first
          handled = nameIn(resolved);
        }
      })().catch(() => undefined);
    });
    expect(await ahead).toBe('');
  });

  it('passes over the first survivor after a position whose event has been scavenged', async () => {
    const fromPosition = await positionOf('c');
    await client.deleteStream('s');
    double.log.scavenge();
    await client.appendToStream('t', plainEvents('e', 'f'));
    // It gives e and f; d has not been handled by anybody.
    expect(await followed(client.subscribeToAll({ fromPosition }), 2)).toEqual(['e', 'f']);
  });
});
