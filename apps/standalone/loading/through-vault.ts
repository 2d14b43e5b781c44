import { setTimeout as wait } from 'node:timers/promises';
import { familiesOfPerson } from '@common-thread/disclosure/policy';
import type { Matching } from '@common-thread/domain/matching';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { PolicyFollower } from '../../command-api/authorisation/policy-follower.js';
import type { ChildLookUp, KnownChild } from './annex-a/children.js';
import { loaderFor } from './annex-a/plan-contact.js';

const CATCH_UP_MS_MAX = 10 * 60_000;
const TRY_AGAIN_MS = 500;

/** The vault finds people; the policy knows to which families they belong. */
export function throughVault(
  matching: Matching,
  policy: PolicyFollower,
  hub: string,
): ChildLookUp {
  return {
    async find(authority, childIds) {
      const people = await caughtUp(() =>
        matching.findByAuthorityChildIds(loaderFor(hub), authority, childIds),
      );
      const current = await policy.current();
      const found = new Map<string, readonly KnownChild[]>();
      for (const [childId, personIds] of people) {
        const known = personIds.map((personId) => ({
          personId,
          familyIds: familiesOfPerson(current, personId),
        }));
        found.set(childId, known);
      }
      return found;
    },
  };
}

/** A vault just opened refuses until it has read the log. */
async function caughtUp<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const deadline = performance.now() + CATCH_UP_MS_MAX; ; await wait(TRY_AGAIN_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof VaultUnavailable) || performance.now() > deadline) throw error;
    }
  }
}
