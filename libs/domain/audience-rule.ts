import { Refusal } from '@common-thread/eventing/decider';
import type { Audience, RecipientId } from './identifiers.js';
import { partsOfRecipient } from './identifiers.js';

/** Refuses a recipient that is not one of the audience a record of this kind belongs to. */
export function audienceRefusal(
  recipient: RecipientId,
  audience: Audience,
  pointer: string,
): Refusal | undefined {
  if (partsOfRecipient(recipient).audience === audience) return undefined;
  return new Refusal(
    'recipient/other-audience',
    `Name an organisation as ${audience}: its short name, a dot and "${audience}".`,
    pointer,
  );
}
