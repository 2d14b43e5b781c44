import { isHub } from '@common-thread/disclosure/policy';
import type { Origin } from '@common-thread/disclosure/reading';
import type { Actor } from '@common-thread/platform/actor';
import type { Purpose } from '@common-thread/platform/revealing';
import type { VaultFold } from '../following/vault-fold.js';
import { purposesOfRoles } from './purposes-of-roles.js';

export type Decision = 'granted' | 'not-entitled' | 'restricted' | 'confidential';

/** For these a hub works on a matter in hand; for others it looks somebody up, or back. */
const ofTheMatter: readonly Purpose[] = ['triage', 'referral-feedback'];

/** Whether somebody may open a field for a purpose, by what the vault has folded of the log. */
export function decide(
  fold: Pick<VaultFold, 'groundToRead' | 'restrictedAbout' | 'speakTo' | 'isShielded'>,
  actor: Actor,
  purpose: Purpose,
  origin: Origin,
): Decision {
  const isItsPurpose = purposesOfRoles[actor.role].includes(purpose);
  if (!isItsPurpose || fold.groundToRead(actor, origin) === undefined) return 'not-entitled';
  const restricted = fold.restrictedAbout(origin);
  const isShielded = fold.isShielded(actor.recipient, origin, {
    isInHand: ofTheMatter.includes(purpose),
    isManager: actor.role === 'hub-manager',
  });
  const granted = isShielded ? 'confidential' : 'granted';
  if (restricted.length === 0) return granted;
  // To anybody but a hub even that there is a restriction would say too much.
  if (!isHub(actor.recipient)) return 'not-entitled';
  // Whoever others are sent to must be able to answer them.
  return restricted.every((id) => fold.speakTo(id) === actor.role) ? granted : 'restricted';
}
