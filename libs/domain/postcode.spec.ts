import { readPostcode } from './postcode.js';

describe('a postcode', () => {
  it.each([
    ['ng9 1ab', 'NG9 1AB'],
    ['NG91AB', 'NG9 1AB'],
    [' sw1a  1aa ', 'SW1A 1AA'],
    ['M1 1AE', 'M1 1AE'],
    ['B33 8TH', 'B33 8TH'],
    ['ZZ99 3VZ', 'ZZ99 3VZ'], // no fixed abode, to the NHS
  ])('is read from %s', (typed, postcode) => {
    expect(readPostcode(typed)).toBe(postcode);
  });

  it.each(['', '12345', 'NG9', 'NG9 AB1', 'NGX9 1AB', 'NG9 1ABC', 'N\u0000G9 1AB'])(
    'is none in "%s"',
    (typed) => {
      expect(readPostcode(typed)).toBeUndefined();
    },
  );
});
