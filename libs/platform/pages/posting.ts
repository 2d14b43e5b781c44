import { randomUUID } from 'node:crypto';
import type { CommandOutcome } from '../commands.js';
import type { SignedInCaller } from '../signed-in.js';
import type { AnswerError, Checked } from './answers.js';
import type { FormState } from './components.js';
import type { KeptForms } from './kept-forms.js';
import type { TypedFields } from './typed-fields.js';
import { formFields, typedText } from './typed-fields.js';

/** What a form is when it is drawn: which one, where, and the record it was drawn from. */
export interface FormIdentity {
  /** `rate-contact` */
  readonly form: string;
  /** Path of the page it is on, where it can be opened again. */
  readonly page: string;
  /** Tag of the record as it was read, where the command needs one. */
  readonly tag?: string;
  /** Last sequence of the record's own rows on the page. */
  readonly seen?: number;
}

export interface HiddenField {
  readonly name: string;
  readonly value: string;
}

/**
 * The fields a form carries beside its questions. The key stays with what was typed, so that sending it
 * twice is one command; a fresh form gets a fresh one.
 */
export function hiddenFields(identity: FormIdentity, typed: TypedFields): readonly HiddenField[] {
  const kept = typedText(typed, formFields.kept);
  return [
    { name: formFields.form, value: identity.form },
    { name: formFields.page, value: identity.page },
    { name: formFields.key, value: keyIn(typed) },
    ...(identity.tag ? [{ name: formFields.tag, value: identity.tag }] : []),
    ...(identity.seen === undefined
      ? []
      : [{ name: formFields.seen, value: String(identity.seen) }]),
    ...(kept ? [{ name: formFields.kept, value: kept }] : []),
  ];
}

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The idempotency key a form was drawn with. */
export function keyIn(typed: TypedFields): string {
  const key = typedText(typed, formFields.key);
  return KEY.test(key) ? key : randomUUID();
}

/** The form kept under `kept`, as it was typed; an empty one where there is none of that name. */
export async function reopened(
  forms: Pick<KeptForms, 'open'>,
  caller: SignedInCaller,
  form: string,
  kept: string | undefined,
): Promise<FormState & { readonly wasKept: boolean }> {
  const found = kept === undefined ? undefined : await forms.open(kept, caller.actor.id);
  if (found?.form !== form) return { typed: {}, errors: [], wasKept: false };
  const typed = { ...found.typed, [formFields.kept]: kept ?? '' };
  return { typed, errors: [], wasKept: true };
}

/** A form that was sent is kept no longer. */
export async function sent(
  forms: Pick<KeptForms, 'forget'>,
  caller: SignedInCaller,
  typed: TypedFields,
): Promise<void> {
  const kept = typedText(typed, formFields.kept);
  if (kept !== '') await forms.forget(kept, caller.actor.id);
}

/**
 * Fields of a command's body and the questions that fill them, where the names differ; a field within a
 * part by its whole path, `person/dateOfBirth`.
 */
export type FieldNames = Readonly<Record<string, string>>;

/** One of several forms of a page: where its command goes and the check of what was typed. */
export interface CommandForm {
  /** Of its command; what in it differs from record to record is put in by the page. */
  readonly path: string;
  /** Where an error stands that is of no field. */
  readonly firstField: string;
  readonly names: FieldNames;
  check(typed: TypedFields): Checked<object>;
}

/** What to say about a command that was not recorded. Undefined where it was. */
export function errorsOf(
  outcome: CommandOutcome,
  firstField: string,
  names: FieldNames = {},
): readonly AnswerError[] | undefined {
  switch (outcome.kind) {
    case 'done':
      return undefined;
    case 'unavailable':
      return [
        {
          field: firstField,
          message: 'This could not be sent just now. Nothing is lost: send it again in a minute',
        },
      ];
    case 'changed':
      return [
        {
          field: firstField,
          message: 'Somebody changed this while you were typing: see what, then send it again',
        },
      ];
    case 'refused':
      return outcome.errors.length > 0
        ? outcome.errors.map(({ pointer, detail }) => ({
            field: fieldAt(pointer, firstField, names),
            message: detail,
          }))
        : [{ field: firstField, message: outcome.detail ?? outcome.title }];
  }
}

function fieldAt(pointer: string, firstField: string, names: FieldNames): string {
  const path = pointer.slice(1);
  const [field = ''] = path.split('/');
  if (field === '') return firstField;
  const named = [path, field].find((part) => Object.hasOwn(names, part));
  return named === undefined ? field : (names[named] ?? field);
}
