import { Refusal } from '@common-thread/eventing/decider';
import {
  limits,
  lineRefusal,
  listRefusal,
  neededTextRefusal,
  sameMembers,
  textRefusal,
} from './limits.js';

const codeOf = (refusal: Refusal | undefined) => refusal?.code;

describe('a text', () => {
  it('may be left out, run over lines, and hold what people write', () => {
    expect(textRefusal(undefined, '/concern')).toBeUndefined();
    expect(textRefusal('Not brought.\n\tTwice — “again” 👶', '/concern')).toBeUndefined();
  });

  it('is refused blank, too long or with what no store keeps', () => {
    expect(codeOf(textRefusal(' \n ', '/concern'))).toBe('text/blank');
    for (const odd of ['a\u0000b', 'a\u0007b', 'a\u009fb', 'a\ud800b']) {
      expect(codeOf(textRefusal(odd, '/concern'))).toBe('text/unstorable-character');
    }
    const longest = 'x'.repeat(limits.textCharactersMax);
    expect(textRefusal(longest, '/concern')).toBeUndefined();
    const refusal = textRefusal(`${longest}x`, '/concern');
    expect(refusal).toMatchObject({ code: 'text/too-long', pointer: '/concern' });
    expect(refusal?.detail).toContain('20,000 characters; it has 20,001');
  });

  it('is believed when sealed, up to the size the longest seals to', () => {
    const sealed = `box.v1.${'e'.repeat(400)}.${'x'.repeat(80_000)}`;
    expect(textRefusal(sealed, '/concern')).toBeUndefined();
    expect(codeOf(textRefusal(sealed + 'x'.repeat(2_000), '/concern'))).toBe('text/too-long');
    expect(codeOf(textRefusal('box.v1.\u0000.x', '/concern'))).toBe('text/unstorable-character');
  });

  it('that is needed is asked for in its own words', () => {
    const missing = new Refusal('contact/rationale-missing', 'Write down why.', '/rationale');
    expect(neededTextRefusal(' ', missing)).toBe(missing);
    expect(neededTextRefusal('x'.repeat(20_001), missing)).toMatchObject({
      code: 'text/too-long',
      pointer: '/rationale',
    });
    expect(neededTextRefusal('Seen at home.', missing)).toBeUndefined();
  });

  it('on one line has no other', () => {
    expect(codeOf(lineRefusal('Mill\nLane', '/name'))).toBe('text/several-lines');
    expect(codeOf(lineRefusal('x'.repeat(101), '/name'))).toBe('text/too-long');
    expect(codeOf(lineRefusal(`${'x'.repeat(101)}\n`, '/name'))).toBe('text/too-long');
    expect(lineRefusal("O'Brien-Nwosu", '/name')).toBeUndefined();
    expect(lineRefusal(undefined, '/name')).toBeUndefined();
  });
});

describe('a list', () => {
  it('names something, each thing once, up to thirty', () => {
    const things = Array.from({ length: 31 }, (_, nth) => `thing-${nth}`);
    expect(listRefusal(things.slice(1), '/childIds')).toBeUndefined();
    expect(codeOf(listRefusal(things, '/childIds'))).toBe('list/too-long');
    expect(codeOf(listRefusal([], '/childIds'))).toBe('list/empty');
    expect(codeOf(listRefusal(['a', 'a'], '/childIds'))).toBe('list/repeated');
  });

  it('is the same in another order and not with another member', () => {
    expect(sameMembers(['a', 'b'], ['b', 'a'])).toBe(true);
    expect(sameMembers(['a', 'b'], ['a'])).toBe(false);
    expect(sameMembers(['a', 'b'], ['a', 'c'])).toBe(false);
  });
});
