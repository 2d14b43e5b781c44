import { counted, dayInWords } from '@common-thread/platform/pages/london-time';
import { pagination } from '@common-thread/platform/pages/paging';
import { familyLabel } from '@common-thread/presenting/family-label';
import type { OpenedBoxes } from '@common-thread/presenting/page-reveal';
import { nameInWords } from '@common-thread/presenting/people';
import type { CaseloadFamily, CaseloadPage } from './queries.js';
import { isOutstanding } from './review-state.js';
import { reviewView } from './review-words.js';

export const FAMILIES_A_PAGE = 25;
/** A list shows the reviews that need somebody; the family's page shows them all. */
const REVIEWS_LISTED_MAX = 3;

/** The caseload, the review outstanding longest first, with what is new since this person last looked. */
export function caseloadView(
  found: CaseloadPage,
  opened: OpenedBoxes,
  asked: { readonly page: number; readonly today: string; readonly left?: boolean },
) {
  return {
    namesUnavailable: !opened.reachable,
    isEmpty: found.total === 0,
    left: asked.left ?? false,
    summary: `${counted(found.total, 'family', 'families')} on caseload, ${
      found.overdue === 0 ? 'none' : found.overdue.toLocaleString('en-GB')
    } with a review overdue.`,
    families: found.families.map((family) => familyRow(family, opened, asked.today)),
    pagination: pagination('/', asked.page, found.total, FAMILIES_A_PAGE),
  };
}

function familyRow(family: CaseloadFamily, opened: OpenedBoxes, today: string) {
  const { line, members } = family;
  const label = familyLabel(line, members, opened, today);
  const people = new Map(
    members.map((member) => [member.personId, nameInWords(opened, line, member)]),
  );
  const outstanding = family.reviews.filter(isOutstanding);
  const [since] = family.caseloads.flatMap((caseload) => caseload.since ?? []);
  return {
    href: `/families/${family.familyId}`,
    name: label.name ?? 'Family, name not shown',
    children: label.children.map(({ name, age }) => (age ? `${name}, ${age}` : name)),
    reviews: outstanding
      .slice(0, REVIEWS_LISTED_MAX)
      .map((review) => reviewView(review, { line, opened, people, today })),
    more: Math.max(0, outstanding.length - REVIEWS_LISTED_MAX),
    news: family.news === 0 ? undefined : `${family.news} new`,
    since: since && dayInWords(since),
  };
}
