import { BOX_PREFIX } from '@common-thread/eventing/sealing';
import type { FeedBody } from '@common-thread/projecting/feed-row';
import { hashOf } from '@common-thread/projecting/feed-row';
import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { readBox } from '../../apps/vault/boxes/box.js';

/*
 * What is drawn at random for a request or a box is another each time, also twice from one county, and says
 * nothing. Each such value is replaced by how long it is, and nothing else is replaced: a clock's thousandths
 * apart, every other byte is compared as it came.
 */

/** An answer's text with what is random replaced by its length. */
export function withoutChance(text: string): string {
  return hashesChecked(text)
    .replaceAll(BOX, (box) => contentsLeftOut(box))
    .replaceAll(DRAWN, (_, name: string, drawn: string) => `${name}${drawn.length} characters`)
    .replaceAll(/(T\d\d:\d\d:\d\d)\.\d{3}Z/g, '$1Z');
}

/** Nonces of a page's scripts, keys and tokens of its forms, and what a browser that signs in takes to the issuer. */
const DRAWN =
  /(nonce-|nonce="|name="_(?:key|token)" value="|[?&](?:amp;)?(?:state|nonce|code_challenge)=)([\w+/=-]+)/g;

const BOX = new RegExp(`${BOX_PREFIX.replaceAll('.', '\\.')}[\\w-]+\\.[\\w-]+`, 'g');

/** A box's header says what it is of; its key's id, iv, ciphertext and tag are random. */
function contentsLeftOut(text: string): string {
  const box = readBox(text);
  if (!box) return text;
  const { keyId: _, ...header } = box.header;
  return `box of ${JSON.stringify(header)} and ${box.ciphertext.length} bytes`.replaceAll(
    '"',
    "'",
  );
}

/** Hashes that follow from the row beside them say nothing that it does not say, and hash what is random. */
function hashesChecked(text: string): string {
  if (!text.startsWith('[') || !text.includes('"bodyhash"')) return text;
  const rows = JSON.parse(text) as CloudEvent[];
  return JSON.stringify(
    rows.map((row) => {
      const { data, hash, withdrawnby: _, ...envelope } = row;
      const follows = hash === hashOf(envelope);
      // The body of a withdrawn row is gone; its hash was salted.
      const bodyFollows = data === undefined || row.bodyhash === hashOf(data as FeedBody);
      return {
        ...row,
        ...(follows ? { hash: 'of this row' } : {}),
        ...(bodyFollows ? { bodyhash: 'of its body' } : {}),
      };
    }),
  );
}
