import type { HouseholdMember } from '@common-thread/adapters/postgres/household-reader';
import type { OpenedBoxes } from './page-reveal.js';
import { familyLabel } from './family-label.js';
import { ageInWords, ageOn, nameInWords } from './people.js';

const line = 'family/1';
const member: HouseholdMember = {
  personId: '1',
  kind: 'child',
  sex: 'F',
  givenName: 'Wren',
  familyName: 'Applegarth',
  knownAs: null,
  dateOfBirth: '2023-03-12',
  expectedDate: null,
  nhsNumber: null,
  telephone: null,
  authority: null,
  authorityChildId: null,
  corrected: false,
  memberships: [],
  current: true,
};
const everything: OpenedBoxes = {
  reachable: true,
  of: (_line, _field, box) => (box === null ? { withheld: 'not-told' } : { text: box }),
};
const nothing: OpenedBoxes = { reachable: false, of: () => ({ withheld: 'unreachable' }) };

const gone: OpenedBoxes = {
  reachable: true,
  of: (_line, _field, box) =>
    box === null
      ? { withheld: 'not-told' }
      : { withheld: 'erased', erased: { on: '2056-03-03', ground: 'court-order' } },
};

describe('people in words', () => {
  it('are erased, and it is said', () => {
    expect(nameInWords(gone, line, member)).toBe('Name erased on 3 March 2056');
    expect(ageInWords(gone, line, member, '2056-03-12')).toBe(
      'date of birth erased on 3 March 2056',
    );
    const unborn = { ...member, dateOfBirth: null, expectedDate: '2026-05-03' };
    expect(ageInWords(gone, line, unborn, '2056-03-12')).toContain('erased on 3 March 2056');
    expect(familyLabel(line, [member], gone, '2056-03-12').name).toBe(
      'Family, name erased on 3 March 2056',
    );
  });

  it('are named, with the name they go by', () => {
    expect(nameInWords(everything, line, member)).toBe('Wren Applegarth');
    expect(nameInWords(everything, line, { ...member, knownAs: 'Birdie' })).toBe(
      'Wren Applegarth (known as Birdie)',
    );
  });

  it('are told apart from people nobody may name', () => {
    expect(nameInWords(nothing, line, member)).toBe('Cannot be shown right now');
    const unnamed = { ...member, givenName: null, familyName: null };
    expect(nameInWords(everything, line, unnamed)).toBe('Child, name not told');
    expect(nameInWords(everything, line, { ...unnamed, kind: 'unborn' })).toBe('Unborn child');
  });

  it.each([
    ['2026-03-12', '2026-03-10', '2 days'],
    ['2026-03-12', '2026-02-01', '5 weeks'],
    ['2026-03-12', '2025-03-13', '11 months'],
    ['2026-03-12', '2025-03-12', '12 months'],
    ['2026-03-12', '2023-03-13', '2 years'],
    ['2026-03-12', '2023-03-12', '3 years'],
    ['2026-03-12', '2026-04-01', 'not born yet'],
  ])('on %s somebody born on %s is %s', (today, born, words) => {
    expect(ageOn(today, born)).toBe(words);
  });

  it('have an age, a due date, or neither', () => {
    expect(ageInWords(everything, line, member, '2026-03-12')).toBe('3 years, born 12 March 2023');
    const unborn = { ...member, dateOfBirth: null, expectedDate: '2026-05-03' };
    expect(ageInWords(everything, line, unborn, '2026-03-12')).toBe('expected 3 May 2026');
    expect(ageInWords(nothing, line, member, '2026-03-12')).toBeUndefined();
  });
});
