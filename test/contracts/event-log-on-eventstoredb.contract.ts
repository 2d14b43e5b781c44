import { Server, ServerCredentials } from '@grpc/grpc-js';
import { EventStoreDbEventLog } from '@common-thread/adapters/eventstoredb/event-log';
import { EngineRefused } from '@common-thread/adapters/engine-faults';
import {
  CursorBeyondEpoch,
  LogUnavailable,
  UnacceptableEvent,
  type NewEvent,
} from '@common-thread/eventing/event-log';
import { plainClient, plainEvents } from '../engines/eventstoredb-client.js';
import { EventStoreDbDouble } from '../engines/eventstoredb-double/eventstoredb-double.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import { eventNamed, eventsNamed, Reader, readAll } from './event-log-reader.js';

/** What ADR 0070 promises of EventStoreDB beyond the port: the traps of server and client, each guarded. */
describe('the event log on EventStoreDB, by its own means', () => {
  let double: EventStoreDbDouble;
  let log: EventStoreDbEventLog;
  const troubles: Error[] = [];
  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    log = await opened();
  });
  afterEach(async () => {
    troubles.length = 0;
    await log.close();
    double.die();
  });

  function opened(
    change: Partial<Parameters<typeof EventStoreDbEventLog.open>[0]> = {},
  ): Promise<EventStoreDbEventLog> {
    return EventStoreDbEventLog.open({
      connectionString: double.connectionString,
      onTrouble: (trouble) => troubles.push(trouble),
      ...change,
    });
  }

  it.each<[string, Partial<NewEvent>]>([
    ['an id that is no UUID', { id: 'seventeen' }],
    ['no type', { type: '' }],
    ['a BigInt in its data', { data: { count: 1n } }],
    ['more data than the server takes', { data: { text: 'x'.repeat(2 ** 20) } }],
  ])(
    'refuses %s itself, so that the client never hangs, nor what is under way',
    async (_, change) => {
      const under = log.append('referral-1', 'no-stream', eventsNamed('under way', 2));
      const poisoned = { ...eventNamed('poisoned'), ...change };
      await expect(log.append('referral-2', 'no-stream', [poisoned])).rejects.toThrow(
        UnacceptableEvent,
      );
      expect(await under).toEqual({ revision: 1 });
      expect(await log.append('referral-1', 1, eventsNamed('later', 1))).toEqual({ revision: 2 });
    },
  );

  it.each(['$settings', '$$referral-1', '~epochs'])(
    'refuses %s as the name of a stream',
    async (name) => {
      await expect(log.append(name, 'no-stream', eventsNamed('a', 1))).rejects.toThrow(
        UnacceptableEvent,
      );
    },
  );

  it('gives up a server that stops answering, and asks the next time by another connection', async () => {
    const proxy = await TcpProxy.to('127.0.0.1', double.port);
    const connectionString = `esdb://127.0.0.1:${proxy.port}?tls=false`;
    const impatient = await opened({ connectionString, deadlineMs: 1_000 });
    await impatient.append('referral-1', 'no-stream', eventsNamed('a', 1));
    proxy.losesAnswers = true;
    const silent = impatient.append('referral-1', 0, eventsNamed('b', 1));
    await expect(silent).rejects.toThrow(/no answer within 1000 ms/);
    proxy.losesAnswers = false;
    const again = await impatient.append('referral-1', 0, eventsNamed('b', 1));
    expect(again).toEqual({ revision: 1 });
    await impatient.close();
    await proxy.close();
  });

  it('fails at once where its credentials are wrong, and says so', async () => {
    double.state.denies = true;
    const refused = opened({ waitMs: 60_000 });
    await expect(refused).rejects.toThrow(EngineRefused);
    await expect(refused).rejects.toThrow(/Look at its credentials/);
    expect(troubles).toEqual([]);
  });

  it('fails at once at a server that is no EventStoreDB, and says what is needed', async () => {
    const other = new Server();
    const port = await new Promise<number>((resolve) => {
      other.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_, bound) =>
        resolve(bound),
      );
    });
    const connectionString = `esdb://127.0.0.1:${port}?tls=false`;
    await expect(opened({ connectionString, waitMs: 60_000 })).rejects.toThrow(
      /EventStoreDB 23\.10 or later, or KurrentDB, is needed/,
    );
    other.forceShutdown();
  });

  it('waits for a server that is not there yet, and says where it looks', async () => {
    double.die();
    await expect(opened()).rejects.toThrow(LogUnavailable);
    const toldOfTrouble = new Promise<Error>((resolve) => {
      void opened({ waitMs: 60_000, onTrouble: resolve }).then((late) => {
        waited = late;
        toldThatItIsOpen();
      });
    });
    let waited: EventStoreDbEventLog | undefined;
    let toldThatItIsOpen: () => void;
    const isOpen = new Promise<void>((resolve) => (toldThatItIsOpen = resolve));
    const trouble = await toldOfTrouble;
    expect(trouble).toBeInstanceOf(LogUnavailable);
    expect(trouble.message).toContain(`127.0.0.1:${double.port}`);
    await double.listen();
    await isOpen;
    await waited!.close();
  });

  it('goes on by itself after a short absence of the server, without a gap or a double', async () => {
    await log.append('referral-1', 'no-stream', eventsNamed('before', 3));
    const reader = new Reader(log);
    await reader.until(() => reader.events.length === 3);
    double.die();
    await double.listen();
    const beside = await opened();
    await beside.append('referral-1', 2, eventsNamed('after', 3));
    await reader.until(() => reader.events.length === 6);
    await reader.stop();
    expect(reader.error).toBeUndefined();
    expect(reader.events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(troubles[0]).toBeInstanceOf(LogUnavailable);
    await beside.close();
  });

  it('notices a subscription that has fallen silent, and never says it has caught up with it', async () => {
    const impatient = await opened({ deadlineMs: 1_000 });
    const acknowledged = new Map<string, number>();
    const reader = new Reader(impatient, {}, acknowledged);
    // The second is told by a subscription, not by the look at the log's head alone.
    await reader.until(() => reader.caughtUp.length >= 2);
    double.state.isSilent = true;
    const event = eventNamed('unheard');
    await log.append('referral-1', 'no-stream', [event]);
    acknowledged.set(event.id, Date.now());
    await troubleToldOf(/no new event came for 1000 ms/);
    double.state.isSilent = false;
    await reader.until(() => reader.events.length === 1);
    await reader.untilCaughtUpAgain();
    await reader.stop();
    expect(reader.missedAtCaughtUp).toEqual([]);
    expect(reader.error).toBeUndefined();
    await impatient.close();
  });

  it('refuses a cursor whose event has been scavenged rather than pass over the next', async () => {
    await log.append('referral-1', 'no-stream', eventsNamed('r', 1));
    await log.append('contact-1', 'no-stream', eventsNamed('c', 2));
    const [first] = await readAll(log);
    const client = plainClient(double.connectionString);
    await client.deleteStream('referral-1');
    double.log.scavenge();
    await expect(readAll(log, { after: first!.cursor })).rejects.toThrow(CursorBeyondEpoch);
    void client.dispose();
  });

  it('opens an epoch under readers that go on, once however many open it', async () => {
    await log.append('referral-1', 'no-stream', eventsNamed('before', 2));
    const reader = new Reader(log);
    await reader.until(() => reader.events.length === 2);
    const [other, another] = [await opened(), await opened()];
    const reasons = ['a drill', 'the same drill'];
    const epochs = await Promise.all([
      other.openEpoch(reasons[0]!),
      another.openEpoch(reasons[1]!),
    ]);
    expect(epochs).toEqual([2, 2]);
    await other.append('referral-1', 1, eventsNamed('after', 2));
    await reader.until(() => reader.events.length === 4);
    await reader.stop();
    expect(reader.events.map(({ cursor }) => cursor.split('.')[0])).toEqual(['1', '1', '2', '2']);
    for (const [nth, { cursor }] of reader.events.entries()) {
      expect(await readAll(log, { after: cursor })).toEqual(reader.events.slice(nth + 1));
    }
    await Promise.all([other.close(), another.close()]);
  });

  it('keeps logs apart by their prefixes, and what is not its own out of them', async () => {
    const north = await opened({ prefix: 'north/' });
    const south = await opened({ prefix: 'south/' });
    await north.append('referral-1', 'no-stream', eventsNamed('n', 2));
    await south.append('referral-1', 'no-stream', eventsNamed('n', 1));
    expect(await readAll(north)).toHaveLength(2);
    expect(await readAll(south)).toHaveLength(1);
    // The log without a prefix has the whole server to itself, and says so when that is not true.
    await expect(readAll(log)).rejects.toThrow(EngineRefused);
    await Promise.all([north.close(), south.close()]);
  });

  it('stops at an event that somebody else wrote into the log', async () => {
    const client = plainClient(double.connectionString);
    await client.appendToStream('referral-1', plainEvents('foreign'));
    await expect(readAll(log)).rejects.toThrow(/was not written by this service/);
    await expect(log.readStream('referral-1')).rejects.toThrow(EngineRefused);
    void client.dispose();
  });

  /** Resolves once such a trouble has been told; each look is a turn of this process. */
  async function troubleToldOf(words: RegExp): Promise<void> {
    while (!troubles.some(({ message }) => words.test(message))) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
});
