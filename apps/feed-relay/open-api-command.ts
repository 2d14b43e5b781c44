import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeRoutes } from './describe-routes.js';

/** `npm run openapi`: writes the published document anew. Review what changed before committing it. */
const path = resolve('docs/openapi/feed-relay.json');
writeFileSync(path, `${JSON.stringify(await describeRoutes(), null, 2)}\n`);
process.stdout.write(`wrote ${path}\n`);
