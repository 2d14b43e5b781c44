import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import { shielding } from './shielding.js';

const familyId = derivedId('spec', 'family');
const context = contextAt('2026-03-02T10:00:00.000Z', { subjectId: familyId });
const make = {
  type: 'MakeAddressConfidential',
  data: { ground: 'domestic-abuse' },
  context,
} as const;
const end = {
  type: 'EndAddressConfidentiality',
  data: { reason: 'no-longer-a-risk' },
  context,
} as const;
const made = {
  type: 'AddressMadeConfidential',
  data: { familyId, ground: 'domestic-abuse' },
} as const;
const ended = {
  type: 'AddressConfidentialityEnded',
  data: { reason: 'no-longer-a-risk' },
} as const;

describe('a confidential address', () => {
  it('is made so once, ended once, and may begin again', () => {
    expect(given(shielding, []).when(make).events).toEqual([made]);
    expect(given(shielding, [made]).when(make).events).toEqual([]);
    expect(given(shielding, [made]).when(end).events).toEqual([ended]);
    expect(given(shielding, []).when(end).events).toEqual([]);
    expect(given(shielding, [made, ended]).when(make).events).toEqual([made]);
  });
});
