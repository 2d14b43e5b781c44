import { applyDecorators } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsString,
  Matches,
  MaxLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { limits } from '@common-thread/domain/limits';
import { isDay } from '@common-thread/domain/london-day';
import { readNhsNumber } from '@common-thread/domain/nhs-number';
import { isBox } from '@common-thread/eventing/sealing';
import { readOccurrence } from './occurrence-field.js';

/*
 * The kinds of field a body may have. Each is declared once: what is checked and what the published
 * schema says come from the same line. An optional field is left out, never null.
 */

interface FieldOptions {
  readonly optional?: true;
  readonly description?: string;
}

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
const SLUG = '^[a-z0-9]+(-[a-z0-9]+)*$';
const RECIPIENT = '^[a-z0-9]+(-[a-z0-9]+)*\\.[a-z0-9]+(-[a-z0-9]+)*$';

function field(
  { optional, description }: FieldOptions,
  schema: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const words = description === undefined ? {} : { description };
  return applyDecorators(
    ApiProperty({ ...schema, ...words, required: optional !== true } as ApiPropertyOptions),
    optional
      ? ValidateIf((_, value) => value !== undefined)
      : IsDefined({ message: 'is missing' }),
    ...checks,
  );
}

function checked(name: string, message: string, validate: (value: string) => boolean) {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && validate(value),
      defaultMessage: () => message,
    },
  });
}

/** What is sealed was sealed by us; a text that looks so is somebody's else's words or a mistake. */
const notSealed = checked(
  'notSealed',
  'looks like sealed text; write it in plain words',
  (text) => !isBox(text),
);

/** An opaque id of this service. */
export function Id(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'uuid', pattern: UUID },
    Matches(new RegExp(UUID), { message: 'must be an id as this service gives them' }),
  );
}

export function Ids(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    {
      type: 'array',
      items: { type: 'string', format: 'uuid', pattern: UUID },
      minItems: 1,
      maxItems: limits.listItemsMax,
      uniqueItems: true,
    },
    IsArray({ message: 'must be a list of ids' }),
    ArrayMinSize(1, { message: 'must name at least one' }),
    ArrayMaxSize(limits.listItemsMax, { message: `may name at most ${limits.listItemsMax}` }),
    Matches(new RegExp(UUID), {
      each: true,
      message: 'must hold ids as this service gives them',
    }),
  );
}

/** One of a list of codes. */
export function Code(codes: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', enum: [...codes] },
    IsIn(codes, { message: `must be one of ${codes.join(', ')}` }),
  );
}

export function Codes(codes: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    {
      type: 'array',
      items: { type: 'string', enum: [...codes] },
      minItems: 1,
      uniqueItems: true,
    },
    IsArray({ message: 'must be a list of codes' }),
    ArrayMinSize(1, { message: 'must name at least one' }),
    ArrayMaxSize(limits.listItemsMax, { message: `may name at most ${limits.listItemsMax}` }),
    IsIn(codes, { each: true, message: `may hold only ${codes.join(', ')}` }),
  );
}

/** A narrative of one or more lines. */
export function Words(options: FieldOptions = {}): PropertyDecorator {
  return text(limits.textCharactersMax, options);
}

/** One line: a name, an address. */
export function Line(
  charactersMax: number = limits.nameCharactersMax,
  options: FieldOptions = {},
): PropertyDecorator {
  return text(charactersMax, options);
}

function text(charactersMax: number, options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: 'string', minLength: 1, maxLength: charactersMax },
    IsString({ message: 'must be text' }),
    MaxLength(charactersMax, { message: `must be at most ${charactersMax} characters long` }),
    notSealed,
  );
}

/** A day of the calendar. */
export function Day(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'date' },
    checked('day', 'must be a day of the calendar, YYYY-MM-DD', isDay),
  );
}

export function NhsNumber(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', maxLength: 20, example: '999 000 0018' },
    checked(
      'nhsNumber',
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
    checked(
      'occurrence',
      'must be a day, YYYY-MM-DD, or a time with its offset, such as 2026-11-20T14:09:00Z',
      (when) => when.length <= 40 && readOccurrence(when) !== undefined,
    ),
  );
}

/** Short name of an organisation or place. */
export function ShortName(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', pattern: SLUG, maxLength: 60 },
    Matches(new RegExp(SLUG), {
      message: 'must be a short name: small letters, digits, hyphens',
    }),
    MaxLength(60, { message: 'must be at most 60 characters long' }),
  );
}

/** `<organisation>.<audience>` */
export function Recipient(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', pattern: RECIPIENT, maxLength: 100 },
    Matches(new RegExp(RECIPIENT), {
      message: 'must be a recipient, `<organisation>.<audience>`',
    }),
    MaxLength(100, { message: 'must be at most 100 characters long' }),
  );
}

export function Recipients(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'array', items: { type: 'string', pattern: RECIPIENT }, maxItems: 4 },
    IsArray({ message: 'must be a list of recipients' }),
    ArrayMaxSize(4, { message: 'may name at most 4' }),
    Matches(new RegExp(RECIPIENT), {
      each: true,
      message: 'must hold recipients, `<organisation>.<audience>`',
    }),
  );
}

export function Flag(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'boolean' }, IsBoolean({ message: 'must be true or false' }));
}

/** A part with fields of its own. */
export function Part(part: new () => object, options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: part },
    checkedPart,
    ValidateNested({ message: 'must be an object' }),
    Type(() => part),
  );
}

const checkedPart = ValidateBy({
  name: 'part',
  validator: {
    validate: (value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value),
    defaultMessage: () => 'must be an object',
  },
});

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
