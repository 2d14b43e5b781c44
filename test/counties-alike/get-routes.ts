import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readFileSync } from 'node:fs';

/** Paths that an app answers a GET on, as it declares them: `/v1/families/:familyId/history`. */
export function getRoutesOf(app: NestFastifyApplication): string[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].map(({ metatype }) => metatype),
  );
  const routes = controllers.flatMap((controller) =>
    typeof controller === 'function' ? routesIn(controller) : [],
  );
  return [...new Set(routes)].sort();
}

function routesIn(controller: object): string[] {
  const prototype: unknown = Reflect.get(controller, 'prototype');
  if (typeof prototype !== 'object' || prototype === null) return [];
  const prefix = pathOf(controller);
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    if (typeof handler !== 'function') return [];
    if (Reflect.getMetadata('method', handler) !== RequestMethod.GET) return [];
    return [`/${[prefix, pathOf(handler)].filter(Boolean).join('/')}`];
  });
}

function pathOf(target: object): string {
  const path: unknown = Reflect.getMetadata('path', target);
  return typeof path === 'string' ? path.replaceAll(/^\/|\/$/g, '') : '';
}

/** The GETs that an app's OpenAPI document promises, in the same form. */
export function documentedGets(app: string): string[] {
  const { paths } = JSON.parse(readFileSync(`docs/openapi/${app}.json`, 'utf8')) as {
    readonly paths: Readonly<Record<string, { readonly get?: object }>>;
  };
  return Object.entries(paths)
    .filter(([, { get }]) => get)
    .map(([path]) => path.replaceAll(/\{(\w+)\}/g, ':$1'));
}
