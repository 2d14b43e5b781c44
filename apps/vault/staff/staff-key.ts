import { createHmac } from 'node:crypto';
import type { StaffKeyKind } from '@common-thread/platform/staff';
import { normaliseDay, normaliseName, normaliseNhsNumber } from '../blind-index/normalise.js';

/** Somebody's values in clear, for as long as it takes to hash them. */
export interface InClear {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly dateOfBirth?: string;
  readonly nhsNumber?: string;
  readonly homes?: readonly Home[];
}

export interface Home {
  readonly address?: string;
  readonly postcode?: string;
}

export interface StaffKey {
  readonly kind: StaffKeyKind;
  /** HMAC-SHA256, 32 bytes. */
  readonly mac: Buffer;
}

/**
 * The keys of what is known of somebody; of a kind for which too little is known there is none. A surname
 * alone is hashed for staff and kept for nobody of the record: of whoever is looked at, it is worked out when
 * the report is, and forgotten.
 */
export function staffKeysOf(person: InClear, secret: Buffer): readonly StaffKey[] {
  const surname = read(person.familyName, normaliseName);
  const given = read(person.givenName, normaliseName);
  const birth = read(person.dateOfBirth, normaliseDay);
  const values: readonly (readonly [StaffKeyKind, readonly (string | undefined)[]])[] = [
    ['surname', [surname]],
    ['name-and-birth', [given, surname, birth]],
    ['nhs-number', [read(person.nhsNumber, normaliseNhsNumber)]],
    ...(person.homes ?? []).map((home) => ['home', partsOfHome(home)] as const),
  ];
  return values.flatMap(([kind, parts]) => {
    if (parts.some((part) => part === undefined)) return [];
    const text = JSON.stringify([kind, ...parts]);
    return [{ kind, mac: createHmac('sha256', secret).update(text).digest() }];
  });
}

/** The postcode, and what the address begins with: a number, or the name of a house. */
function partsOfHome({ address, postcode }: Home): readonly (string | undefined)[] {
  const [first = ''] = (address ?? '').split(/[\s,]+/).filter((part) => part !== '');
  return [read(first, normaliseName), read(postcode, normaliseName)];
}

function read(
  text: string | undefined,
  normalise: (text: string) => string | undefined,
): string | undefined {
  return text === undefined ? undefined : normalise(text);
}
