import { runAgency } from '@common-thread/running/agency-process';
import { createHealthVisiting } from './create-health-visiting.js';
import { readModels } from './projections.js';

await runAgency('health-visiting', 3014, { readModels, create: createHealthVisiting });
