import type { Actor } from '@common-thread/platform/actor';
import type { Choice } from '@common-thread/platform/pages/components';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';

/** Centres somebody may record at: of our own, those they work at, or all where none are named. */
export function placesOf({ actor }: SignedInCaller, names: DirectoryNames): readonly Choice[] {
  return names
    .ownPlaces()
    .filter(({ placeId }) => actor.places.length === 0 || actor.places.includes(placeId))
    .map(({ placeId, name }) => ({ value: placeId, text: name }));
}

/** Of which of our centres somebody sees the families; undefined where of all. */
export function placesSeenBy({ places }: Actor): readonly string[] | undefined {
  return places.length > 0 ? places : undefined;
}
