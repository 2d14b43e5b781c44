import { problems } from '@common-thread/platform/problem';
import type { OurFamiliesQueries, OurFamily } from './queries.js';

/** A family registered with us now, for a page about it alone; *not found* where it is not. */
export async function ourFamily(
  families: OurFamiliesQueries,
  familyId: string,
): Promise<OurFamily> {
  const family = await families.findFamily(familyId);
  if (!family) throw problems.notFound();
  return family;
}
