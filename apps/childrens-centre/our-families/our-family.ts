import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { placesSeenBy } from '../our-places.js';
import type { OurFamiliesQueries, OurFamily } from './queries.js';

/**
 * A family registered with us now where the caller works, for a page about it alone; *not found* where it
 * is not.
 */
export async function ourFamily(
  families: OurFamiliesQueries,
  familyId: string,
  { actor }: SignedInCaller,
): Promise<OurFamily> {
  const family = await families.findFamily(familyId, placesSeenBy(actor));
  if (!family) throw problems.notFound();
  return family;
}
