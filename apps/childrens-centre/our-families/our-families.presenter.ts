import { dayInWords } from '@common-thread/platform/pages/london-time';
import { pagination } from '@common-thread/platform/pages/paging';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { familyLabel } from '@common-thread/presenting/family-label';
import type { OpenedBoxes } from '@common-thread/presenting/page-reveal';
import type { OurFamiliesPage } from './queries.js';

export const FAMILIES_A_PAGE = 25;

export interface OurFamiliesAsked {
  readonly page: number;
  /** Only those registered at this place. */
  readonly place: string | undefined;
  readonly today: string;
}

/** The families registered with us, the latest registered first. */
export function ourFamiliesView(
  found: OurFamiliesPage,
  opened: OpenedBoxes,
  names: DirectoryNames,
  asked: OurFamiliesAsked,
) {
  const { page, place, today } = asked;
  const path = place === undefined ? '/' : `/?place=${place}`;
  return {
    namesUnavailable: !opened.reachable,
    total: found.total.toLocaleString('en-GB'),
    isEmpty: found.total === 0,
    place: place === undefined ? undefined : names.place(place),
    places: names.ownPlaces().map(({ placeId, name }) => ({
      value: placeId,
      text: name,
      selected: placeId === place,
    })),
    families: found.families.map((family) => {
      const label = familyLabel(family.line, family.members, opened, today);
      return {
        href: `/families/${family.familyId}`,
        name: label.name ?? 'Family, name not shown',
        children: label.children.map(({ name, age }) => (age ? `${name}, ${age}` : name)),
        adults: label.adults,
        registrations: family.registrations.map(({ placeId, since }) =>
          [
            placeId === null ? 'Centre not told' : names.place(placeId),
            since === null ? '' : `since ${dayInWords(since)}`,
          ]
            .filter((part) => part !== '')
            .join(', '),
        ),
      };
    }),
    pagination: pagination(path, page, found.total, FAMILIES_A_PAGE),
  };
}
