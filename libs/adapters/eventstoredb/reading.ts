import type { Connection } from './connection.js';
import type { Position } from './cursor.js';
import { typeOf } from './faults.js';
import type { RecordedEvent } from './stored-form.js';

/** Events read from one stream at a time; the deadline is for each such part. */
const READ_AT_ONCE = 1_000;

/** What a stream holds from a revision on, in order; empty where there is no such stream. */
export async function readStream(
  connection: Connection,
  name: string,
  fromRevision: number,
  countMax = Number.MAX_SAFE_INTEGER,
): Promise<RecordedEvent[]> {
  const read: RecordedEvent[] = [];
  for (;;) {
    const maxCount = Math.min(READ_AT_ONCE, countMax - read.length);
    const part = await connection
      .call(
        `reading ${name}`,
        (client) =>
          collect(
            client.readStream(name, {
              fromRevision: BigInt(fromRevision + read.length),
              maxCount,
            }),
          ),
        isNoStream,
      )
      .catch(noneWhereNoStream);
    read.push(...part);
    if (part.length < maxCount || read.length >= countMax) return read;
  }
}

/** The last event of a stream; nothing where there is no such stream. */
export async function readLast(
  connection: Connection,
  name: string,
): Promise<RecordedEvent | undefined> {
  const [last] = await connection
    .call(
      `reading ${name}`,
      (client) =>
        collect(
          client.readStream(name, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }),
        ),
      isNoStream,
    )
    .catch(noneWhereNoStream);
  return last;
}

/** The last event of the whole server, whoever wrote it. Asked of the leader, which alone knows. */
export async function readHead(connection: Connection): Promise<RecordedEvent | undefined> {
  const [head] = await connection.call('reading the head of the log', (client) =>
    collect(
      client.readAll({
        direction: 'backwards',
        fromPosition: 'end',
        maxCount: 1,
        requiresLeader: true,
      }),
    ),
  );
  return head;
}

/** What stands at a position that was handed out; nothing where the server never gave it to anybody. */
export async function readAt(
  connection: Connection,
  position: Position,
): Promise<RecordedEvent | undefined> {
  const [found] = await connection
    .call(
      'looking for a cursor',
      (client) => collect(client.readAll({ fromPosition: position, maxCount: 1 })),
      isInvalidPosition,
    )
    .catch((error: unknown) => {
      if (!isInvalidPosition(error)) throw error;
      return [];
    });
  return found;
}

async function collect(reading: AsyncIterable<unknown>): Promise<RecordedEvent[]> {
  const read: RecordedEvent[] = [];
  for await (const resolved of reading) {
    const { event } = resolved as { readonly event?: RecordedEvent };
    if (event) read.push(event);
  }
  return read;
}

function isNoStream(error: unknown): boolean {
  return typeOf(error) === 'stream-not-found';
}

function noneWhereNoStream(error: unknown): [] {
  if (isNoStream(error)) return [];
  throw error;
}

/** The server has no class for it, only these words. */
function isInvalidPosition(error: unknown): boolean {
  return error instanceof Error && /invalid position/i.test(error.message);
}
