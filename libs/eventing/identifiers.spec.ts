import { v5 } from 'uuid';
import { derivedId } from './identifiers.js';

describe('a derived id', () => {
  it('is the UUIDv5 of its parts, whatever they hold', () => {
    const namespace = '3e0a54cc-5f2a-5d6e-9a4e-7d1c2a1f0b77';
    for (let nth = 0; nth < 200; nth += 1) {
      const parts = ['row', nth, null, `Zoë ${'x'.repeat(nth)}`];
      expect(derivedId(...parts)).toBe(v5(JSON.stringify(parts), namespace));
    }
  });

  it('reads no two lists alike', () => {
    expect(derivedId('a', 'b')).not.toBe(derivedId('a,b'));
    expect(derivedId('1')).not.toBe(derivedId(1));
  });
});
