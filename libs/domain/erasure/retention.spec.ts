import { completeOn, dueOn, toldAsDue } from './retention.js';

const born = '2026-02-10';
const closed = '2029-05-01';

describe('when the time to keep a record is over', () => {
  it.each([
    ['a contact, at 30', ['early-help-contact-or-need'], { born, closed }, '2056-02-10'],
    [
      'a contact, six years after death',
      ['early-help-contact-or-need'],
      { born, closed, died: '2029-04-30' },
      '2035-04-30',
    ],
    ['child health, at 25', ['child-health'], { born, closed }, '2051-02-10'],
    [
      'child health that ended at 17, at 26',
      ['child-health'],
      { born, closed: '2043-06-01' },
      '2052-02-10',
    ],
    [
      'an enquiry, 35 years from closure',
      ['strategy-enquiry-or-conference'],
      { closed },
      '2064-05-01',
    ],
    ['looked after, at 75', ['looked-after'], { born, closed }, '2101-02-10'],
    [
      'looked after, 15 years after a death under 18',
      ['looked-after'],
      { born, closed, died: '2040-01-01' },
      '2055-01-01',
    ],
    [
      'looked after, at 75 where death came later',
      ['looked-after'],
      { born, closed, died: '2046-01-01' },
      '2101-02-10',
    ],
    [
      'an adoption, 100 years from the order',
      ['adoption'],
      { closed, ordered: '2028-03-01' },
      '2128-03-01',
    ],
    [
      'an allegation, 100 years from the adult’s birth',
      ['allegation-against-adult'],
      { born: '1990-07-07', closed },
      '2090-07-07',
    ],
  ] as const)('%s', (_, classes, facts, day) => {
    expect(dueOn(classes, facts)?.on).toBe(day);
  });

  it('is that of the class kept longest', () => {
    const classes = ['early-help-contact-or-need', 'strategy-enquiry-or-conference'] as const;
    const kind = 'strategy-enquiry-or-conference';
    const end = { on: '2064-05-01', kind, from: 'closed' };
    expect(dueOn(classes, { born, closed })).toEqual(end);
    expect(dueOn(classes.toReversed(), { born, closed })).toEqual(end);
  });

  it('never comes while the work goes on, or where a day that counts is not known', () => {
    expect(dueOn(['child-health'], { born })).toBeUndefined();
    expect(dueOn(['child-health'], { closed })).toBeUndefined();
    expect(dueOn(['child-health', 'adoption'], { born, closed })).toBeUndefined();
    expect(dueOn([], { born, closed })).toBeUndefined();
  });

  it('is not before the work came to an end', () => {
    const late = '2060-01-01';
    const kind = 'early-help-contact-or-need';
    expect(dueOn([kind], { born, closed: late })).toEqual({ on: late, kind, from: 'closed' });
  });

  it('is the first of March for somebody born on the 29th of February', () => {
    const facts = { born: '2024-02-29', closed };
    expect(dueOn(['child-health'], facts)?.on).toBe('2049-03-01');
  });

  it('is told as the first of a month, so that no birthday is told, and never early', () => {
    expect(toldAsDue('2051-02-10')).toBe('2051-03-01');
    expect(toldAsDue('2051-12-31')).toBe('2052-01-01');
    expect(toldAsDue('2051-03-01')).toBe('2051-03-01');
  });
});

it('is complete once the last backup of the bucket keys has gone', () => {
  expect(completeOn('2056-03-30T23:30:00.000Z')).toBe('2056-04-30');
});
