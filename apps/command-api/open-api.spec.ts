import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { authorisation, declarationOf } from './authorisation.js';
import { describeRoutes } from './describe-routes.js';
import { ExampleCounty } from './examples/example-county.js';
import { CommandRoutes, RecordsFact } from './http/command-routes.js';
import { routesIn } from './http/declared-routes.js';
import { documentOf } from './http/open-api.js';
import { Recorded } from './http/recorded-bodies.js';

const committedAt = join(import.meta.dirname, '../../docs/openapi/command-api.json');

function undeclared(document: OpenAPIObject): string[] {
  return routesIn(document).filter((route) => declarationOf(route) === undefined);
}

describe('the published document', () => {
  let county: ExampleCounty;
  let document: OpenAPIObject;

  beforeAll(async () => {
    county = await ExampleCounty.open();
    const served = await county.api.app.inject({ url: '/openapi.json' });
    document = served.json<OpenAPIObject>();
  });
  afterAll(() => county.close());

  it('is OpenAPI 3.1, and the one that was committed', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    // After a change that is meant: npm run openapi
    expect(JSON.parse(readFileSync(committedAt, 'utf8'))).toEqual(document);
  });

  it('is what the command that writes it says', async () => {
    expect(JSON.parse(JSON.stringify(await describeRoutes()))).toEqual(document);
  });

  it('has every declared route, and declares every route it has', () => {
    expect(routesIn(document).sort()).toEqual(Object.keys(authorisation).sort());
    expect(undeclared(document)).toEqual([]);
  });

  it('tells of every route its key, its body, its answers and its refusals', () => {
    for (const [path, { post }] of Object.entries(document.paths)) {
      const headers = post?.parameters?.map((each) => 'name' in each && each.name);
      expect(headers).toContain('Idempotency-Key');
      expect(post?.requestBody).toBeDefined();
      expect(Object.keys(post?.responses ?? {})).toEqual(
        expect.arrayContaining(['200', '201', '400', '401', '403', '404', '409', '422', '503']),
      );
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(headers).toEqual(expect.arrayContaining(inPath));
    }
  });

  it('resolves every reference it makes', () => {
    const named = JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g);
    const known = Object.keys(document.components?.schemas ?? {});
    expect(known).toEqual(expect.arrayContaining([...named].map(([, name]) => name)));
  });
});

describe('a route without a declaration', () => {
  @CommandRoutes('v1/planted', 'Planted')
  class PlantedRoutes {
    @Post(':plantId/watering')
    @RecordsFact({ summary: 'Water a plant', answers: Recorded })
    water(): object {
      return {};
    }
  }

  @Module({ controllers: [PlantedRoutes] })
  class PlantedModule {}

  it('is noticed', async () => {
    const app = await NestFactory.create(PlantedModule, new FastifyAdapter(), { logger: false });
    expect(undeclared(documentOf(app, [PlantedModule]))).toEqual([
      'POST /v1/planted/:plantId/watering',
    ]);
    await app.close();
  });
});
