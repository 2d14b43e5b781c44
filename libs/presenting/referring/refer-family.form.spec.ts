import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { checkReferral } from './refer-family.form.js';

const hub = 'fairholme-hub.safeguarding-hub';
const choices = { childIds: ['wren', 'robin'], hubs: [hub] };
const typed: TypedFields = {
  childIds: ['robin', 'wren'],
  concern: 'Bruises on both arms.',
  statement: 'witnessed',
  need: 'N1',
  level: '4',
  parentsInformed: 'informed-agree',
  referrerContact: 'Marigold Finch, 01632 960 202',
};

const errorsOf = (changes: TypedFields, given = choices) => {
  const checked = checkReferral({ ...typed, ...changes }, given);
  return checked.ok ? [] : checked.errors.map(({ field }) => field);
};

describe('Refer a family', () => {
  it('takes what was answered, to the only hub there is', () => {
    expect(checkReferral(typed, choices)).toEqual({
      ok: true,
      value: {
        childIds: ['wren', 'robin'],
        to: hub,
        need: 'N1',
        level: '4',
        statement: 'witnessed',
        parentsInformed: 'informed-agree',
        concern: 'Bruises on both arms.',
        referrerContact: 'Marigold Finch, 01632 960 202',
      },
    });
  });

  it('asks for the ground where the parents have not been told, and only then', () => {
    expect(errorsOf({ parentsInformed: 'not-informed' })).toEqual(['groundNotInformed']);
    expect(
      checkReferral(
        { ...typed, parentsInformed: 'not-informed', groundNotInformed: 'raises-harm' },
        choices,
      ),
    ).toMatchObject({ ok: true, value: { groundNotInformed: 'raises-harm' } });
    const told = checkReferral({ ...typed, groundNotInformed: 'raises-harm' }, choices);
    expect(told.ok && 'groundNotInformed' in told.value).toBe(false);
  });

  it('asks which hub where there are several', () => {
    const several = { ...choices, hubs: [hub, 'other-hub.safeguarding-hub'] };
    expect(errorsOf({}, several)).toEqual(['to']);
    expect(errorsOf({ to: hub }, several)).toEqual([]);
  });

  it('is about children of this family and nobody else’s', () => {
    expect(errorsOf({ childIds: ['somebody'] })).toEqual(['childIds']);
  });

  it('says everything that is missing at once, in the order it is asked', () => {
    const checked = checkReferral({}, choices);
    expect(checked.ok ? [] : checked.errors.map(({ field }) => field)).toEqual([
      'childIds',
      'concern',
      'statement',
      'need',
      'level',
      'parentsInformed',
      'referrerContact',
    ]);
  });
});
