import { FeedFault } from '@common-thread/projecting/feed-fault';
import { recipients } from '../county/places.js';
import type { Feeds } from '../running/plain-run.js';
import { bytesOf } from '../running/plain-run.js';
import type { RoughRun } from '../running/rough-run.js';
import type { Truth } from '../truth/truth.js';
import { checkAgency } from './agencies.js';
import { Broken, must, nameRow } from './broken.js';

/** A fault the receiver finds breaks an invariant like any other. */
export async function accepted(run: Promise<RoughRun>): Promise<RoughRun> {
  try {
    return await run;
  } catch (error) {
    if (!(error instanceof FeedFault)) throw error;
    throw new Broken('the receiver accepts every feed', error.message);
  }
}

/** Kills, small transactions and a bad line change nothing that anybody holds. */
export async function checkRough(truth: Truth, plain: Feeds, rough: RoughRun): Promise<void> {
  const records = new Map(
    [...rough.feeds.values()].flat().map(({ row, record }) => [row.envelope.id, record]),
  );
  for (const { envelope, body } of rough.served) {
    const record = records.get(envelope.id);
    const plainRow = record && record.follows === null && record.grade !== 'existence';
    if (!plainRow || body === null) continue;
    must(
      truth.stands(record.event.eventId, record.toldAt),
      'a withdrawn body is never served',
      `${envelope.feed} #${envelope.sequence} ${envelope.type}`,
    );
  }
  for (const { id } of recipients) {
    for (const ran of rough.feeds.get(id) ?? []) {
      const first = rough.firstServed.get(ran.row.envelope.id);
      must(first === ran.row.hash, 'a row keeps its bytes', () => nameRow(ran));
    }
    must(
      bytesOf(plain.get(id)!) === bytesOf(rough.feeds.get(id)!),
      'a killed relay writes the same bytes',
      id,
    );
    await checkAgency(id, rough);
  }
}
