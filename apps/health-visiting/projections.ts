import { directory } from '@common-thread/projecting/directory';
import { households } from '@common-thread/projecting/family-history/households';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { caseloadHistory } from './caseload-history/projection.js';
import { caseload } from './caseload/projection.js';

/** Every read model of a health visiting service, one line each. */
export const readModels: readonly ReadModel[] = [directory, households, caseload, caseloadHistory];
