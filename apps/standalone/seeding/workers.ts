import { partsOfRecipient } from '@common-thread/domain/identifiers';
import type { Role } from '@common-thread/platform/actor';
import type { CommandActor } from '@common-thread/eventing/decider';

/*
 * Who recorded what in the county. Ids are opaque and stable; those of the demonstration sign-ins
 * (apps/sign-in/demonstration-users.ts) are among them, so that whoever signs in finds work of
 * theirs.
 */

interface Team {
  readonly prefix: string;
  readonly role: Role;
}
const teams: Readonly<Record<string, Team>> = {
  'fairholme-hub.safeguarding-hub': { prefix: 'hub-triage', role: 'hub-triage' },
  'larkfield-centres.childrens-centre': { prefix: 'larkfield-worker', role: 'centre-worker' },
  'brook-and-vale.childrens-centre': { prefix: 'brook-worker', role: 'centre-worker' },
  'fairholme-health.health-visiting': { prefix: 'health-visitor', role: 'health-visitor' },
};
const WORKERS_EACH = 6;

/** One of an agency's workers, by number from 1. */
export function workerOf(recipient: string, nth: number): CommandActor {
  const team = teams[recipient];
  if (!team) throw new Error(`nobody works for ${recipient} in this county`);
  const id = `${team.prefix}-${((nth - 1) % WORKERS_EACH) + 1}`;
  return actor(id, recipient, team.role);
}

/** Whose decisions the hub's are. */
export function managerOf(recipient: string, nth: number): CommandActor {
  return actor(`hub-manager-${((nth - 1) % 2) + 1}`, recipient, 'hub-manager');
}

/** Who records for the county what its organisations have signed. */
export function governanceOf(recipient: string): CommandActor {
  return actor('governance-officer-1', recipient, 'information-governance');
}

/** The agency's own system, which hands over its records at go-live. */
export function systemOf(recipient: string): CommandActor {
  const { organisation } = partsOfRecipient(recipient);
  return actor(`${organisation}-records`, recipient, 'subscriber-system');
}

function actor(id: string, recipient: string, role: Role): CommandActor {
  return { id, organisation: partsOfRecipient(recipient).organisation, recipient, role };
}
