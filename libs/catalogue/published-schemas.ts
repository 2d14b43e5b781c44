import type { Audience } from '@common-thread/domain/identifiers';
import type { JsonSchema } from './json-schema.js';
import { publicSchema, publicTypesFor } from './public-schemas.js';
import { released } from './released.js';

/**
 * The schema of a public type for an audience: as it is told now, else as it was released. Rows keep their bytes,
 * so what a row of ten years ago names is published for ever.
 */
export function publishedSchema(type: string, audience: Audience): JsonSchema | undefined {
  const before = releasedTypes(audience);
  return publicSchema(type, audience) ?? (Object.hasOwn(before, type) ? before[type] : undefined);
}

/** Every type a reader of this audience may find in its feed, by name. */
export function publishedTypesFor(audience: Audience): string[] {
  return [
    ...new Set([...publicTypesFor(audience), ...Object.keys(releasedTypes(audience))]),
  ].sort();
}

function releasedTypes(audience: Audience): Readonly<Record<string, JsonSchema>> {
  const { retired, audiences } = released.feeds;
  return { ...retired[audience], ...audiences[audience] };
}
