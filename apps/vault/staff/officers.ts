import type { Actor } from '@common-thread/platform/actor';
import type { AuditEntry } from '../audit/audit.js';

export function isOfficer({ role }: Actor): boolean {
  return role === 'information-governance';
}

export function isOfHub({ audience }: Actor): boolean {
  return audience === 'safeguarding-hub';
}

export function isOfficerOfHub(actor: Actor): boolean {
  return isOfficer(actor) && isOfHub(actor);
}

/** Whether the register of these organisations' staff is theirs: a hub's officer keeps everybody's. */
export function mayKeep(officer: Actor, organisations: readonly string[]): boolean {
  const isTheirs = organisations.every((name) => name === officer.organisation);
  return isOfficer(officer) && (isOfHub(officer) || isTheirs);
}

/** The entry of what an officer read or changed, which opened nothing. */
export function overseeing(
  { id, organisation, recipient, role }: Actor,
  at: Date,
  page: string,
  about: readonly string[],
): AuditEntry {
  const asker = { id, organisation, recipient, role };
  return { at, kind: 'audit', asker, purpose: 'oversight', page, about, items: [] };
}
