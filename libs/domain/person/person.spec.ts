import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { CommandContext } from '@common-thread/eventing/decider';
import type { CorrectPersonDetails, RegisterPerson } from './person.js';
import { person } from './person.js';

const now = '2026-03-02T10:00:00.000Z';
const personId = derivedId('spec', 'maya');
const registration = derivedId('spec', 'registration');
const correction = derivedId('spec', 'correction');
const context = (change: Partial<CommandContext> = {}) =>
  contextAt(now, { subjectId: personId, ...change });

const maya = {
  kind: 'child',
  sex: 'F',
  givenName: 'Maya',
  familyName: 'Okafor',
  dateOfBirth: '2024-05-17',
  nhsNumber: '999 000 0018',
} as const;

const register = (
  data: RegisterPerson['data'] = maya,
  change: Partial<CommandContext> = {},
): RegisterPerson => ({ type: 'RegisterPerson', data, context: context(change) });

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

const registered = {
  type: 'PersonRegistered',
  id: registration,
  data: { personId, kind: 'child', givenName: 'box.v1.e.e' },
} as const;
const corrected = {
  type: 'PersonDetailsCorrected',
  id: correction,
  data: { personId, corrects: registration, knownAs: 'box.v1.e.e' },
} as const;
const registrationWithdrawn = {
  type: 'RecordWithdrawn',
  data: { withdraws: registration, reason: 'duplicate' },
} as const;

describe('registering a person', () => {
  it('records who they are, with the NHS number in its one form', () => {
    expect(given(person, []).when(register()).events).toEqual([
      { type: 'PersonRegistered', data: { ...maya, personId, nhsNumber: '9990000018' } },
    ]);
  });

  it('is refused once somebody is registered, and after a registration in error', () => {
    expect(given(person, [registered]).when(register()).refused).toBe('person/already-registered');
    expect(given(person, [registered, registrationWithdrawn]).when(register()).refused).toBe(
      'person/already-registered',
    );
  });

  const unborn = { kind: 'unborn', expectedDate: '2026-08-20' } as const;

  it('records an unborn child by the expected date alone', () => {
    expect(given(person, []).when(register(unborn)).events).toEqual([
      { type: 'PersonRegistered', data: { ...unborn, personId } },
    ]);
  });

  const refusals: [string, RegisterPerson['data'], string][] = [
    ['a birth in the future', { ...maya, dateOfBirth: '2026-03-03' }, 'person/born-in-the-future'],
    ['a birth before 1900', { ...maya, dateOfBirth: '1899-12-31' }, 'person/born-too-long-ago'],
    ['a day that is none', { ...maya, dateOfBirth: '2025-02-29' }, 'person/no-such-day'],
    ['a day written otherwise', { ...maya, dateOfBirth: '17/05/2024' }, 'person/no-such-day'],
    [
      'a born child with an expected date',
      { ...maya, expectedDate: '2026-08-20' },
      'person/born-with-expected-date',
    ],
    ['an unborn child without one', { kind: 'unborn' }, 'person/expected-date-missing'],
    [
      'an unborn child with a date of birth',
      { ...unborn, dateOfBirth: '2026-01-01' },
      'person/unborn-with-date-of-birth',
    ],
    ['an unborn child with a sex', { ...unborn, sex: 'M' }, 'person/unborn-with-sex'],
    [
      'an unborn child with an NHS number',
      { ...unborn, nhsNumber: '9990000018' },
      'person/unborn-with-nhs-number',
    ],
    [
      'an expected date more than 42 weeks ahead',
      { ...unborn, expectedDate: '2026-12-22' },
      'person/expected-date-implausible',
    ],
    ['a wrong NHS number', { ...maya, nhsNumber: '999 000 0019' }, 'person/nhs-number-invalid'],
    ['nobody by name', { kind: 'adult', telephone: '01632 960001' }, 'person/name-missing'],
    ['a blank name', { ...maya, givenName: '  ' }, 'text/blank'],
    ['a name on two lines', { ...maya, givenName: 'Maya\nOkafor' }, 'text/several-lines'],
    ['a name with a NUL', { ...maya, givenName: 'Ma\u0000ya' }, 'text/unstorable-character'],
    ['a name too long', { ...maya, givenName: 'M'.repeat(101) }, 'text/too-long'],
    ['a telephone number in words', { ...maya, telephone: 'ask mum' }, 'person/telephone-invalid'],
    [
      "an authority's child id without the authority",
      { ...maya, authorityChildId: 'FH-1' },
      'person/authority-missing',
    ],
  ];
  it.each(refusals)('refuses %s', (_, data, code) => {
    expect(given(person, []).when(register(data)).refused).toBe(code);
  });

  it.each<[string, RegisterPerson['data']]>([
    ['born today', { ...maya, dateOfBirth: '2026-03-02' }],
    ['born on the first day of 1900', { ...maya, dateOfBirth: '1900-01-01' }],
    ['expected in 42 weeks', { ...unborn, expectedDate: '2026-12-21' }],
    ['expected 42 weeks ago', { ...unborn, expectedDate: '2025-05-12' }],
    ['to be rung at five digits', { ...maya, telephone: '60001' }],
    ['to be rung at thirty signs', { ...maya, telephone: '+44 (0) 1632 960 001 x 1234 56' }],
  ])('takes somebody %s', (_, data) => {
    expect(given(person, []).when(register(data)).refused).toBeUndefined();
  });

  it('takes an extract at its word where only the present day would doubt it', () => {
    const old = { kind: 'unborn', expectedDate: '2022-01-10' } as const;
    expect(given(person, []).when(register(old)).refused).toBe('person/expected-date-implausible');
    expect(given(person, []).when(register(old, { imported: true })).events).toHaveLength(1);
    const byId = { kind: 'child', authority: '891', authorityChildId: '10023' } as const;
    expect(given(person, []).when(register(byId)).refused).toBe('person/name-missing');
    expect(given(person, []).when(register(byId, { imported: true })).events).toHaveLength(1);
  });

  it('refuses a birth in the future from an extract as well', () => {
    const command = register({ ...maya, dateOfBirth: '2026-03-03' }, { imported: true });
    expect(given(person, []).when(command).refused).toBe('person/born-in-the-future');
  });
});

