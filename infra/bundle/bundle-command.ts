import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.js';

/** `npm run bundle`: every app that is a process, from the folder that it was compiled into. */
const compiled = join(import.meta.dirname, '../..');
const apps = readdirSync(join(compiled, 'apps'));
const mains = apps.map((app) => [app, join(compiled, 'apps', app, 'main.js')] as const);
await bundle(
  Object.fromEntries(mains.filter(([, main]) => existsSync(main))),
  join(compiled, 'bundled'),
);
