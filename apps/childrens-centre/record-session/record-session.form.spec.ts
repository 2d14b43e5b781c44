import type { SessionKind } from './record-session.form.js';
import { checkSession } from './record-session.form.js';

const today = '2026-11-25';
const choices = { personIds: ['wren', 'clover'], places: ['ash-vale', 'mill-lane'] };
const session = {
  activity: 'stay-and-play',
  placeId: 'mill-lane',
  'occurredOn-day': '24',
  'occurredOn-month': '11',
  'occurredOn-year': '2026',
};
const body = { activity: 'stay-and-play', placeId: 'mill-lane', occurredAt: '2026-11-24' };

function errorsIn(kind: SessionKind, typed: Parameters<typeof checkSession>[1]) {
  const checked = checkSession(kind, typed, choices, today);
  return checked.ok ? [] : checked.errors.map(({ field, message }) => [field, message]);
}

describe('the form to record a session', () => {
  it('takes everybody who came', () => {
    const typed = { ...session, personIds: ['wren', 'clover'], note: ' Water tray. ' };
    expect(checkSession('attended', typed, choices, today)).toEqual({
      ok: true,
      value: { ...body, personIds: ['wren', 'clover'], note: 'Water tray.' },
    });
  });

  it('takes the one child who was not brought', () => {
    const typed = { ...session, childId: 'wren' };
    expect(checkSession('not-brought', typed, choices, today)).toEqual({
      ok: true,
      value: { ...body, childId: 'wren' },
    });
  });

  it('does not ask for the centre where there is but one', () => {
    const typed = { ...session, placeId: '', childId: 'wren' };
    const one = { ...choices, places: ['ash-vale'] };
    expect(checkSession('not-brought', typed, one, today)).toMatchObject({
      value: { placeId: 'ash-vale' },
    });
  });

  it('asks for everything that is left out, in the order of the page', () => {
    expect(errorsIn('attended', {})).toEqual([
      ['personIds', 'Choose who came'],
      ['activity', 'Choose the session'],
      ['occurredOn', 'Give the whole date, like 27 3 2026'],
      ['placeId', 'Choose the centre'],
    ]);
    expect(errorsIn('not-brought', { ...session, childId: 'somebody' })).toEqual([
      ['childId', 'Choose the child who was not brought'],
    ]);
  });

  it('takes no day to come', () => {
    expect(
      errorsIn('attended', { ...session, personIds: 'wren', 'occurredOn-day': '26' }),
    ).toEqual([['occurredOn', 'The date must be today or earlier']]);
  });
});
