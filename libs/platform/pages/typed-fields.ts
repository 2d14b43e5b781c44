import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** What somebody typed or chose, by field; a field given several times is a list. */
export type TypedFields = Readonly<Record<string, string | readonly string[]>>;

/** Fields that belong to the form rather than to the person: they begin with an underscore. */
export const formFields = {
  token: '_token',
  /** Which form it is, so that it can be opened again: `refer-family`. */
  form: '_form',
  /** The page it is on, so that it can be opened there again. */
  page: '_page',
  /** Made when the form was drawn, so that sending it twice is one command. */
  key: '_key',
  /** Tag of the record as it was read. */
  tag: '_tag',
  /** How far the reader had seen when the form was drawn: what came later is what changed. */
  seen: '_seen',
  /** The kept form this one was opened from. */
  kept: '_kept',
} as const;

/** Only text and lists of text count as typed. */
export function typedFieldsOf(body: unknown): TypedFields {
  if (typeof body !== 'object' || body === null) return {};
  const typed: Record<string, string | readonly string[]> = {};
  for (const [field, value] of Object.entries(body)) {
    if (typeof value === 'string') typed[field] = value;
    else if (Array.isArray(value)) {
      typed[field] = value.filter((member): member is string => typeof member === 'string');
    }
  }
  return typed;
}

/** One text of a field, as it was typed; empty where there is none. */
export function typedText(typed: TypedFields, field: string): string {
  const value = typed[field];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

/** Every choice of a field; checkboxes send none, one or several. */
export function typedChoices(typed: TypedFields, field: string): readonly string[] {
  const value = typed[field];
  if (value === undefined || value === '') return [];
  return typeof value === 'string' ? [value] : value;
}

/** Without the fields that belong to the form. */
export function ownWords(typed: TypedFields): TypedFields {
  return Object.fromEntries(Object.entries(typed).filter(([field]) => !field.startsWith('_')));
}

/** The posted form, in a handler: `@Typed() typed: TypedFields`. Forms check it and say what to correct. */
export const Typed = createParamDecorator((_: unknown, context: ExecutionContext) =>
  typedFieldsOf(context.switchToHttp().getRequest<FastifyRequest>().body),
);
