import fc from 'fast-check';
import { normaliseChildId, normaliseDay, normaliseName, normaliseNhsNumber } from './normalise.js';

describe('spellings that count as one', () => {
  it.each([
    [
      "O'Brien",
      ['O’Brien', 'O‘BRIEN', 'Oʼbrien', 'O`Brien', 'O´Brien', 'O Brien', 'OBrien', 'obrien'],
    ],
    [
      'Ó Briain',
      ["O'Briain", 'Ó  Briain', 'O\u0301 Briain', 'OBRIAIN', ' ó briain ', 'Ó\u00a0Briain'],
    ],
    ['Smith-Jones', ['Smith Jones', 'smith  jones', 'Smith–Jones', 'SMITH‑JONES', 'SmithJones']],
    ['St. John', ['St John', 'ST JOHN', 'St.John']],
    ['Müller', ['Muller', 'MÜLLER', 'Mu\u0308ller']],
    ['Strauß', ['Strauss', 'STRAUẞ']],
    ['Łukasiewicz', ['Lukasiewicz', 'łukasiewicz']],
    ['Sørensen', ['Sorensen']],
    ['Yıldırım', ['YILDIRIM', 'Yildirim']],
    ['İnce', ['Ince', 'ince']],
    ['Nguyễn', ['Nguyen']],
    ["N'Diaye", ['Ndiaye']],
    ['ﬁtz', ['Fitz']],
  ])('%s', (name, others) => {
    for (const other of others) expect(normaliseName(other)).toBe(normaliseName(name));
  });

  it.each([
    ["O'Brien", 'Ó Briain'],
    ['Smith', 'Smyth'],
    ['Macdonald', 'McDonald'],
    ['Müller', 'Mueller'],
    ['राम', 'रमा'],
    ['王', '李'],
  ])('and %s is not %s', (one, other) => {
    expect(normaliseName(one)).toBeDefined();
    expect(normaliseName(one)).not.toBe(normaliseName(other));
  });

  it('is nothing where no letter is left', () => {
    for (const none of ['', '  ', '-', "'", '?']) expect(normaliseName(none)).toBeUndefined();
  });

  it('normalises what is normal already to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const once = normaliseName(name);
        expect(once === undefined ? undefined : normaliseName(once)).toBe(once);
      }),
      // A letter with a mark above, then a note whose head falls away and whose stem does not.
      { examples: [['\ufe81\ud834\udd5e']], numRuns: 1_000 },
    );
  });

  it.each([
    ['999 000 0018', '9990000018'],
    ['999-000-0018', '9990000018'],
    [' 9990000018 ', '9990000018'],
    ['999 000 001', undefined],
    ['NHS 9990000018', undefined],
  ])('NHS number %s', (typed, digits) => expect(normaliseNhsNumber(typed)).toBe(digits));

  it.each([
    ['2024-02-29', '2024-02-29'],
    [' 2024-02-29', '2024-02-29'],
    ['29/02/2024', undefined],
    ['2024-2-9', undefined],
  ])('day %s', (typed, day) => expect(normaliseDay(typed)).toBe(day));

  it.each([
    ['child 12 ab', 'CHILD12AB'],
    ['0012', '0012'],
    [' ', undefined],
  ])('child id %s', (typed, id) => expect(normaliseChildId(typed)).toBe(id));
});
