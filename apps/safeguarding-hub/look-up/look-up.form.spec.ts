import { checkLookUp } from './look-up.form.js';

const wrong = (typed: Record<string, string>) => {
  const checked = checkLookUp(typed);
  return checked.ok ? [] : checked.errors.map(({ field }) => field);
};
const born = { 'dateOfBirth-day': '12', 'dateOfBirth-month': '3', 'dateOfBirth-year': '2023' };

describe('a look-up', () => {
  it('takes an NHS number however it is spaced', () => {
    expect(checkLookUp({ nhsNumber: '999 000-0018' })).toEqual({
      ok: true,
      value: { nhsNumber: '9990000018' },
    });
  });

  it('takes a surname with a date of birth', () => {
    expect(checkLookUp({ familyName: ' Applegarth ', ...born })).toEqual({
      ok: true,
      value: { familyName: 'Applegarth', dateOfBirth: '2023-03-12' },
    });
  });

  it.each([
    ['nothing at all', {}, ['nhsNumber']],
    ['an NHS number with a wrong check digit', { nhsNumber: '9990000019' }, ['nhsNumber']],
    ['a surname alone', { familyName: 'Applegarth' }, ['dateOfBirth']],
    ['a date of birth alone', born, ['familyName']],
    [
      'a day there is not',
      { familyName: 'A', ...born, 'dateOfBirth-day': '31', 'dateOfBirth-month': '2' },
      ['dateOfBirth'],
    ],
  ])('asks again after %s', (_, typed, fields) => {
    expect(wrong(typed)).toEqual(fields);
  });
});
