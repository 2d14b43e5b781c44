import type { Household, MembershipTold } from '@common-thread/adapters/postgres/household-reader';
import { DirectoryNames } from './directory-names.js';
import { householdView } from './household-view.js';
import type { Opened } from './page-reveal.js';

const told = { address: 'box.v1.a', postcode: null, since: '2026-01-05', corrected: false };

function household(addresses: MembershipTold['addresses']): Household {
  const last = addresses.at(-1);
  const membership = {
    membershipId: 'm',
    personId: 'p',
    position: 'child',
    since: null,
    until: null,
    address: last?.address ?? null,
    postcode: last?.postcode ?? null,
    addresses,
  };
  const person = {
    personId: 'p',
    kind: 'child',
    sex: null,
    givenName: null,
    familyName: null,
    knownAs: null,
    dateOfBirth: null,
    expectedDate: null,
    nhsNumber: null,
    telephone: null,
    authority: null,
    authorityChildId: null,
    corrected: false,
  };
  return {
    line: 'family/f',
    members: [{ ...person, memberships: [membership], current: true }],
    relationships: [],
    involvements: [],
  };
}

function homeOf(of: Household, address: Opened): string | undefined {
  const opened = {
    reachable: true,
    of: (_line: string, field: string, box: string | null): Opened =>
      field === 'address' && box !== null ? address : { withheld: 'not-told' },
  };
  const names = new DirectoryNames({ organisations: new Map(), places: new Map() }, 'larkfield');
  return householdView(of, opened, names, '2026-03-02').home;
}

describe('where a household lives', () => {
  it('is its address, or nothing where none is known', () => {
    expect(homeOf(household([told]), { text: '1 Gorse Lane' })).toBe('1 Gorse Lane');
    expect(homeOf(household([]), { withheld: 'not-told' })).toBeUndefined();
  });

  it('is said to be confidential, never a blank, whether it was told before or not', () => {
    expect(homeOf(household([told]), { withheld: 'confidential' })).toBe('Confidential address');
    const moved = { ...told, address: null, since: '2026-02-05' };
    expect(homeOf(household([told, moved]), { withheld: 'not-told' })).toBe(
      'Confidential address',
    );
  });
});
