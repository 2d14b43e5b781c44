import { lineOf, ofThePast } from '@common-thread/disclosure/cells';
import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import { partsOf } from '@common-thread/disclosure/parts';
import { audienceOf } from '@common-thread/disclosure/policy';
import { tableNow } from '@common-thread/disclosure/tables';
import type { Telling } from '@common-thread/disclosure/telling';
import type { Fact } from './fact.js';
import { familiesOfLine } from './lines.js';
import type { Walk } from './tasks.js';
import type { Transaction } from './transaction.js';

/**
 * What the cells allow on the duties and agreements of now: the union of the columns that match, capped for
 * what happened before.
 */
export function cellNow(
  { state: { policy }, rules }: Transaction,
  fact: Fact,
  { recipient, line: onLine }: Pick<Walk, 'recipient' | 'line'>,
  joined: boolean,
): Telling {
  const line = lineOf(fact.type);
  const parts = partsOf(policy, recipient, fact.streamId);
  const telling = rules.tellingOf(policy, recipient, fact, parts, true, familiesOfLine(onLine));
  if (!joined || parts.length > 0 || isFollowing(line)) return telling;
  return ofThePast(line, tableNow(policy).gradeOfHistory[audienceOf(recipient)], telling);
}
