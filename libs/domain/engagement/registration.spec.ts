import type { CommandContext } from '@common-thread/eventing/decider';
import { APPEND_EVENTS_MAX } from '@common-thread/eventing/event-log';
import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { RegistrationCommand } from './registration.js';
import { registration } from './registration.js';

const now = '2026-03-02T10:00:00.000Z';
const familyId = derivedId('spec', 'family');
const maya = derivedId('spec', 'maya');
const tom = derivedId('spec', 'tom');
const beginning = derivedId('spec', 'beginning');
const session = derivedId('spec', 'session');
const miss = derivedId('spec', 'miss');
const leaving = derivedId('spec', 'leaving');

function asked<Type extends RegistrationCommand['type']>(
  type: Type,
  data: Extract<RegistrationCommand, { type: Type }>['data'],
  change: Partial<CommandContext> = {},
) {
  return { type, data, context: contextAt(now, change) } as RegistrationCommand;
}

const begin = {
  familyId,
  provider: 'larkfield-centres.childrens-centre',
  placeId: 'mill-lane',
};
const stayAndPlay = { activity: 'stay-and-play', placeId: 'mill-lane' } as const;

const began = {
  type: 'CentreRegistrationBegan',
  id: beginning,
  at: '2026-01-05T09:00:00.000Z',
  data: begin,
} as const;
const both: string[] = [maya, tom];
const attended = {
  type: 'SessionAttended',
  id: session,
  at: '2026-02-02T10:00:00.000Z',
  data: { ...stayAndPlay, personIds: both },
} as const;
const notBrought = {
  type: 'ChildNotBrought',
  id: miss,
  at: '2026-02-09T10:00:00.000Z',
  data: { ...stayAndPlay, childId: maya },
} as const;
const ended = {
  type: 'CentreRegistrationEnded',
  id: leaving,
  at: '2026-02-20T09:00:00.000Z',
  data: { reason: 'moved-away' },
} as const;
const withdrawn = (withdraws: string) =>
  ({ type: 'RecordWithdrawn', data: { withdraws, reason: 'wrong-family' } }) as const;
const withdraw = (withdraws: string) =>
  asked('WithdrawRecord', { withdraws, reason: 'wrong-family' });
const nothing = { events: [], refused: undefined };

describe('registering a family at a centre', () => {
  it('records family, provider and place', () => {
    expect(given(registration, []).when(asked('BeginCentreRegistration', begin)).events).toEqual([
      { type: 'CentreRegistrationBegan', data: begin },
    ]);
  });

  it('records nothing when it has begun so already', () => {
    const again = asked('BeginCentreRegistration', begin);
    expect(given(registration, [began]).when(again)).toEqual(nothing);
  });

  it('is refused when it began otherwise or was withdrawn, and to a provider of no centre', () => {
    const elsewhere = asked('BeginCentreRegistration', { ...begin, placeId: 'weir-road' });
    expect(given(registration, [began]).when(elsewhere).refused).toBe(
      'registration/already-begun',
    );
    const voided = [began, withdrawn(beginning)];
    expect(given(registration, voided).when(asked('BeginCentreRegistration', begin)).refused).toBe(
      'registration/already-begun',
    );
    const hub = asked('BeginCentreRegistration', {
      ...begin,
      provider: 'fairholme-hub.safeguarding-hub',
    });
    expect(given(registration, []).when(hub).refused).toBe('recipient/other-audience');
  });
});

describe('recording who came', () => {
  const attend = (personIds: string[], occurredAt: string) =>
    asked('RecordAttendance', { ...stayAndPlay, personIds }, { occurredAt });

  it('records the people and the session', () => {
    const data = { ...stayAndPlay, personIds: [maya], note: 'Shared a book.' };
    expect(given(registration, [began]).when(asked('RecordAttendance', data)).events).toEqual([
      { type: 'SessionAttended', data },
    ]);
  });

  it('records nothing when the same people are known to have been there', () => {
    const past = [began, attended];
    expect(given(registration, past).when(attend([tom, maya], attended.at))).toEqual(nothing);
    expect(given(registration, past).when(attend([maya], attended.at)).events).toHaveLength(1);
  });

  it('takes a late record of a day before the end and none of a day after', () => {
    const past = [began, ended];
    const lastDay = given(registration, past).when(attend([maya], '2026-02-20T16:00:00.000Z'));
    const dayAfter = given(registration, past).when(attend([maya], '2026-02-21T10:00:00.000Z'));
    expect(lastDay.events).toHaveLength(1);
    expect(dayAfter.refused).toBe('occurrence/after-it-ended');
  });

  it.each([
    ['before any registration', [], attend([maya], now), 'registration/not-begun'],
    [
      'on a day before it began',
      [began],
      attend([maya], '2026-01-04T10:00:00.000Z'),
      'occurrence/before-it-began',
    ],
    ['to come', [began], attend([maya], '2026-03-02T11:00:00.000Z'), 'occurrence/in-the-future'],
    ['of nobody', [began], attend([], now), 'list/empty'],
    ['of somebody twice', [began], attend([maya, maya], now), 'list/repeated'],
    [
      'of a child not brought to it',
      [began, notBrought],
      attend([maya, tom], notBrought.at),
      'registration/came-and-was-not-brought',
    ],
    [
      'with a note too long',
      [began],
      asked('RecordAttendance', { ...stayAndPlay, personIds: [maya], note: 'x'.repeat(20_001) }),
      'text/too-long',
    ],
  ])('refuses attendance %s', (_, past, command, code) => {
    expect(given(registration, past).when(command).refused).toBe(code);
  });
});

