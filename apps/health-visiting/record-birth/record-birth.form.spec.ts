import { checkBirth } from './record-birth.form.js';

const today = '2026-11-25';
const born = {
  'dateOfBirth-day': '24',
  'dateOfBirth-month': '11',
  'dateOfBirth-year': '2026',
};

function errorsIn(typed: Parameters<typeof checkBirth>[0], expected = ['sorrel']) {
  const checked = checkBirth(typed, expected, today);
  return checked.ok ? [] : checked.errors.map(({ field, message }) => [field, message]);
}

describe('the form to record a birth', () => {
  it('asks for no more than the day where one child is expected', () => {
    expect(checkBirth(born, ['sorrel'], today)).toEqual({
      ok: true,
      value: { childId: 'sorrel', body: { dateOfBirth: '2026-11-24' } },
    });
  });

  it('takes what is known of the child, with the NHS number in its one form', () => {
    const typed = { ...born, sex: 'F', givenName: ' Sorrel ', nhsNumber: '999 000 0018' };
    expect(checkBirth(typed, ['sorrel'], today)).toMatchObject({
      value: { body: { sex: 'F', givenName: 'Sorrel', nhsNumber: '9990000018' } },
    });
  });

  it('asks which of twins was born, and takes no other child', () => {
    const twins = ['sorrel', 'ash'];
    expect(errorsIn(born, twins)).toEqual([['childId', 'Choose the child who was born']]);
    expect(errorsIn({ ...born, childId: 'robin' }, twins)).toHaveLength(1);
    expect(errorsIn({ ...born, childId: 'ash' }, twins)).toEqual([]);
  });

  it('takes no day to come, none that is half given, and no wrong NHS number', () => {
    expect(errorsIn({ ...born, 'dateOfBirth-day': '26' })).toEqual([
      ['dateOfBirth', 'The date must be today or earlier'],
    ]);
    expect(errorsIn({ ...born, 'dateOfBirth-day': '' })).toEqual([
      ['dateOfBirth', 'Give the whole date of birth, like 27 3 2026'],
    ]);
    expect(errorsIn({ ...born, nhsNumber: '999 000 0019' })).toEqual([
      ['nhsNumber', expect.stringContaining('Check the NHS number') as string],
    ]);
  });
});
