import type { DeclaredCell, DeclaredColumn } from './declared.js';
import { declared, household, parsed, tellingIn } from './declared.js';
import type { TestRecipient } from './places.js';

/*
 * What each version of the table declares, by hand, where it is not what the first does. The second is
 * two-tables.examples.ts; the third moves a service from notice to existence, which no version may.
 */
const second = parsed(`
SessionAttended
  author: personIds activity placeId note recordedBy
  hub: personIds organisation
  centre: notice
  health: personIds activity organisation
ContactDecided
  author: outcomes rationale decidedBy returnReason recordedBy
  referrer: outcomes rationale returnReason
  hub: outcomes rationale decidedBy
  centre: existence
  health: notice`);

const raised = `childIds from to reference need level statement parentsInformed groundNotInformed
    concern supportTried safeContact referrerContact organisation`;
const third = parsed(`
ReferralRaised
  author: ${raised} recordedBy
  referrer: ${raised}
  hub: ${raised}
  centre: existence
  health: existence
ReferralClosed
  author: contactId
  referrer: contactId
  hub: contactId
  centre: existence
  health: existence`);

const versions = new Map([
  [1, declared],
  [2, new Map([...declared, ...second])],
  [3, new Map([...declared, ...third])],
]);

/** The highest grade of several cells by a version of the table, with all their fields. */
export function declaredBy(
  version: number,
  type: string,
  of: readonly DeclaredColumn[],
): DeclaredCell {
  return tellingIn(versions.get(version)!, type, of);
}

/** What a version lets be told of the past: of health visiting only the second tells more than a notice. */
export function declaredBeforehand(
  version: number,
  type: string,
  { audience }: TestRecipient,
): DeclaredCell {
  const cell = declaredBy(version, type, [audience]);
  if (household.includes(type)) return cell;
  if (audience === 'partnership-board') return { grade: 'withheld', fields: [] };
  const capped = version !== 2 && audience === 'health-visiting' && cell.grade === 'content';
  return capped ? { grade: 'notice', fields: [] } : cell;
}
