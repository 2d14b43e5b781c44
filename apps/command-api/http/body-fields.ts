import { applyDecorators } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';
import { signatoryPosts } from '@common-thread/domain/code-lists';
import {
  audiences,
  RECIPIENT_PATTERN,
  SLUG_PATTERN,
  UUID_PATTERN,
} from '@common-thread/domain/identifiers';
import { limits } from '@common-thread/domain/limits';
import { isDay } from '@common-thread/domain/london-day';
import { readNhsNumber } from '@common-thread/domain/nhs-number';
import { BOX_PREFIX } from '@common-thread/eventing/sealing';
import { readOccurrence } from './occurrence-field.js';

/*
 * The kinds of field a body may have. Each is declared once: what is checked and what the published
 * schema says come from the same line. An optional field is left out, never null; a field that is wrong
 * is told one thing about it.
 */

interface FieldOptions {
  readonly optional?: true;
  readonly description?: string;
}

/** What is wrong with a value, in words that follow its name; undefined where nothing is. */
type Check = (value: unknown) => string | undefined;

const SLUG_CHARACTERS_MAX = 60;

function field(
  { optional, description }: FieldOptions,
  schema: ApiPropertyOptions,
  check: Check,
): PropertyDecorator {
  const words = description === undefined ? {} : { description };
  const told: Check = (value) => {
    if (value === undefined) return optional ? undefined : 'is missing';
    return check(value);
  };
  return applyDecorators(
    ApiProperty({ ...schema, ...words, required: optional !== true } as ApiPropertyOptions),
    ValidateBy({
      name: 'field',
      validator: {
        validate: (value: unknown) => told(value) === undefined,
        defaultMessage: (asked) => told(asked?.value) ?? '',
      },
    }),
  );
}

function textThat(words: string, holds: (text: string) => boolean): Check {
  return (value) => (typeof value === 'string' && holds(value) ? undefined : words);
}

function listOf(each: Check, itemsMin: number, itemsMax: number): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    if (value.length < itemsMin) {
      return itemsMin === 1 ? 'must name at least one' : `must name at least ${itemsMin}`;
    }
    if (value.length > itemsMax) return `may name at most ${itemsMax}`;
    return value.map(each).find((wrong) => wrong !== undefined);
  };
}

const anId = textThat('must be an id as this service gives them', (text) =>
  new RegExp(UUID_PATTERN).test(text),
);

/** An opaque id of this service. */
export function Id(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'string', format: 'uuid', pattern: UUID_PATTERN }, anId);
}

export function Ids(options: FieldOptions = {}): PropertyDecorator {
  return several(options, { type: 'string', format: 'uuid', pattern: UUID_PATTERN }, anId);
}

/** At least one, or so many, each once. */
function several(options: FieldOptions, items: object, each: Check, minItems = 1) {
  const maxItems = limits.listItemsMax;
  return field(
    options,
    { type: 'array', items, minItems, maxItems, uniqueItems: true },
    listOf(each, minItems, maxItems),
  );
}

/** One of a list of codes. */
export function Code(codes: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'string', enum: [...codes] }, oneOf(codes));
}

export function Codes(codes: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return codesFrom(1, codes, options);
}

/** Some of a list of codes; none is an answer too. */
export function SomeCodes(
  codes: readonly string[],
  options: FieldOptions = {},
): PropertyDecorator {
  return codesFrom(0, codes, options);
}

function codesFrom(minItems: number, codes: readonly string[], options: FieldOptions) {
  const items = { type: 'string' as const, enum: [...codes] };
  return field(
    options,
    { type: 'array', items, minItems, uniqueItems: true },
    listOf(oneOf(codes), minItems, limits.listItemsMax),
  );
}

function oneOf(codes: readonly string[]): Check {
  return textThat(`must be one of ${codes.join(', ')}`, (text) => codes.includes(text));
}

/** A narrative of one or more lines. */
export function Words(options: FieldOptions = {}): PropertyDecorator {
  return Line(limits.textCharactersMax, options);
}

/** One line: a name, an address. That it is one line is the rules' to say. */
export function Line(
  charactersMax: number = limits.nameCharactersMax,
  options: FieldOptions = {},
): PropertyDecorator {
  const schema = { type: 'string', minLength: 1, maxLength: charactersMax } as const;
  return field(options, schema, (value) => {
    if (typeof value !== 'string') return 'must be text';
    // What is sealed was sealed by us: such a text is somebody else's words, or a mistake.
    if (value.startsWith(BOX_PREFIX)) return 'looks like sealed text; write it in plain words';
    return value.length > charactersMax
      ? `must be at most ${charactersMax} characters long`
      : undefined;
  });
}

