import type { Role } from '@common-thread/platform/actor';
import type { Purpose } from '@common-thread/platform/revealing';

/**
 * What each role may open a record for. Policy, not code: a county decides otherwise by changing
 * this page. Somebody who oversees information governance sees who looked, and no record.
 */
export const purposesOfRoles: Readonly<Record<Role, readonly Purpose[]>> = {
  'centre-worker': ['centre-support', 'referral-feedback'],
  'health-visitor': ['direct-care', 'referral-feedback'],
  'hub-triage': ['triage', 'look-up', 'referral-feedback'],
  'hub-manager': ['triage', 'look-up', 'referral-feedback'],
  'information-governance': [],
  'subscriber-system': ['subscription'],
  'agency-pages': [],
  'command-writer': [],
};
