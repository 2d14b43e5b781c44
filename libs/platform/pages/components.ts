import type { AnswerError } from './answers.js';
import type { TypedFields } from './typed-fields.js';
import { typedChoices, typedText } from './typed-fields.js';

/*
 * Arguments of the design system's macros, built here rather than in templates: there they would be typed
 * by nobody. Texts are given as `text`, never as `html`, so that the macros escape them.
 */

/** What is on a form when it is drawn again: what was typed and what is wrong with it. */
export interface FormState {
  readonly typed: TypedFields;
  readonly errors: readonly AnswerError[];
}

export const emptyForm: FormState = { typed: {}, errors: [] };

export interface Question {
  /** Name and id of the field. */
  readonly field: string;
  readonly label: string;
  readonly hint?: string;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

/** The summary at the top, each error linking to its field; undefined while there is none. */
export function errorSummary(errors: readonly AnswerError[]) {
  if (errors.length === 0) return undefined;
  return {
    titleText: 'There is a problem',
    errorList: errors.map(({ field, message }) => ({ text: message, href: `#${field}` })),
  };
}

export function textarea(state: FormState, question: Question, rows = 6) {
  return {
    ...labelled(question, 'govuk-label--s'),
    ...errorOf(state, question.field),
    value: typedText(state.typed, question.field),
    rows,
    spellcheck: true,
  };
}

export function input(state: FormState, question: Question, options: InputOptions = {}) {
  return {
    ...labelled(question, 'govuk-label--s'),
    ...errorOf(state, question.field),
    value: typedText(state.typed, question.field),
    ...options,
  };
}

export interface InputOptions {
  readonly classes?: string;
  readonly inputmode?: 'numeric' | 'text';
  readonly autocomplete?: string;
  readonly spellcheck?: boolean;
}

export function radios(state: FormState, question: Question, choices: readonly Choice[]) {
  const chosen = typedText(state.typed, question.field);
  return {
    ...grouped(state, question),
    items: choices.map((choice, index) => ({
      ...itemOf(choice, question.field, index),
      checked: choice.value === chosen,
    })),
  };
}

export function checkboxes(state: FormState, question: Question, choices: readonly Choice[]) {
  const chosen = typedChoices(state.typed, question.field);
  return {
    ...grouped(state, question),
    items: choices.map((choice, index) => ({
      ...itemOf(choice, question.field, index),
      checked: chosen.includes(choice.value),
    })),
  };
}

export function select(state: FormState, question: Question, choices: readonly Choice[]) {
  const chosen = typedText(state.typed, question.field);
  return {
    ...labelled(question, 'govuk-label--s'),
    ...errorOf(state, question.field),
    items: [
      { value: '', text: 'Choose one', selected: chosen === '' },
      ...choices.map(({ value, text }) => ({ value, text, selected: value === chosen })),
    ],
  };
}

export function dateInput(state: FormState, question: Question) {
  const { field } = question;
  const error = state.errors.find((candidate) => candidate.field === field);
  const part = (name: string, classes: string, id = `${field}-${name}`) => ({
    id,
    name,
    classes: error ? `${classes} govuk-input--error` : classes,
    value: typedText(state.typed, `${field}-${name}`),
  });
  return {
    id: `${field}-date`,
    namePrefix: field,
    fieldset: { legend: { text: question.label, classes: 'govuk-fieldset__legend--s' } },
    ...(question.hint ? { hint: { text: question.hint } } : {}),
    ...errorOf(state, field),
    items: [
      // The first box has the field's own id, so that the summary's link lands where one can type.
      part('day', 'govuk-input--width-2', field),
      part('month', 'govuk-input--width-2'),
      part('year', 'govuk-input--width-4'),
    ],
  };
}

function labelled({ field, label, hint }: Question, classes: string) {
  return {
    id: field,
    name: field,
    label: { text: label, classes },
    ...(hint ? { hint: { text: hint } } : {}),
  };
}

function grouped(state: FormState, { field, label, hint }: Question) {
  return {
    idPrefix: field,
    name: field,
    fieldset: { legend: { text: label, classes: 'govuk-fieldset__legend--s' } },
    ...(hint ? { hint: { text: hint } } : {}),
    ...errorOf(state, field),
  };
}

/** The first item has the field's own id, so that the summary's link lands on it. */
function itemOf({ value, text, hint }: Choice, field: string, index: number) {
  return {
    id: index === 0 ? field : `${field}-${index + 1}`,
    value,
    text,
    ...(hint ? { hint: { text: hint } } : {}),
  };
}

function errorOf(state: FormState, field: string) {
  const error = state.errors.find((candidate) => candidate.field === field);
  return error ? { errorMessage: { text: error.message } } : {};
}

/** Choices from a list of codes and their words, each beginning its own line. */
export function choicesOf<const Codes extends readonly string[]>(
  codes: Codes,
  words: Readonly<Record<Codes[number], string>>,
): readonly Choice[] {
  return codes.map((value: Codes[number]) => {
    const said: string = words[value];
    return { value, text: said.charAt(0).toUpperCase() + said.slice(1) };
  });
}
