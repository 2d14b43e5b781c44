import { canonicalJson, hashOf } from './feed-row.js';

describe('canonical JSON', () => {
  it('sorts members at every depth and leaves out what is undefined', () => {
    const value = { b: [{ d: 1, c: 'é"' }], a: null, undefinedOnes: undefined, Z: false };
    expect(canonicalJson(value)).toBe('{"Z":false,"a":null,"b":[{"c":"é\\"","d":1}]}');
    expect(canonicalJson({})).toBe('{}');
  });

  it('gives one hash whatever order a body was written in', () => {
    const known = '16e4b84bfda01aefd7401a724c47388faf73834d52752584766fc3e7212b31c8';
    expect(hashOf({ salt: 's', level: '3' })).toBe(known);
    expect(hashOf({ level: '3', salt: 's' })).toBe(known);
  });
});
