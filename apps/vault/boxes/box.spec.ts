import { randomBytes, randomUUID } from 'node:crypto';
import { isBox } from '@common-thread/eventing/sealing';
import fc from 'fast-check';
import type { BoxHeader } from './box.js';
import { isAuthentic, openBox, readBox, sealBox } from './box.js';

const header: BoxHeader = {
  keyId: randomUUID(),
  eventId: randomUUID(),
  eventType: 'PersonRegistered',
  streamId: `person-${randomUUID()}`,
  field: 'familyName',
  version: 1,
};
const secret = randomBytes(32);

/** The box as it would be with another header, under the same contents. */
function relabelled(box: string, change: Readonly<Record<string, unknown>>) {
  const [, , head, body] = box.split('.');
  const told: unknown = JSON.parse(Buffer.from(head!, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...(told as object), ...change }));
  return `box.v1.${changed.toString('base64url')}.${body}`;
}

describe('a box', () => {
  it('opens to the text it was sealed with, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const box = sealBox(header, text, secret);
        expect(isBox(box)).toBe(true);
        const read = readBox(box)!;
        expect(read.header).toEqual(header);
        expect(isAuthentic(read, secret)).toBe(true);
        expect(openBox(read, secret)).toBe(text);
      }),
    );
  });

  it('hides the text, and hides that two texts are the same', () => {
    const one = sealBox(header, 'Quillfeather', secret);
    expect(one).not.toContain('Quillfeather');
    expect(sealBox(header, 'Quillfeather', secret)).not.toBe(one);
  });

  it.each([
    ['moved to another event', { e: randomUUID() }],
    ['moved to another stream', { s: `person-${randomUUID()}` }],
    ['relabelled as another field', { f: 'knownAs' }],
    ['relabelled as another event type', { t: 'SessionAttended' }],
    ['said to be of another version', { v: 2 }],
    ['said to be under another key', { k: randomUUID() }],
    ['given one more member', { z: 1 }],
  ])('does not open when it is %s', (_, change) => {
    const read = readBox(relabelled(sealBox(header, 'Quillfeather', secret), change))!;
    expect(isAuthentic(read, secret)).toBe(false);
    expect(openBox(read, secret)).toBeUndefined();
  });

  it('opens again when relabelled as what it was, so that the check above bites on the label alone', () => {
    const box = sealBox(header, 'Quillfeather', secret);
    expect(openBox(readBox(relabelled(box, {}))!, secret)).toBe('Quillfeather');
  });

  it('does not open under another key, nor with any byte changed', () => {
    const box = sealBox(header, 'Quillfeather', secret);
    expect(openBox(readBox(box)!, randomBytes(32))).toBeUndefined();
    const dot = box.lastIndexOf('.') + 1;
    const sealed = Buffer.from(box.slice(dot), 'base64url');
    for (let byte = 0; byte < sealed.length; byte += 1) {
      const changed = Buffer.from(sealed);
      changed[byte]! ^= 1;
      const read = readBox(box.slice(0, dot) + changed.toString('base64url'))!;
      expect(openBox(read, secret)).toBeUndefined();
    }
  });

  it('is not read from text that is none', () => {
    const good = sealBox(header, 'x', secret);
    const broken = [
      '',
      'box.v1.',
      'box.v1.a',
      'box.v1.a.b',
      `${good}.more`,
      good.slice(0, good.lastIndexOf('.') + 10),
      good.replace('box.v1', 'box.v2'),
      relabelled(good, { k: 'not-an-id' }),
      relabelled(good, { v: '1' }),
      `box.v1.${Buffer.from('null').toString('base64url')}.AAAA`,
    ];
    for (const text of broken) expect(readBox(text)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => readBox(`box.v1.${text}`) === undefined));
  });
});
