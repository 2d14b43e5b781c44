import type { Pool } from 'pg';
import { isHub } from '@common-thread/disclosure/policy';
import type { HeldTelling } from '@common-thread/platform/subject-access';
import { rowsAbout } from '../../feed-relay/store/telling-rows.js';
import type { MadeCopy } from '../../vault/subject-access/subject-access.js';

/** Who was told the facts of a copy, by the relay's own record; nobody who would be named by it. */
export async function toldOf(
  relay: Pool,
  { given, lines, pack }: MadeCopy,
): Promise<readonly HeldTelling[]> {
  const facts = new Map(given.map((fact) => [fact.eventId, fact]));
  const rows = await rowsAbout(relay, pack.request.personId, [...facts.keys()], lines);
  return rows.flatMap(({ eventId, grade, recipient, toldAt, withdrawn }) => {
    const fact = facts.get(eventId);
    if (!fact) return [];
    // Where one of several is left unnamed, whoever is not in the list is the one.
    const isUnnamed = fact.source !== undefined && !isHub(recipient);
    const who = isUnnamed ? {} : { recipient };
    return [{ ...who, toldAt, nth: fact.nth, grade, withdrawn }];
  });
}
