import { derivedId } from '@common-thread/eventing/identifiers';

export interface TestRecipient {
  readonly id: string;
  readonly audience:
    'safeguarding-hub' | 'childrens-centre' | 'health-visiting' | 'partnership-board';
}

/** The council runs a hub and a centre: two recipients of one organisation. */
export const recipients: readonly TestRecipient[] = (
  [
    ['council', 'safeguarding-hub'],
    ['north-hub', 'safeguarding-hub'],
    ['council', 'childrens-centre'],
    ['elm-centres', 'childrens-centre'],
    ['oak-centres', 'childrens-centre'],
    ['east-trust', 'health-visiting'],
    ['west-trust', 'health-visiting'],
    ['county-board', 'partnership-board'],
  ] as const
).map(([organisation, audience]) => ({ id: `${organisation}.${audience}`, audience }));

export const organisations = [...new Set(recipients.map(({ id }) => organisationOf(id)))];

/** Recorded only some way into the history. */
export const lateOrganisations = ['oak-centres', 'west-trust', 'county-board'];

export function organisationOf(recipient: string): string {
  return recipient.slice(0, recipient.lastIndexOf('.'));
}

export function recipientOf(id: string): TestRecipient {
  return recipients.find((recipient) => recipient.id === id)!;
}

const named = (kind: string, count: number) =>
  Array.from({ length: count }, (_, nth) => derivedId('county', kind, nth + 1));

export const families: readonly string[] = named('family', 4);
export const people: readonly string[] = named('person', 6);

/** `F2`, `P5`: short names for whoever reads a failure. */
export function nameOf(id: string): string {
  const family = families.indexOf(id);
  const person = people.indexOf(id);
  return family >= 0 ? `F${family + 1}` : person >= 0 ? `P${person + 1}` : id.slice(0, 8);
}