/** A day of the calendar. */
export function Day(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'date' },
    textThat('must be a day of the calendar, YYYY-MM-DD', isDay),
  );
}

export function NhsNumber(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', maxLength: 20, example: '999 000 0018' },
    textThat(
      'is not a valid NHS number; check all ten digits, or leave it out',
      (number) => number.length <= 20 && readNhsNumber(number) !== undefined,
    ),
  );
}

/** When it happened: a day, or an instant with its offset. */
export function Occurred(): PropertyDecorator {
  return field(
    {
      optional: true,
      description: 'When it happened, not in the future: `2026-11-20` or `2026-11-20T14:09:00Z`.',
    },
    { type: 'string', maxLength: 40 },
    textThat(
      'must be a day, YYYY-MM-DD, or a time with its offset, such as 2026-11-20T14:09:00Z',
      (when) => when.length <= 40 && readOccurrence(when) !== undefined,
    ),
  );
}

/** Short name of an organisation or place. */
export function ShortName(options: FieldOptions = {}): PropertyDecorator {
  const schema = {
    type: 'string',
    pattern: SLUG_PATTERN,
    maxLength: SLUG_CHARACTERS_MAX,
  } as const;
  return field(options, schema, aShortName);
}

/** Short names of several organisations. */
export function ShortNames(options: FieldOptions = {}): PropertyDecorator {
  const items = { type: 'string', pattern: SLUG_PATTERN, maxLength: SLUG_CHARACTERS_MAX };
  return several(options, items, aShortName, 2);
}

/** A number from 1, such as a version's. */
export function Version(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'integer', minimum: 1 }, aVersion);
}

const aVersion: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 1 ? undefined : 'must be a whole number from 1';

/** Several such numbers. */
export function Versions(options: FieldOptions = {}): PropertyDecorator {
  return several(options, { type: 'integer', minimum: 1 }, aVersion);
}

const SIGNATORY = `^[a-z0-9]+(-[a-z0-9]+)*/(${signatoryPosts.join('|')})$`;

const aSignatory = textThat(
  `must name a post of an organisation, \`<organisation>/<post>\`: ${signatoryPosts.join(', ')}`,
  (text) => text.length <= 100 && new RegExp(SIGNATORY).test(text),
);

/** `<organisation>/<post>` of whoever signed. */
export function Signatory(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'string', pattern: SIGNATORY, maxLength: 100 }, aSignatory);
}

/** `<organisation>/<post>` of each party to something. */
export function Signatories(options: FieldOptions = {}): PropertyDecorator {
  return several(options, { type: 'string', pattern: SIGNATORY, maxLength: 100 }, aSignatory, 2);
}

const aShortName = textThat(
  `must be a short name: at most ${SLUG_CHARACTERS_MAX} small letters, digits and hyphens`,
  (text) => text.length <= SLUG_CHARACTERS_MAX && new RegExp(SLUG_PATTERN).test(text),
);

const aRecipient = textThat(
  `must be a recipient, \`<organisation>.<audience>\`; audiences are ${audiences.join(', ')}`,
  (text) => text.length <= 100 && new RegExp(RECIPIENT_PATTERN).test(text),
);

/** `<organisation>.<audience>` */
export function Recipient(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', pattern: RECIPIENT_PATTERN, maxLength: 100 },
    aRecipient,
  );
}

/** Several recipients, at least one. */
export function SomeRecipients(options: FieldOptions = {}): PropertyDecorator {
  return several(options, { type: 'string', pattern: RECIPIENT_PATTERN }, aRecipient);
}

export function Recipients(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'array', items: { type: 'string', pattern: RECIPIENT_PATTERN }, maxItems: 4 },
    listOf(aRecipient, 0, 4),
  );
}

export function Flag(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'boolean' }, (value) =>
    typeof value === 'boolean' ? undefined : 'must be true or false',
  );
}

/** A part with fields of its own. */
export function Part(part: new () => object, options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    field(options, { type: part }, (value) =>
      value === null || Array.isArray(value) ? 'must be an object' : undefined,
    ),
    ValidateNested({ message: 'must be an object' }),
    Type(() => part),
  );
}

/** The fields of a body that were given, by name. */
export function given<Body extends object, Field extends keyof Body>(
  body: Body,
  ...fields: readonly Field[]
): Pick<Body, Field> {
  const entries = fields.flatMap((name) =>
    body[name] === undefined ? [] : [[name, body[name]] as const],
  );
  return Object.fromEntries(entries) as Pick<Body, Field>;
}
