import { directory } from '@common-thread/projecting/directory';
import { households } from '@common-thread/projecting/family-history/households';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { ourFamilyHistory } from './family-history/projection.js';
import { ourFamilies } from './our-families/projection.js';
import { ourReferrals } from './our-referrals/projection.js';

/** Every read model of a centre provider, one line each. */
export const readModels: readonly ReadModel[] = [
  directory,
  households,
  ourFamilies,
  ourFamilyHistory,
  ourReferrals,
];
