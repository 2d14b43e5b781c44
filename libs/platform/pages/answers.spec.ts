import { Answers } from './answers.js';
import type { TypedFields } from './typed-fields.js';

const errorsIn = (typed: TypedFields, ask: (answers: Answers) => unknown) => {
  const answers = new Answers(typed);
  ask(answers);
  const checked = answers.checked(() => 'fine');
  return checked.ok ? [] : checked.errors;
};

describe('the answers of a form', () => {
  it('give the value once nothing is wrong, with line ends of one kind', () => {
    const answers = new Answers({ words: ' one\r\ntwo ', choice: 'a', several: ['b', 'a'] });
    const value = {
      words: answers.text('words', 'Say something'),
      choice: answers.oneOf('choice', ['a', 'b'], 'Choose'),
      several: answers.someOf('several', ['a', 'b'], 'Choose some'),
    };
    expect(answers.checked(() => value)).toEqual({
      ok: true,
      value: { words: 'one\ntwo', choice: 'a', several: ['a', 'b'] },
    });
  });

  it.each<[string, TypedFields, (answers: Answers) => unknown, string]>([
    ['a text left out', { words: '  ' }, (a) => a.text('words', 'Say something'), 'Say something'],
    [
      'a text too long, by how much',
      { words: 'x'.repeat(20_250) },
      (a) => a.text('words', 'Say something'),
      'Use 20,000 characters or fewer: it is 250 too long',
    ],
    [
      'a character no store keeps',
      { words: 'a\0b' },
      (a) => a.text('words', 'Say something'),
      'Remove the character that cannot be kept',
    ],
    [
      'half of a surrogate pair',
      { words: '\ud800' },
      (a) => a.text('words', 'Say something'),
      'Remove the character that cannot be kept',
    ],
    ['a choice not made', {}, (a) => a.oneOf('choice', ['a'], 'Choose one'), 'Choose one'],
    [
      'a choice that is not offered',
      { choice: 'z' },
      (a) => a.oneOf('choice', ['a'], 'Choose one'),
      'Choose one',
    ],
    [
      'no box ticked',
      { several: '' },
      (a) => a.someOf('several', ['a'], 'Tick some'),
      'Tick some',
    ],
  ])('say one thing about %s', (_, typed, ask, message) => {
    expect(errorsIn(typed, ask).map((error) => error.message)).toEqual([message]);
  });

  const day = (...[d = '', m = '', y = '']: string[]) => {
    const answers = new Answers({ 'on-day': d, 'on-month': m, 'on-year': y });
    return answers.day('on', 'Give the date');
  };

  it('read a day of the calendar, and no other', () => {
    expect(day('29', '2', '2024')).toBe('2024-02-29');
    expect(day('09', '03', '2026')).toBe('2026-03-09');
    for (const wrong of [
      ['29', '2', '2023'],
      ['31', '4', '2026'],
      ['1', '13', '2026'],
      ['', '3', '2026'],
      ['one', '3', '2026'],
      ['1', '3', '26'],
    ]) {
      expect(day(...wrong)).toBeUndefined();
    }
  });

  it('keep the errors in the order they are asked', () => {
    const fields = errorsIn({}, (answers) => {
      answers.someOf('children', ['a'], 'Choose');
      answers.text('concern', 'Say');
      answers.oneOf('level', ['1'], 'Choose');
    }).map(({ field }) => field);
    expect(fields).toEqual(['children', 'concern', 'level']);
  });
});
