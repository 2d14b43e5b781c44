import { directory } from '@common-thread/projecting/directory';
import { households } from '@common-thread/projecting/family-history/households';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { householdHistory } from './household-history/projection.js';
import { needToKnow } from './need-to-know/projection.js';
import { restrictions } from './restrictions/projection.js';
import { triageQueue } from './triage-queue/projection.js';

/** Every read model of a hub, one line each. */
export const readModels: readonly ReadModel[] = [
  directory,
  households,
  triageQueue,
  householdHistory,
  restrictions,
  needToKnow,
];
