import type { OpenAPIObject } from '@nestjs/swagger';

/** The command routes an app serves, as authorisation names them: `POST /v1/contacts/:contactId/rating`. */
export function routesIn({ paths }: OpenAPIObject): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    ),
  );
}
