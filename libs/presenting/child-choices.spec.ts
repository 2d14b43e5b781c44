import type { HouseholdMember } from '@common-thread/adapters/postgres/household-reader';
import { childChoices } from './child-choices.js';
import type { OpenedBoxes } from './page-reveal.js';

const child = (personId: string, givenName: string, dateOfBirth: string): HouseholdMember => ({
  personId,
  kind: 'child',
  sex: 'F',
  givenName,
  familyName: 'Applegarth',
  knownAs: null,
  dateOfBirth,
  expectedDate: null,
  nhsNumber: null,
  telephone: null,
  authority: null,
  authorityChildId: null,
  corrected: false,
  memberships: [],
  current: true,
});
const boxesOpen: OpenedBoxes = {
  reachable: true,
  of: (_line, _field, box) => (box === null ? { withheld: 'not-told' } : { text: box }),
};
const vaultDown: OpenedBoxes = { reachable: false, of: () => ({ withheld: 'unreachable' }) };
const robin = child('robin', 'Robin', '2025-09-02');
const wren = child('wren', 'Wren', '2023-03-12');
const textsOf = (opened: OpenedBoxes, ...children: HouseholdMember[]) =>
  childChoices(opened, 'family/1', children, '2026-11-25').map(({ text }) => text);

describe('children to choose from', () => {
  it('are named with their age, the eldest first', () => {
    expect(childChoices(boxesOpen, 'family/1', [robin, wren], '2026-11-25')).toEqual([
      { value: 'wren', text: 'Wren Applegarth', hint: '3 years, born 12 March 2023' },
      { value: 'robin', text: 'Robin Applegarth', hint: '14 months, born 2 September 2025' },
    ]);
  });

  it('are numbered where they read alike, so that no two choices do', () => {
    expect(textsOf(vaultDown, wren, robin)).toEqual([
      'Child 1: Cannot be shown right now',
      'Child 2: Cannot be shown right now',
    ]);
    expect(textsOf(vaultDown, wren)).toEqual(['Cannot be shown right now']);
    expect(textsOf(boxesOpen, robin, child('twin', 'Robin', '2025-09-02'), wren)).toEqual([
      'Wren Applegarth',
      'Child 2: Robin Applegarth',
      'Child 3: Robin Applegarth',
    ]);
  });
});
