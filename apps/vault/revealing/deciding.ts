import { isHub } from '@common-thread/disclosure/policy';
import type { Origin } from '@common-thread/disclosure/reading';
import type { Actor } from '@common-thread/platform/actor';
import type { Purpose } from '@common-thread/platform/revealing';
import type { VaultFold } from '../following/vault-fold.js';
import { openingRestricted, purposesOfRoles } from './purposes-of-roles.js';

export type Decision = 'granted' | 'not-entitled' | 'restricted';

/** Whether somebody may open a field for a purpose, by what the vault has folded of the log. */
export function decide(
  fold: Pick<VaultFold, 'mayRead' | 'isAboutRestricted'>,
  actor: Actor,
  purpose: Purpose,
  origin: Origin,
): Decision {
  const isEntitled = purposesOfRoles[actor.role].includes(purpose) && fold.mayRead(actor, origin);
  if (!isEntitled) return 'not-entitled';
  if (!fold.isAboutRestricted(origin) || openingRestricted.includes(actor.role)) return 'granted';
  // To anybody but a hub even that there is a restriction would say too much.
  return isHub(actor.recipient) ? 'restricted' : 'not-entitled';
}
