import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeQueries } from './describe-queries.js';

/** `npm run openapi`: writes the published document anew. Review what changed before committing it. */
const path = resolve('docs/openapi/childrens-centre.json');
writeFileSync(path, `${JSON.stringify(await describeQueries(), null, 2)}\n`);
process.stdout.write(`wrote ${path}\n`);
