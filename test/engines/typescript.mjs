import { register } from 'node:module';

/**
 * `node --import ./test/engines/typescript.mjs some.ts` runs a TypeScript file of this repository
 * as the tests see it: for benchmarks, and for processes that tests start in order to kill them.
 */
register('./typescript-hooks.mjs', import.meta.url);
