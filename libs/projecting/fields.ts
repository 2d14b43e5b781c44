import type { Fields } from './told-row.js';

/*
 * Reading what a row tells. A field that was not told, or is not of the kind expected, reads as null:
 * folds are total over rows whose cells tell more or less.
 */

export function textOf(fields: Fields | null | undefined, field: string): string | null {
  const value = fields?.[field];
  return typeof value === 'string' ? value : null;
}

export function flagOf(fields: Fields | null | undefined, field: string): boolean | null {
  const value = fields?.[field];
  return typeof value === 'boolean' ? value : null;
}

export function textsOf(fields: Fields | null | undefined, field: string): string[] {
  const value = fields?.[field];
  return Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];
}
