import type { Audience } from '@common-thread/domain/identifiers';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import type { KindOfAgency } from '@common-thread/running/agency-instance';
import { createChildrensCentre } from '../childrens-centre/create-childrens-centre.js';
import { readModels as centreModels } from '../childrens-centre/projections.js';
import { createHealthVisiting } from '../health-visiting/create-health-visiting.js';
import { readModels as healthModels } from '../health-visiting/projections.js';
import { createSafeguardingHub } from '../safeguarding-hub/create-safeguarding-hub.js';
import { readModels as hubModels } from '../safeguarding-hub/projections.js';

/** The app of each audience that has one. */
const kinds: Partial<Readonly<Record<Audience, KindOfAgency>>> = {
  'safeguarding-hub': { readModels: hubModels, create: createSafeguardingHub },
  'childrens-centre': { readModels: centreModels, create: createChildrensCentre },
  'health-visiting': { readModels: healthModels, create: createHealthVisiting },
};

/** @throws where there is no app for the recipient's audience */
export function kindOf(recipient: string): KindOfAgency {
  const { audience } = partsOfRecipient(recipient);
  const kind = kinds[audience];
  if (!kind) throw new Error(`there is no app for ${audience}`);
  return kind;
}