describe("correcting a person's details", () => {
  it('records the parts that were wrong', () => {
    expect(
      given(person, [registered]).when(correct({ nhsNumber: '999-000-0018' })).events,
    ).toEqual([
      {
        type: 'PersonDetailsCorrected',
        data: { personId, corrects: registration, nhsNumber: '9990000018' },
      },
    ]);
  });

  it.each([
    ['nobody is registered', [], correct({ knownAs: 'May' }), 'person/not-registered'],
    ['no part is given', [registered], correct({}), 'person/no-details'],
    [
      'something else is to be corrected',
      [registered, corrected],
      correct({ knownAs: 'May' }, correction),
      'person/nothing-to-correct',
    ],
    [
      'it would make the born unborn',
      [registered],
      correct({ expectedDate: '2026-08-20' }),
      'person/born-with-expected-date',
    ],
    [
      'the registration was withdrawn',
      [registered, registrationWithdrawn],
      correct({ knownAs: 'May' }),
      'person/not-registered',
    ],
  ])('is refused where %s', (_, past, command, code) => {
    expect(given(person, past).when(command).refused).toBe(code);
  });
});

describe('withdrawing a registration or correction', () => {
  it('records it; a registration takes its corrections along without a word more', () => {
    for (const id of [registration, correction]) {
      expect(given(person, [registered, corrected]).when(withdraw(id)).events).toEqual([
        { type: 'RecordWithdrawn', data: { withdraws: id, reason: 'duplicate' } },
      ]);
    }
    const state = given(person, [registered, corrected, registrationWithdrawn]).state();
    expect(state).toEqual({ registered: undefined, corrections: [], withdrawn: [registration] });
  });

  it('records nothing when it is withdrawn already', () => {
    const past = [registered, registrationWithdrawn];
    expect(given(person, past).when(withdraw(registration))).toEqual({
      events: [],
      refused: undefined,
    });
  });

  it('is refused where nothing of that id stands', () => {
    const past = [registered, corrected, registrationWithdrawn];
    expect(given(person, past).when(withdraw(correction)).refused).toBe(
      'withdrawal/nothing-to-withdraw',
    );
  });
});
