import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import jestConfig from '../../jest.config.js';

const root = new URL('../../', import.meta.url);
const [, swcOptions] = jestConfig.transform['\\.ts$'];

/** Module names as jest.config.js maps them: libraries by alias, relative ones by their source. */
export function resolve(specifier, context, next) {
  const alias = /^@common-thread\/([a-z]+)\/(.*)$/.exec(specifier);
  if (alias) return next(new URL(`libs/${alias[1]}/${alias[2]}.ts`, root).href, context);
  if (specifier.startsWith('.') && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (source.href.endsWith('.ts') && fs.existsSync(source)) return next(source.href, context);
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(fs.readFileSync(filename, 'utf8'), {
    ...swcOptions,
    filename,
    sourceMaps: 'inline',
    swcrc: false,
  });
  return { format: 'module', source: code, shortCircuit: true };
}
