import { derivedId } from '@common-thread/eventing/identifiers';
import type { ToldFeed } from '../feeds/told-feed.js';
import { boxed } from './doubles.js';

/** Ids of a test, by what they are for. */
export function idFor(what: string): string {
  return derivedId('pages test', what);
}

export const hub = 'fairholme-hub.safeguarding-hub';
export const larkfield = 'larkfield-centres.childrens-centre';
export const health = 'fairholme-health.health-visiting';

export interface ToldPerson {
  readonly key: string;
  readonly kind: 'child' | 'adult' | 'unborn';
  readonly given: string;
  readonly family: string;
  /** Date of birth, or expected date of an unborn child. */
  readonly born: string;
}

/** Two children, their mother and a grandmother; plainly invented. */
export const applegarths: readonly ToldPerson[] = [
  { key: 'wren', kind: 'child', given: 'Wren', family: 'Applegarth', born: '2023-03-12' },
  { key: 'robin', kind: 'child', given: 'Robin', family: 'Applegarth', born: '2025-09-02' },
  { key: 'clover', kind: 'adult', given: 'Clover', family: 'Applegarth', born: '1996-05-20' },
  { key: 'maud', kind: 'adult', given: 'Maud', family: 'Finchley', born: '1962-01-09' },
];

/** Public reference data: four organisations and two centres. */
export function tellDirectory(feed: ToldFeed): void {
  const organisations = [
    ['fairholme-hub', 'Fairholme Safeguarding Hub', [hub], '01632 960 101'],
    ['larkfield-centres', 'Larkfield Family Centres', [larkfield], '01632 960 202'],
    ['fairholme-health', 'Fairholme Community Health NHS Trust', [health], '01632 960 303'],
  ] as const;
  for (const [organisationId, name, recipients, telephone] of organisations) {
    const fields = { organisationId, name, recipients, telephone };
    const subject = `organisation/${organisationId}`;
    feed.tell('organisation.recorded', { line: 'directory', subject, fields });
  }
  for (const [placeId, name] of [
    ['ash-vale', 'Ash Vale Centre'],
    ['mill-lane', 'Mill Lane Centre'],
  ] as const) {
    const fields = {
      placeId,
      organisationId: 'larkfield-centres',
      name,
      cluster: 'north',
      district: 'larkfield',
    };
    feed.tell('place.recorded', { line: 'directory', subject: `place/${placeId}`, fields });
  }
}

/** Who is in a family, where they live, and how the first adult is related to the children. */
export function tellHousehold(feed: ToldFeed, line: string, people: readonly ToldPerson[]): void {
  for (const person of people) {
    const personId = idFor(person.key);
    feed.tell('person.registered', {
      line,
      subject: `person/${personId}`,
      time: '2023-04-01T10:00:00.000Z',
      fields: {
        personId,
        kind: person.kind,
        sex: 'F',
        givenName: boxed(person.given),
        familyName: boxed(person.family),
        ...(person.kind === 'unborn'
          ? { expectedDate: boxed(person.born) }
          : { dateOfBirth: boxed(person.born) }),
      },
    });
    feed.tell('membership.began', {
      line,
      subject: `membership/${idFor(`${person.key} in ${line}`)}`,
      time: '2023-04-01T10:00:00.000Z',
      fields: {
        personId,
        position: person.kind === 'adult' ? 'parent' : 'child',
        organisation: 'larkfield-centres',
        address: boxed('14 Thistledown Row, Larkfield'),
        postcode: boxed('FH1 2AB'),
      },
    });
  }
  const parent = people.find(({ kind }) => kind === 'adult');
  for (const child of people.filter(({ kind }) => kind === 'child')) {
    if (!parent) break;
    feed.tell('relationship.recorded', {
      line,
      subject: line,
      time: '2023-04-02T10:00:00.000Z',
      fields: {
        personId: idFor(parent.key),
        relatedPersonId: idFor(child.key),
        relationship: 'parent',
        parentalResponsibility: true,
      },
    });
  }
}

export interface RegisteredFamily {
  readonly familyId: string;
  readonly line: string;
  readonly registrationId: string;
}

/** A family registered with Larkfield, as Larkfield is told of it. */
export function tellRegisteredFamily(
  feed: ToldFeed,
  name: string,
  people: readonly ToldPerson[],
): RegisteredFamily {
  const familyId = idFor(name);
  const line = `family/${familyId}`;
  const registrationId = idFor(`registration of ${name}`);
  const subject = `registration/${registrationId}`;
  feed.tell('registration.began', {
    line,
    subject,
    ground: 'author',
    entitlement: 'begins',
    time: '2025-05-03T09:30:00.000Z',
    fields: { provider: larkfield, placeId: 'ash-vale', recordedBy: 'larkfield-worker-1' },
  });
  tellHousehold(feed, line, people);
  return { familyId, line, registrationId };
}
