import { readNhsNumber } from '@common-thread/domain/nhs-number';
import type { Answers } from '@common-thread/platform/pages/answers';

/*
 * Answers that several forms ask for in the same words.
 */

const messages = {
  nhsNumber: 'Check the NHS number: it has 10 digits, and this is not one. Or leave it out',
  occurredOn: 'Give the whole date, like 27 3 2026',
  future: 'The date must be today or earlier',
};

/** An NHS number that may be left out, in its one form. */
export function optionalNhsNumber(answers: Answers, field: string): string | undefined {
  const typed = answers.optionalText(field, 20);
  const number = typed === undefined ? undefined : readNhsNumber(typed);
  if (typed !== undefined && number === undefined) answers.wrong(field, messages.nhsNumber);
  return number;
}

/** A day that has come, `YYYY-MM-DD`. @param today in London */
export function pastDay(
  answers: Answers,
  field: string,
  today: string,
  missing = messages.occurredOn,
): string | undefined {
  const day = answers.day(field, missing);
  if (day !== undefined && day > today) answers.wrong(field, messages.future);
  return day;
}

/** Only what was given: a body takes no field without a value. */
export function given<Fields extends object>(fields: Fields): Given<Fields> {
  const told = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told) as Given<Fields>;
}

type Given<Fields> = { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };
