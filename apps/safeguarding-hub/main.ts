import { runAgency } from '@common-thread/running/agency-process';
import { createSafeguardingHub } from './create-safeguarding-hub.js';
import { readModels } from './projections.js';

await runAgency('safeguarding-hub', 3011, { readModels, create: createSafeguardingHub });