describe('recording that a child was not brought', () => {
  const missOut = (occurredAt: string) =>
    asked('RecordChildNotBrought', { ...stayAndPlay, childId: maya }, { occurredAt });

  it('records the child and the session, once', () => {
    expect(given(registration, [began]).when(missOut(notBrought.at)).events).toEqual([
      { type: 'ChildNotBrought', data: notBrought.data },
    ]);
    const past = [began, notBrought];
    expect(given(registration, past).when(missOut(notBrought.at))).toEqual(nothing);
    const brother = asked('RecordChildNotBrought', { ...stayAndPlay, childId: tom });
    const sameTime = { ...brother, context: { ...brother.context, occurredAt: notBrought.at } };
    expect(given(registration, past).when(sameTime).events).toHaveLength(1);
  });

  it('is refused of a child who was there, before it began and after it ended', () => {
    expect(given(registration, [began, attended]).when(missOut(attended.at)).refused).toBe(
      'registration/came-and-was-not-brought',
    );
    expect(given(registration, []).when(missOut(now)).refused).toBe('registration/not-begun');
    expect(given(registration, [began, ended]).when(missOut(now)).refused).toBe(
      'occurrence/after-it-ended',
    );
  });
});

describe('ending a registration', () => {
  const end = (reason: 'moved-away' | 'family-request', occurredAt = now) =>
    asked('EndCentreRegistration', { reason }, { occurredAt });

  it('records the reason; the same again records nothing; another reason is refused', () => {
    expect(given(registration, [began, attended]).when(end('moved-away')).events).toEqual([
      { type: 'CentreRegistrationEnded', data: { reason: 'moved-away' } },
    ]);
    expect(given(registration, [began, ended]).when(end('moved-away'))).toEqual(nothing);
    expect(given(registration, [began, ended]).when(end('family-request')).refused).toBe(
      'registration/already-ended',
    );
  });

  it('is refused before a session, before it began and where nothing began', () => {
    const past = [began, attended];
    expect(given(registration, past).when(end('moved-away', began.at)).refused).toBe(
      'occurrence/ends-too-early',
    );
    const early = end('moved-away', '2026-01-01T09:00:00.000Z');
    expect(given(registration, past).when(early).refused).toBe('occurrence/before-it-began');
    expect(given(registration, []).when(end('moved-away')).refused).toBe('registration/not-begun');
  });
});

describe('withdrawing', () => {
  const past = [began, attended, notBrought, ended];

  it('withdraws a session or the end by itself', () => {
    for (const id of [session, miss, leaving]) {
      expect(given(registration, past).when(withdraw(id)).events).toEqual([withdrawn(id)]);
    }
    expect(given(registration, [...past, withdrawn(leaving)]).state().ended).toBeUndefined();
  });

  it('withdraws with the beginning what stands on it, the beginning first', () => {
    const stood = [...past, withdrawn(session)];
    const { events } = given(registration, stood).when(withdraw(beginning));
    expect(events).toEqual([withdrawn(beginning), withdrawn(miss), withdrawn(leaving)]);
    const state = given(registration, [...stood, ...events]).state();
    expect({ ...state, withdrawn: [] }).toEqual(registration.initialState);
  });

  it('records nothing the second time and is refused for what never stood', () => {
    const stood = [...past, withdrawn(session)];
    expect(given(registration, stood).when(withdraw(session))).toEqual(nothing);
    expect(given(registration, past).when(withdraw(maya)).refused).toBe(
      'withdrawal/nothing-to-withdraw',
    );
  });

  it('asks for smaller steps where more rests on the beginning than one append takes', () => {
    const sessions = Array.from({ length: APPEND_EVENTS_MAX }, (_, nth) => ({
      ...attended,
      id: derivedId('spec', 'session', nth),
    }));
    expect(given(registration, [began, ...sessions]).when(withdraw(beginning)).refused).toBe(
      'withdrawal/too-much-at-once',
    );
    const most = given(registration, [began, ...sessions.slice(1)]).when(withdraw(beginning));
    expect(most.events).toHaveLength(APPEND_EVENTS_MAX);
  });
});
