import { FREE_TEXT_LENGTH_MAX } from '../strict-body.js';
import type { TypedFields } from './typed-fields.js';
import { typedChoices, typedText } from './typed-fields.js';

/** What is wrong with one answer, in words that say what to do. */
export interface AnswerError {
  /** Id of the field, which the summary links to. */
  readonly field: string;
  readonly message: string;
}

export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errors: readonly AnswerError[] };

const UNSTORABLE = /(?![\t\n\r])\p{Control}|\p{Surrogate}/u;

/** Reads the answers of one form and gathers what is wrong with them, in the order they are asked. */
export class Answers {
  readonly #errors: AnswerError[] = [];

  constructor(private readonly typed: TypedFields) {}

  /** Text that must be given. */
  text(field: string, missing: string, lengthMax = FREE_TEXT_LENGTH_MAX): string {
    const text = this.optionalText(field, lengthMax) ?? '';
    if (text === '' && !this.isWrong(field)) this.wrong(field, missing);
    return text;
  }

  /** Text that may be left out; undefined where it is. Line ends are made one kind. */
  optionalText(field: string, lengthMax = FREE_TEXT_LENGTH_MAX): string | undefined {
    const text = typedText(this.typed, field).replaceAll(/\r\n?/g, '\n').trim();
    if (text.length > lengthMax) {
      const over = (text.length - lengthMax).toLocaleString('en-GB');
      const most = lengthMax.toLocaleString('en-GB');
      this.wrong(field, `Use ${most} characters or fewer: it is ${over} too long`);
    } else if (UNSTORABLE.test(text)) {
      this.wrong(field, 'Remove the character that cannot be kept');
    }
    return text === '' ? undefined : text;
  }

  /** One of the codes offered. */
  oneOf<const Code extends string>(
    field: string,
    codes: readonly Code[],
    missing: string,
  ): Code | undefined {
    const code = this.optionalOneOf(field, codes);
    if (code === undefined) this.wrong(field, missing);
    return code;
  }

  optionalOneOf<const Code extends string>(
    field: string,
    codes: readonly Code[],
  ): Code | undefined {
    const typed = typedText(this.typed, field);
    return codes.find((code) => code === typed);
  }

  /** At least one of the codes offered. */
  someOf<const Code extends string>(
    field: string,
    codes: readonly Code[],
    missing: string,
  ): readonly Code[] {
    const typed = typedChoices(this.typed, field);
    const chosen = codes.filter((code) => typed.includes(code));
    if (chosen.length === 0) this.wrong(field, missing);
    return chosen;
  }

  /** A calendar day typed in three boxes (`<field>-day`, `-month`, `-year`), as `YYYY-MM-DD`. */
  day(field: string, missing: string): string | undefined {
    const [day, month, year] = ['day', 'month', 'year'].map((part) =>
      Number(typedText(this.typed, `${field}-${part}`).trim() || NaN),
    );
    const date = new Date(Date.UTC(year ?? NaN, (month ?? NaN) - 1, day));
    const real = year !== undefined && year >= 1900 && date.getUTCDate() === day;
    if (real && date.getUTCMonth() + 1 === month) return date.toISOString().slice(0, 10);
    this.wrong(field, missing);
    return undefined;
  }

  wrong(field: string, message: string): void {
    this.#errors.push({ field, message });
  }

  isWrong(field: string): boolean {
    return this.#errors.some((error) => error.field === field);
  }

  /** The value, once nothing is wrong; `make` may still answer undefined where an answer is missing. */
  checked<Value>(make: () => Value | undefined): Checked<Value> {
    const value = this.#errors.length === 0 ? make() : undefined;
    return value === undefined ? { ok: false, errors: this.#errors } : { ok: true, value };
  }
}
