import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stylesheet } from './stylesheet.js';
import { packageRoot, workspaceRoot } from './workspace.js';

const HOUR_SECONDS = 3_600;
const YEAR_SECONDS = 31_536_000;

interface TextAsset {
  readonly type: string;
  readonly text: string;
}

/** Styles, scripts and pictures, from the installed packages: there is no front-end build. */
export class Assets {
  readonly #texts: Readonly<Record<string, TextAsset>>;
  /** Changes with what is served, so that a browser may keep each version for ever. */
  readonly version: string;

  constructor() {
    const govuk = join(packageRoot('govuk-frontend'), 'dist/govuk/govuk-frontend.min.js');
    const own = join(workspaceRoot(), 'libs/platform/pages/assets/common-thread.js');
    const script = 'text/javascript; charset=utf-8';
    this.#texts = {
      'common-thread.css': { type: 'text/css; charset=utf-8', text: stylesheet() },
      'common-thread.js': { type: script, text: readFileSync(own, 'utf8') },
      'govuk-frontend.js': { type: script, text: withoutSourceMap(readFileSync(govuk, 'utf8')) },
    };
    const hash = createHash('sha256');
    for (const asset of Object.values(this.#texts)) hash.update(asset.text);
    this.version = hash.digest('hex').slice(0, 12);
  }

  /** In a scope of its own, registered before sessions, so that no picture touches one. */
  async register(fastify: FastifyInstance): Promise<void> {
    await fastify.register(async (scope) => {
      for (const [name, asset] of Object.entries(this.#texts)) {
        scope.get(`/assets/${this.version}/${name}`, async (_request, reply) => {
          reply.header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`);
          return reply.type(asset.type).send(asset.text);
        });
      }
      await scope.register(fastifyStatic, {
        root: [
          join(workspaceRoot(), 'libs/platform/pages/assets/images'),
          join(packageRoot('@ministryofjustice/frontend'), 'moj/assets/images'),
        ],
        prefix: '/assets/images/',
        index: false,
        etag: false,
        maxAge: HOUR_SECONDS * 1_000,
      });
    });
  }
}

function withoutSourceMap(script: string): string {
  return script.replaceAll(/\/\/# sourceMappingURL=.*$/gm, '');
}
