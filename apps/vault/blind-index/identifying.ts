import { createHmac } from 'node:crypto';
import type { IndexKind } from './index-row.js';
import { normaliseChildId, normaliseDay, normaliseName, normaliseNhsNumber } from './normalise.js';

/** What a person can be found by, as it was typed or told. */
export interface Identifying {
  readonly givenName?: string;
  readonly familyName?: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth?: string;
  readonly nhsNumber?: string;
  readonly authorityChildId?: string;
}

/** The fields of a person's events that are indexed. */
export const identifyingFields = [
  'givenName',
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
  const values = partsOfKind[kind].map((part) => {
    const text = identifying[part];
    return text === undefined ? undefined : normalised[part](text);
  });
  if (values.some((value) => value === undefined)) return undefined;
  return createHmac('sha256', secret)
    .update(JSON.stringify([kind, ...values]))
    .digest();
}

/** What each kind is made of. */
export const partsOfKind: Readonly<Record<IndexKind, readonly (keyof Identifying)[]>> = {
  'name-and-birth': ['familyName', 'dateOfBirth'],
  'full-name-and-birth': ['givenName', 'familyName', 'dateOfBirth'],
  'nhs-number': ['nhsNumber'],
  'authority-child-id': ['authorityChildId'],
};

const normalised: Readonly<Record<keyof Identifying, (text: string) => string | undefined>> = {
  givenName: normaliseName,
  familyName: normaliseName,
  dateOfBirth: normaliseDay,
  nhsNumber: normaliseNhsNumber,
  authorityChildId: normaliseChildId,
};
