import type { ArgumentMetadata, ValidationError } from '@nestjs/common';
import { Injectable, ValidationPipe } from '@nestjs/common';
import type { FieldProblem } from './problem.js';
import { Problem, problems } from './problem.js';

/** The longest free text a person may type into one field, in UTF-16 units. */
export const FREE_TEXT_LENGTH_MAX = 20_000;

/**
 * Checks a body, query or path against its class: unknown fields are refused, and so is text that the
 * stores could not hold (NUL, a lone surrogate). Errors point at fields and never repeat a value.
 */
@Injectable()
export class StrictBody extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => problems.invalidBody(pointersOf(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    const known: unknown = await super.transform(value, metadata).catch((error: unknown) => {
      throw error instanceof Problem ? refusal(error.errors, metadata.type) : error;
    });
    // Only now is every key one of ours, so that pointing at it repeats nothing.
    const unstorable = unstorableIn(known, '');
    if (unstorable.length > 0) throw refusal(unstorable, metadata.type);
    return known;
  }
}

/** A path that cannot be right names nothing: it is not found, like one that is right and names nothing. */
function refusal(errors: readonly FieldProblem[], where: ArgumentMetadata['type']): Problem {
  if (where === 'param') return problems.notFound();
  return where === 'body' ? problems.invalidBody(errors) : problems.invalidQuery(errors);
}

function pointersOf(errors: readonly ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const unknownField = error.constraints?.whitelistValidation !== undefined;
    // The name of a field we do not know is the sender's own text, so the parent is pointed at.
    const pointer = unknownField ? parent || '/' : `${parent}/${escaped(error.property)}`;
    const details = unknownField
      ? ['holds a field that is not known here; remove it']
      : Object.values(error.constraints ?? {});
    return [
      ...details.map((detail) => ({ pointer, detail })),
      ...pointersOf(error.children ?? [], pointer),
    ];
  });
}

const UNSTORABLE = /(?![\t\n\r])\p{Control}|\p{Surrogate}/u;

function unstorableIn(value: unknown, pointer: string): FieldProblem[] {
  if (typeof value === 'string') {
    return UNSTORABLE.test(value)
      ? [{ pointer: pointer || '/', detail: 'holds a character that cannot be kept; remove it' }]
      : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((member, index) => unstorableIn(member, `${pointer}/${index}`));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    unstorableIn(member, `${pointer}/${escaped(key)}`),
  );
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
