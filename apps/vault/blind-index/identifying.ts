import { createHmac } from 'node:crypto';
import type { IndexKind } from './index-row.js';
import { normaliseChildId, normaliseDay, normaliseName, normaliseNhsNumber } from './normalise.js';

/** What a person can be found by, as it was typed or told. */
export interface Identifying {
  readonly familyName?: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth?: string;
  readonly nhsNumber?: string;
  readonly authorityChildId?: string;
}

/** The fields of a person's events that are indexed. */
export const identifyingFields = [
  'familyName',
  'dateOfBirth',
  'nhsNumber',
  'authorityChildId',
] as const satisfies readonly (keyof Identifying)[];

/** The keyed hash of one kind; undefined where a value it needs is missing or says nothing. */
export function macOf(
  kind: IndexKind,
  identifying: Identifying,
  secret: Buffer,
): Buffer | undefined {
  const values = valuesOf(kind, identifying);
  if (values.some((value) => value === undefined)) return undefined;
  return createHmac('sha256', secret)
    .update(JSON.stringify([kind, ...values]))
    .digest();
}

function valuesOf(kind: IndexKind, identifying: Identifying): (string | undefined)[] {
  const { familyName, dateOfBirth, nhsNumber, authorityChildId } = identifying;
  switch (kind) {
    case 'name-and-birth':
      return [
        familyName === undefined ? undefined : normaliseName(familyName),
        dateOfBirth === undefined ? undefined : normaliseDay(dateOfBirth),
      ];
    case 'nhs-number':
      return [nhsNumber === undefined ? undefined : normaliseNhsNumber(nhsNumber)];
    case 'authority-child-id':
      return [authorityChildId === undefined ? undefined : normaliseChildId(authorityChildId)];
  }
}
