import { BOX_PREFIX } from '@common-thread/eventing/sealing';
import { purposes } from '@common-thread/platform/revealing';
import { derivedId } from '@common-thread/eventing/identifiers';
import { readBox } from '../../apps/vault/boxes/box.js';
import type { County } from '../counties-alike/county.js';
import type { Answers, Reader } from '../counties-alike/reading.js';
import { headersOf } from '../counties-alike/reading.js';

/** Every box there is in the log. */
export async function boxesOf({ pool }: County): Promise<readonly string[]> {
  const { rows } = await pool.query<{ box: string }>(
    `select distinct value #>> '{}' as box from log.events, jsonb_each(data::jsonb)
     where value #>> '{}' like $1 order by 1`,
    [`${BOX_PREFIX}%`],
  );
  return rows.map(({ box }) => box);
}

/**
 * Has the vault asked for every box, whether the reader was ever told it or not, for each purpose there is and
 * on each page on which it could be said to stand.
 */
export async function openEverything(
  reader: Reader,
  { standalone }: County,
  boxes: readonly string[],
  lines: readonly string[],
  answers: Answers,
): Promise<void> {
  const address = new URL('/v1/reveal', standalone.addressOf('vault'));
  const requests = lines.flatMap((line) =>
    boxes.map((box) => ({ box, field: readBox(box)?.header.field, line })),
  );
  for (const purpose of purposes) {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        ...headersOf(reader, derivedId('opening', reader.name, purpose)),
        'content-type': 'application/json',
      },
      body: JSON.stringify({ purpose, page: 'test/shielded', about: lines, requests }),
    });
    answers.set(`${reader.name} OPEN ${purpose} `, `${response.status} ${await response.text()}`);
  }
}
