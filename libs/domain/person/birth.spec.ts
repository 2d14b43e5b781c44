import type { CommandContext } from '@common-thread/eventing/decider';
import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { CorrectPersonDetails, RecordBirth } from './person.js';
import { person } from './person.js';

const personId = derivedId('spec', 'person');
const registration = derivedId('spec', 'registration');
const correction = derivedId('spec', 'correction');
const context = (change: Partial<CommandContext> = {}) =>
  contextAt('2026-03-02T10:00:00.000Z', { subjectId: personId, ...change });

const registered = {
  type: 'PersonRegistered',
  id: registration,
  data: { personId, kind: 'child', givenName: 'box.v1.e.e' },
} as const;

const correct = (
  data: Omit<CorrectPersonDetails['data'], 'corrects'>,
  corrects = registration,
): CorrectPersonDetails => ({
  type: 'CorrectPersonDetails',
  data: { corrects, ...data },
  context: context(),
});

const withdraw = (withdraws: string) =>
  ({
    type: 'WithdrawRecord',
    data: { withdraws, reason: 'duplicate' },
    context: context(),
  }) as const;

const expected = {
  type: 'PersonRegistered',
  id: registration,
  at: '2026-01-12T09:00:00.000Z',
  data: { personId, kind: 'unborn', expectedDate: 'box.v1.e.e' },
} as const;
const born = {
  type: 'ChildBorn',
  id: derivedId('spec', 'birth'),
  data: { personId, dateOfBirth: 'box.v1.e.e' },
} as const;
const birthWithdrawn = {
  type: 'RecordWithdrawn',
  data: { withdraws: born.id, reason: 'wrong-person' },
} as const;

describe('recording a birth', () => {
  const bear = (
    data: RecordBirth['data'] = { dateOfBirth: '2026-02-28' },
    change: Partial<CommandContext> = {},
  ): RecordBirth => ({ type: 'RecordBirth', data, context: context(change) });

  it('records what is known of the child, with the NHS number in its one form', () => {
    const data = { ...bear().data, sex: 'F', givenName: 'Sorrel', nhsNumber: '999 000 0018' };
    expect(given(person, [expected]).when(bear({ ...data, sex: 'F' })).events).toEqual([
      { type: 'ChildBorn', data: { ...data, personId, nhsNumber: '9990000018' } },
    ]);
  });

  it.each([
    ['nobody is registered', [], bear(), 'person/not-registered'],
    ['the child was registered as born', [registered], bear(), 'person/not-expected'],
    ['the birth is recorded', [expected, born], bear(), 'person/already-born'],
    [
      'it lies in the future',
      [expected],
      bear({ dateOfBirth: '2026-03-03' }),
      'person/born-in-the-future',
    ],
    [
      'it lies long before the child was still expected',
      [expected],
      bear({ dateOfBirth: '2025-03-23' }),
      'person/birth-implausible',
    ],
    [
      'its day would stand in clear beside it',
      [expected],
      bear(undefined, { occurredAt: '2026-02-28T12:00:00.000Z', occurredPrecision: 'day' }),
      'person/birth-in-clear',
    ],
    [
      'it is dated before the child was registered',
      [expected],
      bear(undefined, { occurredAt: '2026-01-11T12:00:00.000Z' }),
      'occurrence/before-it-began',
    ],
  ])('is refused where %s', (_, past, command, code) => {
    expect(given(person, past).when(command).refused).toBe(code);
  });

  it('is taken on its own day, and as early as the child can have been expected', () => {
    for (const dateOfBirth of ['2026-03-02', '2025-03-24']) {
      expect(given(person, [expected]).when(bear({ dateOfBirth })).events).toHaveLength(1);
    }
  });

  it('may be corrected as the birth of a child, beside the registration of one expected', () => {
    const past = [expected, born];
    const birth = correct({ dateOfBirth: '2026-02-27', sex: 'M' }, born.id);
    expect(given(person, past).when(birth).events).toHaveLength(1);
    const unborn = correct({ expectedDate: '2026-03-08' });
    expect(given(person, past).when(unborn).events).toHaveLength(1);
    expect(given(person, past).when(correct({ sex: 'M' })).refused).toBe('person/unborn-with-sex');
    expect(
      given(person, past).when(correct({ expectedDate: '2026-03-08' }, born.id)).refused,
    ).toBe('person/born-with-expected-date');
  });

  it('may be withdrawn alone, with its corrections, and goes with the registration', () => {
    const corrected = {
      type: 'PersonDetailsCorrected',
      id: correction,
      data: { personId, corrects: born.id, sex: 'M' },
    } as const;
    const past = [expected, born, corrected];
    const reason = 'duplicate';
    expect(given(person, past).when(withdraw(born.id)).events).toEqual([
      { type: 'RecordWithdrawn', data: { withdraws: born.id, reason } },
    ]);
    expect(given(person, past).when(withdraw(registration)).events).toEqual([
      { type: 'RecordWithdrawn', data: { withdraws: registration, reason } },
      { type: 'RecordWithdrawn', data: { withdraws: born.id, reason } },
    ]);
    expect(given(person, [...past, birthWithdrawn]).state()).toMatchObject({
      born: undefined,
      corrections: [],
    });
    expect(given(person, [...past, birthWithdrawn]).when(bear()).events).toHaveLength(1);
  });
});
