import { runAgency } from '@common-thread/running/agency-process';
import { createChildrensCentre } from './create-childrens-centre.js';
import { readModels } from './projections.js';

await runAgency('childrens-centre', 3012, { readModels, create: createChildrensCentre });
