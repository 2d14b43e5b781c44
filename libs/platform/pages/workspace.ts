import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The root of this workspace: templates are read from their sources, built or not. */
export function workspaceRoot(): string {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, 'nest-cli.json'))) {
    const parent = dirname(directory);
    if (parent === directory)
      throw new Error('the workspace has no nest-cli.json above this file');
    directory = parent;
  }
  return directory;
}

const resolver = createRequire(import.meta.url);

/** The folder of an installed package. */
export function packageRoot(name: string): string {
  return dirname(resolver.resolve(`${name}/package.json`));
}
