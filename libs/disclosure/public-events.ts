/*
 * The names under which facts leave the log. Private event types are past tense in capitals; public
 * ones are dotted and lower case, so that the two cannot be confused.
 */

/** Told where a cell says *existence*: the first open episode of a service with a family began. */
export const INVOLVEMENT_BEGAN = 'involvement.began';
/** The last open episode of that service with that family ended, or was withdrawn. */
export const INVOLVEMENT_ENDED = 'involvement.ended';

/** `referral.raised` on the wire: `uk.common-thread.referral.raised.v1`. */
export function publicType(dottedName: string): string {
  return `uk.common-thread.${dottedName}.v1`;
}

/** Where the JSON Schema of a public type is served by the relay. */
export function schemaPath(type: string): string {
  return `/v1/schemas/${type}`;
}
