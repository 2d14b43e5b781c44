import { isoWeekOf } from '@common-thread/domain/london-day';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { currentMembers, today } from '@common-thread/presenting/family-form';
import type { CaseloadFamily, CaseloadQueries } from './queries.js';

/** A family on our caseload now, for a page about it alone; *not found* where it is not. */
export async function ourFamily(
  caseload: CaseloadQueries,
  familyId: string,
  { actor }: SignedInCaller,
): Promise<CaseloadFamily> {
  const asked = { person: actor.id, week: isoWeekOf(today()) };
  const family = await caseload.findFamily(familyId, asked);
  if (!family) throw problems.notFound();
  return family;
}

/** Children of the family who are not born yet, as far as we are told. */
export function expectedChildren(family: CaseloadFamily) {
  return currentMembers(family).filter(({ kind }) => kind === 'unborn');
}

/** The latest spell on our caseload: the one that what is recorded now belongs to. */
export function caseloadIdOf({ caseloads }: CaseloadFamily): string {
  return caseloads.at(-1)?.caseloadId ?? '';
}
