import { randomBytes } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { EventStoreDbEventLog } from '@common-thread/adapters/eventstoredb/event-log';
import { DoubleLog, type Recorded } from '../engines/eventstoredb-double/double-log.js';
import { EventStoreDbDouble } from '../engines/eventstoredb-double/eventstoredb-double.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import type { EventLogEngine } from './event-log-engines.js';

/** Address of a real server, one node without TLS, such as `esdb://localhost:2113?tls=false`. */
const REAL = process.env.COMMON_THREAD_TEST_EVENTSTOREDB;
/** No test waits for it; on a busy machine the double may take long. */
const DEADLINE_MS = 120_000;

/**
 * EventStoreDB: the double in this process, or the real server that COMMON_THREAD_TEST_EVENTSTOREDB names.
 * Each log has a prefix of its own on one server. No server lets its past be cut off through its address:
 * what is restored from a backup is always held by a double, with the positions of the server it was.
 */
export const eventStoreDbEngine: EventLogEngine = {
  name: REAL === undefined ? 'EventStoreDB (a double)' : 'EventStoreDB',
  async open() {
    const double = REAL === undefined ? await EventStoreDbDouble.start() : undefined;
    const server = new URL(double?.connectionString ?? REAL!);
    const prefix = `test-${randomBytes(6).toString('hex')}/`;
    const proxy = await TcpProxy.to(server.hostname, Number(server.port));
    const logs: EventStoreDbEventLog[] = [];
    const doubles = double ? [double] : [];
    const opened = async (connectionString: string) => {
      const log = await EventStoreDbEventLog.open({
        connectionString,
        prefix,
        deadlineMs: DEADLINE_MS,
      });
      logs.push(log);
      return log;
    };
    const beside = EventStoreDBClient.connectionString(server.href);
    return {
      log: await opened(throughProxy(server, proxy)),
      reopened: () => opened(server.href),
      restored: async (keep) => {
        const elsewhere = await EventStoreDbDouble.start(await backup(beside, prefix, keep));
        doubles.push(elsewhere);
        const log = await opened(elsewhere.connectionString);
        await log.openEpoch('restored from a backup');
        return log;
      },
      unrelatedWrite: async () => {
        const write = async (type: string) => {
          await beside.appendToStream('elsewhere', jsonEvent({ type, data: {} }));
        };
        await write('Begun');
        return { end: () => write('Ended') };
      },
      cut: () => proxy.cut(),
      mend: () => proxy.mend(),
      withAnswerLost: (append) => withAnswerLost(proxy, append, () => countOf(beside, prefix)),
      close: async () => {
        await Promise.all(logs.map((log) => log.close()));
        void beside.dispose();
        for (const each of doubles) each.die();
        await proxy.close();
      },
    };
  },
  end: () => Promise.resolve(),
};

function throughProxy(server: URL, proxy: TcpProxy): string {
  return `esdb://127.0.0.1:${proxy.port}${server.search}`;
}

/**
 * Lets every answer through but that of the append itself: until its events are there, what waits can only
 * be answers to what it asked before.
 */
async function withAnswerLost(
  proxy: TcpProxy,
  append: () => Promise<unknown>,
  count: () => Promise<number>,
): Promise<void> {
  const before = await count();
  proxy.holdsAnswers = true;
  const sent = append();
  const settled = sent.then(
    () => true,
    () => true,
  );
  for (let isSettled = false; !isSettled;) {
    const { held } = proxy;
    if ((await count()) > before) break;
    proxy.letThrough(held);
    isSettled = await Promise.race([settled, nextTurn()]);
  }
  proxy.cut();
  await settled;
  proxy.mend();
  await sent;
}

/** Events of the log, without its book-keeping. */
async function countOf(client: EventStoreDBClient, prefix: string): Promise<number> {
  let count = 0;
  for await (const { event } of client.readAll()) {
    if (event && isOf(prefix, event.streamId)) count += 1;
  }
  return count;
}

/** What the server's files would hold if they ended with the log's event number `keep`. */
async function backup(
  client: EventStoreDBClient,
  prefix: string,
  keep: number,
): Promise<DoubleLog> {
  const records: Recorded[] = [];
  let kept = 0;
  for await (const { event } of client.readAll()) {
    if (!event || event.streamId.startsWith('$')) continue;
    if (isOf(prefix, event.streamId)) kept += 1;
    if (kept > keep) break;
    records.push({
      id: event.id,
      type: event.type,
      contentType: 'application/json',
      data: Buffer.from(JSON.stringify(event.data)),
      metadata: Buffer.from(JSON.stringify(event.metadata ?? {})),
      stream: event.streamId,
      revision: event.revision,
      position: event.position.commit,
      createdMs: event.created.getTime(),
    });
  }
  return DoubleLog.holding(records);
}

function isOf(prefix: string, stream: string): boolean {
  return stream.startsWith(prefix) && !stream.startsWith(`${prefix}~`);
}

function nextTurn(): Promise<false> {
  return new Promise((resolve) => setImmediate(() => resolve(false)));
}
