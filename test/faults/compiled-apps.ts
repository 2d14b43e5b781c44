import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Options } from '@swc/core';
import { transform } from '@swc/core';
import { bundle } from '../../infra/bundle/bundle.js';
import { repositoryRoot, textFiles } from '../architecture/source-files.js';

/** Built code lies inside the repository: packages and templates are found from there. */
const SOURCES = ['apps', 'libs', 'infra', 'test/planted', 'test/faults/composed'];
const folder = join(repositoryRoot, 'dist', `killed-${process.pid}`);

export interface CompiledApps {
  /** What an app runs as a process of its own; `npm start` is one too. */
  mainOf(app: string): string;
  /** What keeps something, put together over a PostgreSQL of the caller's (composed/main.ts). */
  readonly composed: string;
  /** What `npm run start:distributed` runs. */
  readonly distributed: string;
  remove(): Promise<void>;
}

/** For the hook that compiles them: a minute beside other suites. */
export const COMPILED_MS_MAX = 240_000;

/**
 * The apps as JavaScript of this very moment, for a process that is started many times over: compiling
 * at each start would take longer than what is being tested. Types are left to the type check.
 *
 * @param only the names of those that are run, where not all are
 */
export async function compileApps(only?: readonly string[]): Promise<CompiledApps> {
  await rm(folder, { recursive: true, force: true });
  const options = await swcOptions();
  const sources = textFiles(SOURCES, /\.(ts|json)$/).filter(({ path }) => isRun(path));
  await Promise.all(
    sources.map(async ({ path, text }) => {
      const target = join(folder, path.replace(/\.ts$/, '.js'));
      await mkdir(dirname(target), { recursive: true });
      if (path.endsWith('.json')) return cp(join(repositoryRoot, path), target);
      const { code } = await transform(withRelativeImports(path, text), {
        ...options,
        filename: join(repositoryRoot, path),
        sourceMaps: false,
        swcrc: false,
      });
      return writeFile(target, code);
    }),
  );
  const bundled = join(folder, 'bundled');
  const mains = mainsAmong(sources.map(({ path }) => path));
  const run = mains.filter(([name]) => only?.includes(name) ?? true);
  await bundle(Object.fromEntries(run), bundled);
  return {
    mainOf: (app) => join(bundled, `${app}.js`),
    composed: join(bundled, 'composed.js'),
    distributed: join(folder, 'apps/standalone/distributed/distributed-command.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The compiled mains, each with the name of its folder. */
function mainsAmong(paths: readonly string[]): (readonly [string, string])[] {
  return paths
    .filter((path) => posix.basename(path) === 'main.ts')
    .map((path) => posix.dirname(path))
    .map((place) => [posix.basename(place), join(folder, place, 'main.js')]);
}

function isRun(path: string): boolean {
  return !/\.(spec|contract|journey|examples)\.ts$/.test(path);
}

/** The options tests are compiled with, so that decorators mean the same. */
async function swcOptions(): Promise<Options> {
  const config = (await import(join(repositoryRoot, 'jest.config.js'))) as {
    default: { transform: Record<string, readonly [string, Options]> };
  };
  const [entry] = Object.values(config.default.transform);
  if (!entry) throw new Error('jest.config.js names no transform');
  return entry[1];
}

function withRelativeImports(path: string, text: string): string {
  return text.replace(/'@common-thread\/([a-z]+)\/([^']+)'/g, (_, lib: string, rest: string) => {
    const to = posix.relative(posix.dirname(path), `libs/${lib}/${rest}.js`);
    return `'${to.startsWith('.') ? to : `./${to}`}'`;
  });
}
