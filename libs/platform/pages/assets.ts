import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stylesheet } from './stylesheet.js';
import { packageRoot, workspaceRoot } from './workspace.js';

const HOUR_SECONDS = 3_600;
const YEAR_SECONDS = 31_536_000;
const SCRIPT = 'text/javascript; charset=utf-8';

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly text: string;
  readonly maxAgeSeconds: number;
}

/**
 * Styles, scripts and pictures, read once from the installed packages: there is no front-end build, and a
 * path that is not in the list cannot be asked for.
 */
export class Assets {
  readonly #assets: readonly Asset[];
  /** Changes with what is served, so that a browser may keep each version for ever. */
  readonly version: string;

  constructor() {
    const govuk = join(packageRoot('govuk-frontend'), 'dist/govuk/govuk-frontend.min.js');
    const own = join(workspaceRoot(), 'libs/platform/pages/assets');
    const texts = [
      { name: 'common-thread.css', type: 'text/css; charset=utf-8', text: stylesheet() },
      {
        name: 'common-thread.js',
        type: SCRIPT,
        text: readFileSync(join(own, 'common-thread.js'), 'utf8'),
      },
      { name: 'govuk-frontend.js', type: SCRIPT, text: scriptIn(govuk) },
    ];
    const hash = createHash('sha256');
    for (const { text } of texts) hash.update(text);
    this.version = hash.digest('hex').slice(0, 12);
    this.#assets = [
      ...texts.map(({ name, ...asset }) => ({
        ...asset,
        path: `/assets/${this.version}/${name}`,
        maxAgeSeconds: YEAR_SECONDS,
      })),
      ...pictures(join(packageRoot('@ministryofjustice/frontend'), 'moj/assets/images')),
      ...pictures(join(own, 'images')),
    ];
  }

  /** In a scope of its own, registered before sessions, so that no picture touches one. */
  async register(fastify: FastifyInstance): Promise<void> {
    await fastify.register(async (scope) => {
      for (const asset of this.#assets) {
        const caching = asset.maxAgeSeconds === YEAR_SECONDS ? ', immutable' : '';
        scope.get(asset.path, async (_request, reply) => {
          reply.header('cache-control', `public, max-age=${asset.maxAgeSeconds}${caching}`);
          return reply.type(asset.type).send(asset.text);
        });
      }
    });
  }
}

/** The design system's stylesheet names its pictures by these paths. */
function pictures(folder: string): Asset[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.svg'))
    .map((name) => ({
      path: `/assets/images/${name}`,
      type: 'image/svg+xml',
      text: readFileSync(join(folder, name), 'utf8'),
      maxAgeSeconds: HOUR_SECONDS,
    }));
}

function scriptIn(path: string): string {
  return readFileSync(path, 'utf8').replaceAll(/\/\/# sourceMappingURL=.*$/gm, '');
}
