import type { Contribution } from '../contributions.js';
import { fieldsOf, isCorrected, lastNamed, standing } from '../contributions.js';
import { flagOf, textOf } from '../fields.js';
import { contributionTable, defineReadModel, documentTable } from '../read-model.js';
import type { Fields } from '../told-row.js';
import { idOfSubject } from '../told-row.js';
import { involvementTable } from './involvement.js';

/*
 * Who is in a family, as far as we are told: people, where they live and since when, how they are
 * related, which services are involved, and whether we are entitled to the family at all. Names,
 * dates of birth and addresses stay sealed.
 */

/** A person on one family's line; someone of two families is told, and kept, once for each. */
export const personTable = contributionTable({
  name: 'household_person',
  columns: {
    line: 'text',
    person_id: 'text',
    /** False once the registration is withdrawn. */
    stands: 'boolean',
    kind: 'text?',
    sex: 'text?',
    given_name: 'text?',
    family_name: 'text?',
    known_as: 'text?',
    date_of_birth: 'text?',
    expected_date: 'text?',
    nhs_number: 'text?',
    telephone: 'text?',
    authority: 'text?',
    authority_child_id: 'text?',
    corrected: 'boolean',
  },
  indexes: ['line'],
  keysOf: ({ origin, originName }) =>
    ofPerson.has(originName) ? [`${origin.partitionkey} ${origin.subject}`] : [],
  columnsOf: (held, key) => {
    const registered = lastNamed(held, 'person.registered');
    const born = lastNamed(held, 'child.born');
    // What a birth tells takes the place of what was told of the child expected.
    const fields: Fields = { ...fieldsOf(registered), ...fieldsOf(born) };
    const [line = '', subject = ''] = key.split(' ');
    return {
      line,
      person_id: idOfSubject('person', subject) ?? subject,
      stands: registered !== undefined,
      kind: born ? 'child' : textOf(fields, 'kind'),
      sex: textOf(fields, 'sex'),
      given_name: textOf(fields, 'givenName'),
      family_name: textOf(fields, 'familyName'),
      known_as: textOf(fields, 'knownAs'),
      date_of_birth: textOf(fields, 'dateOfBirth'),
      expected_date: textOf(fields, 'expectedDate'),
      nhs_number: textOf(fields, 'nhsNumber'),
      telephone: textOf(fields, 'telephone'),
      authority: textOf(fields, 'authority'),
      authority_child_id: textOf(fields, 'authorityChildId'),
      corrected: [registered, born].some((told) => told !== undefined && isCorrected(told)),
    };
  },
});
const ofPerson = new Set(['person.registered', 'child.born']);

/** A dated membership of one person in one family, with its addresses. */
export const membershipTable = contributionTable({
  name: 'household_membership',
  columns: {
    line: 'text',
    membership_id: 'text',
    stands: 'boolean',
    person_id: 'text?',
    position: 'text?',
    since: 'instant?',
    until: 'instant?',
    /** The address now; null where none is told. */
    address: 'text?',
    postcode: 'text?',
    /** A list of `ToldAddress`, oldest first. */
    addresses: 'json',
  },
  indexes: ['line'],
  keysOf: ({ origin, originName }) => (inMembership.has(originName) ? [origin.subject] : []),
  columnsOf: (held, subject) => {
    const began = lastNamed(held, 'membership.began');
    const ended = lastNamed(held, 'membership.ended');
    const addresses = addressesOf(held);
    return {
      line: held[0]?.line ?? '',
      membership_id: idOfSubject('membership', subject) ?? subject,
      stands: began !== undefined,
      person_id: textOf(fieldsOf(began), 'personId'),
      position: textOf(fieldsOf(began), 'position'),
      since: began?.occurredAt ?? null,
      until: ended?.occurredAt ?? null,
      address: addresses.at(-1)?.address ?? null,
      postcode: addresses.at(-1)?.postcode ?? null,
      addresses: JSON.stringify(addresses),
    };
  },
});
const inMembership = new Set(['membership.began', 'address.changed', 'membership.ended']);

/** Where somebody lived from a time on, sealed. */
export interface ToldAddress {
  readonly address: string | null;
  readonly postcode: string | null;
  readonly since: string;
  readonly corrected: boolean;
}

function addressesOf(held: readonly Contribution[]): ToldAddress[] {
  return standing(held)
    .filter((c) => c.name !== 'membership.ended')
    .sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0))
    .map((c) => ({
      address: textOf(fieldsOf(c), 'address'),
      postcode: textOf(fieldsOf(c), 'postcode'),
      since: c.occurredAt,
      corrected: isCorrected(c),
    }))
    .filter(({ address, postcode }, index) => index > 0 || address !== null || postcode !== null);
}

/** One recorded relationship; a later one between the same two people replaces it. */
export const relationshipTable = contributionTable({
  name: 'household_relationship',
  columns: {
    line: 'text',
    sequence: 'bigint',
    stands: 'boolean',
    person_id: 'text?',
    related_person_id: 'text?',
    relationship: 'text?',
    parental_responsibility: 'boolean?',
    recorded_from: 'instant?',
  },
  indexes: ['line'],
  keysOf: ({ origin, originName }) => (originName === 'relationship.recorded' ? [origin.id] : []),
  columnsOf: (held) => {
    const recorded = lastNamed(held, 'relationship.recorded');
    const fields = fieldsOf(recorded);
    return {
      line: held[0]?.line ?? '',
      sequence: held[0]?.sequence ?? 0,
      stands: recorded !== undefined,
      person_id: textOf(fields, 'personId'),
      related_person_id: textOf(fields, 'relatedPersonId'),
      relationship: textOf(fields, 'relationship'),
      parental_responsibility: flagOf(fields, 'parentalResponsibility'),
      recorded_from: recorded?.occurredAt ?? null,
    };
  },
});

/** Whether we are entitled to a family now: the last row on its line that said so, withdrawals included. */
export const entitlementTable = documentTable({
  name: 'household_entitlement',
  columns: { line: 'text', entitled: 'boolean' },
  keysOf: (row) => (row.envelope.entitlement === undefined ? [] : [row.line]),
  fold: (mark: EntitlementMark | undefined, { sequence, envelope }) =>
    mark && mark.sequence > sequence
      ? mark
      : { sequence, entitled: envelope.entitlement === 'begins' },
  columnsOf: (mark, line) => ({ line, entitled: mark.entitled }),
});

interface EntitlementMark {
  readonly sequence: number;
  readonly entitled: boolean;
}

/** The same in every agency: what a household is does not depend on who is looking. */
export const households = defineReadModel({
  name: 'households',
  version: 2,
  differs: [
    {
      table: 'household_person',
      in: [
        ...['kind', 'sex', 'given_name', 'family_name', 'known_as', 'date_of_birth'],
        ...['nhs_number', 'telephone', 'corrected', 'document'],
      ],
      because: 'a birth tells who an expected child is from then on',
    },
  ],
  tables: [personTable, membershipTable, relationshipTable, involvementTable, entitlementTable],
});
