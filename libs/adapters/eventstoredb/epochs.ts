import { jsonEvent } from '@eventstore/db-client';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Connection } from './connection.js';
import type { Position } from './cursor.js';
import { isConflict } from './faults.js';
import { readStream } from './reading.js';
import { positionOf } from './stored-form.js';

/** What a log has been through: it was created, and perhaps restored or moved here since. */
export interface Epochs {
  /** Number of the current one, from 1. */
  readonly current: number;
  /** The number alone would not tell two restores of one backup apart. */
  readonly name: string;
  /** Before everything the log holds. */
  readonly beginning: Position;
}

/**
 * Reads the epochs of a log and opens the first where there is none. Several processes may come first.
 */
export async function findEpochs(
  connection: Connection,
  stream: string,
  now: Date,
): Promise<Epochs> {
  const found = await readStream(connection, stream, 0);
  const [first] = found;
  const last = found.at(-1);
  if (first && last) {
    const current = found.length;
    const name = `${current} ${last.created.toISOString()}`;
    return { current, name, beginning: positionOf(first) };
  }
  await append(connection, stream, 1, 'created', now);
  return findEpochs(connection, stream, now);
}

/** @returns the number of the epoch opened */
export async function openEpoch(
  connection: Connection,
  stream: string,
  reason: string,
  now: Date,
): Promise<number> {
  const { current } = await findEpochs(connection, stream, now);
  await append(connection, stream, current + 1, reason, now);
  return current + 1;
}

/** Whoever else opens it at the same time writes the same id: the server then keeps one. */
async function append(
  connection: Connection,
  stream: string,
  epoch: number,
  reason: string,
  now: Date,
): Promise<void> {
  const opened = jsonEvent({
    id: derivedId('epoch', stream, epoch),
    type: 'EpochOpened',
    data: { epoch, reason, openedAt: now.toISOString() },
  });
  const expectedRevision = epoch === 1 ? 'no_stream' : BigInt(epoch - 2);
  await connection
    .call(
      'opening an epoch',
      (client) => client.appendToStream(stream, opened, { expectedRevision }),
      isConflict,
    )
    .catch((error: unknown) => {
      if (!isConflict(error)) throw error;
    });
}
