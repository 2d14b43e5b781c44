import type { LineHead } from './disclosure-table.js';

/*
 * The names under which facts leave the log. Private event types are past tense in capitals; public
 * ones are dotted and lower case, so that the two cannot be confused.
 */

/** Told where a cell says *existence*: the first open episode of a service with a family began. */
export const INVOLVEMENT_BEGAN = 'involvement.began';
/** The last open episode of that service with that family ended, or was withdrawn. */
export const INVOLVEMENT_ENDED = 'involvement.ended';

/**
 * A family is told of again, as if a relationship had just begun: what a lifted restriction looks like to
 * everybody but a hub.
 */
export const FAMILY_SHARED = 'family.shared';

/** `referral.raised` on the wire: `uk.common-thread.referral.raised.v1`. */
export function publicType(dottedName: string, version = 1): string {
  return `uk.common-thread.${dottedName}.v${version}`;
}

/** The type on the wire of what a line of the disclosure table tells. */
export function publicTypeOf({ publicType: name, publicVersion }: LineHead): string {
  return publicType(name, publicVersion);
}

/**
 * Names the JSON Schema of a public type. Absolute, as CloudEvents asks of `dataschema`, and the same
 * for ever, because envelopes are hashed; the relay serves it at this path of its own address.
 */
export function schemaUri(type: string): string {
  return `https://common-thread.uk/v1/schemas/${type}`;
}
