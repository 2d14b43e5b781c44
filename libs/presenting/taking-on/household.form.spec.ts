import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { householdIn } from './household.form.js';

const today = '2026-11-25';
const robin = {
  kind: 'child',
  givenName: 'Robin ',
  familyName: 'Applegarth',
  'dateOfBirth-day': '2',
  'dateOfBirth-month': '9',
  'dateOfBirth-year': '2025',
};

function read(typed: TypedFields) {
  const answers = new Answers(typed);
  const household = householdIn(answers, typed, today);
  return answers.checked(() => household);
}

function errorsIn(typed: TypedFields) {
  const checked = read(typed);
  return checked.ok ? [] : checked.errors.map(({ field }) => field);
}

describe('whose household is meant', () => {
  it('is told by details of one member, and by nothing that was left empty', () => {
    const typed = { ...robin, nhsNumber: '', address: '', postcode: '', adultFamilyName: ' ' };
    expect(read(typed)).toEqual({
      ok: true,
      value: {
        person: {
          kind: 'child',
          givenName: 'Robin',
          familyName: 'Applegarth',
          dateOfBirth: '2025-09-02',
        },
      },
    });
  });

  it('may come with the number, the address on one line, and an adult of the home', () => {
    const typed = {
      ...robin,
      nhsNumber: '999-000-0018',
      address: '14 Thistledown Row\r\nLarkfield',
      postcode: 'FH1 2AB',
      adultFamilyName: 'Finchley',
      'adultDateOfBirth-day': '9',
      'adultDateOfBirth-month': '1',
      'adultDateOfBirth-year': '1962',
    };
    expect(read(typed)).toMatchObject({
      value: {
        person: { nhsNumber: '9990000018' },
        address: '14 Thistledown Row, Larkfield',
        postcode: 'FH1 2AB',
        adult: { familyName: 'Finchley', dateOfBirth: '1962-01-09' },
      },
    });
  });

  it('asks for everything that identifies, in the order of the page', () => {
    expect(errorsIn({})).toEqual(['kind', 'givenName', 'familyName', 'dateOfBirth']);
    expect(errorsIn({ ...robin, kind: 'unborn' })).toEqual(['kind']);
    expect(errorsIn({ ...robin, 'dateOfBirth-year': '2027' })).toEqual(['dateOfBirth']);
    expect(errorsIn({ ...robin, nhsNumber: '12' })).toEqual(['nhsNumber']);
  });

  it('asks for the rest of an adult once something of one is typed', () => {
    expect(errorsIn({ ...robin, adultFamilyName: 'Finchley' })).toEqual(['adultDateOfBirth']);
    expect(errorsIn({ ...robin, 'adultDateOfBirth-year': '1962' })).toEqual([
      'adultFamilyName',
      'adultDateOfBirth',
    ]);
  });
});
