import type { CommandContext } from '@common-thread/eventing/decider';
import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { MembershipCommand } from './membership.js';
import { membership } from './membership.js';

const now = '2026-03-02T10:00:00.000Z';
const familyId = derivedId('spec', 'family');
const personId = derivedId('spec', 'maya');
const beginning = derivedId('spec', 'beginning');
const move = derivedId('spec', 'move');
const correction = derivedId('spec', 'correction');
const leaving = derivedId('spec', 'leaving');

/** A command as it comes on 2 March, for something that happened at `occurredAt`. */
function asked<Type extends MembershipCommand['type']>(
  type: Type,
  data: Extract<MembershipCommand, { type: Type }>['data'],
  change: Partial<CommandContext> = {},
) {
  return { type, data, context: contextAt(now, change) } as MembershipCommand;
}

const begin = { familyId, personId, position: 'child' } as const;
const began = {
  type: 'MembershipBegan',
  id: beginning,
  at: '2026-01-05T09:00:00.000Z',
  data: { ...begin, address: 'box.v1.e.e' },
} as const;
const moved = {
  type: 'AddressChanged',
  id: move,
  at: '2026-02-02T09:00:00.000Z',
  data: { personId, address: 'box.v1.e.e' },
} as const;
const corrected = {
  type: 'AddressCorrected',
  id: correction,
  at: '2026-02-03T09:00:00.000Z',
  data: { personId, corrects: move, postcode: 'box.v1.e.e' },
} as const;
const ended = {
  type: 'MembershipEnded',
  id: leaving,
  at: '2026-02-20T09:00:00.000Z',
  data: { personId },
} as const;
const withdrawn = (withdraws: string) =>
  ({ type: 'RecordWithdrawn', data: { withdraws, reason: 'wrong-family' } }) as const;
const withdraw = (withdraws: string) =>
  asked('WithdrawRecord', { withdraws, reason: 'wrong-family' });

describe('beginning a membership', () => {
  it('records person, family and position with the address in its one form', () => {
    const data = { ...begin, address: '4 Mill Lane\nLarkfield', postcode: 'ng91ab' };
    expect(given(membership, []).when(asked('BeginMembership', data)).events).toEqual([
      { type: 'MembershipBegan', data: { ...data, postcode: 'NG9 1AB' } },
    ]);
  });

  it('records nothing when it has begun so already', () => {
    expect(given(membership, [began]).when(asked('BeginMembership', begin))).toEqual({
      events: [],
      refused: undefined,
    });
  });

  it('is refused when it began otherwise, or was withdrawn', () => {
    const other = asked('BeginMembership', { ...begin, position: 'parent' });
    expect(given(membership, [began]).when(other).refused).toBe('membership/already-begun');
    const past = [began, withdrawn(beginning)];
    expect(given(membership, past).when(asked('BeginMembership', begin)).refused).toBe(
      'membership/already-begun',
    );
  });

  it('refuses an address too long or a postcode of another shape', () => {
    const long = asked('BeginMembership', { ...begin, address: 'x'.repeat(501) });
    expect(given(membership, []).when(long).refused).toBe('text/too-long');
    const odd = asked('BeginMembership', { ...begin, postcode: '12345' });
    expect(given(membership, []).when(odd).refused).toBe('membership/postcode-invalid');
  });
});

describe('changing and correcting an address', () => {
  const home = { address: '9 Weir Road' };

  it('records a move as a new fact and a mistake as a correction', () => {
    expect(given(membership, [began]).when(asked('ChangeAddress', home)).events).toEqual([
      { type: 'AddressChanged', data: { ...home, personId } },
    ]);
    for (const corrects of [beginning, move]) {
      const command = asked('CorrectAddress', { ...home, corrects });
      expect(given(membership, [began, moved]).when(command).events).toEqual([
        { type: 'AddressCorrected', data: { ...home, corrects, personId } },
      ]);
    }
  });

  it.each([
    ['before the membership', [], asked('ChangeAddress', home), 'membership/not-begun'],
    ['without an address', [began], asked('ChangeAddress', {}), 'membership/address-missing'],
    [
      'dated before the membership began',
      [began],
      asked('ChangeAddress', home, { occurredAt: '2026-01-04T09:00:00.000Z' }),
      'occurrence/before-it-began',
    ],
    [
      'dated after it ended',
      [began, ended],
      asked('ChangeAddress', home),
      'occurrence/after-it-ended',
    ],
    [
      'of what was withdrawn',
      [began, moved, withdrawn(move)],
      asked('CorrectAddress', { ...home, corrects: move }),
      'membership/nothing-to-correct',
    ],
    [
      'of a correction',
      [began, moved, corrected],
      asked('CorrectAddress', { ...home, corrects: correction }),
      'membership/nothing-to-correct',
    ],
  ])('is refused %s', (_, past, command, code) => {
    expect(given(membership, past).when(command).refused).toBe(code);
  });

  it('may be recorded late, for a day before the end', () => {
    const command = asked('ChangeAddress', home, { occurredAt: '2026-02-10T12:00:00.000Z' });
    expect(given(membership, [began, ended]).when(command).events).toHaveLength(1);
  });
});

describe('ending a membership', () => {
  it('records whose it was', () => {
    expect(given(membership, [began, moved]).when(asked('EndMembership', {})).events).toEqual([
      { type: 'MembershipEnded', data: { personId } },
    ]);
  });

  it('records nothing when it ended on that day, and is refused for another', () => {
    const sameDay = { occurredAt: '2026-02-20T15:00:00.000Z' };
    const again = asked('EndMembership', {}, sameDay);
    expect(given(membership, [began, ended]).when(again).events).toEqual([]);
    expect(given(membership, [began, ended]).when(again).refused).toBeUndefined();
    expect(given(membership, [began, ended]).when(asked('EndMembership', {})).refused).toBe(
      'membership/already-ended',
    );
  });

  it('is refused before it began, before a move, and where nothing began', () => {
    const early = asked('EndMembership', {}, { occurredAt: '2026-01-04T12:00:00.000Z' });
    const beforeMove = asked('EndMembership', {}, { occurredAt: '2026-02-01T12:00:00.000Z' });
    expect(given(membership, [began]).when(early).refused).toBe('occurrence/before-it-began');
    expect(given(membership, [began, moved]).when(beforeMove).refused).toBe(
      'occurrence/ends-too-early',
    );
    expect(given(membership, []).when(asked('EndMembership', {})).refused).toBe(
      'membership/not-begun',
    );
  });
});

describe('withdrawing', () => {
  const past = [began, moved, corrected, ended];

  it.each([beginning, move, correction, leaving])('records the one event %s', (id) => {
    expect(given(membership, past).when(withdraw(id)).events).toEqual([withdrawn(id)]);
  });

  it('leaves a membership that never began', () => {
    const state = given(membership, [...past, withdrawn(beginning)]).state();
    expect(state).toEqual({ ...membership.initialState, withdrawn: [beginning] });
  });

  it('takes the corrections of a withdrawn move along, and opens a membership whose end goes', () => {
    const state = given(membership, [...past, withdrawn(move), withdrawn(leaving)]).state();
    expect(state.corrections).toEqual([]);
    expect(state.ended).toBeUndefined();
    expect(given(membership, [...past, withdrawn(move)]).when(withdraw(correction)).refused).toBe(
      'withdrawal/nothing-to-withdraw',
    );
  });

  it('records nothing the second time', () => {
    expect(given(membership, [...past, withdrawn(move)]).when(withdraw(move))).toEqual({
      events: [],
      refused: undefined,
    });
  });
});
