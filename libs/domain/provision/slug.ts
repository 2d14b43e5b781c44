import { Refusal } from '@common-thread/eventing/decider';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const CHARACTERS_MAX = 60;

/**
 * Short names are stable for ever and stand in addresses: they are checked before anything is
 * named so.
 */
export function slugRefusal(slug: string, pointer: string): Refusal | undefined {
  if (SLUG.test(slug) && slug.length <= CHARACTERS_MAX) return undefined;
  return new Refusal(
    'provision/short-name-invalid',
    'Choose a short name of at most 60 small letters and digits, with single hyphens between ' +
      'words.',
    pointer,
  );
}
