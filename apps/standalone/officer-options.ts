import { InvalidArgumentError } from 'commander';
import { partsOfRecipient, recipientId } from '@common-thread/domain/identifiers';
import type { Actor } from '@common-thread/platform/actor';

/** The hub of the demonstration county. */
export const DEFAULT_HUB = recipientId('fairholme-hub', 'safeguarding-hub');

/** A command's officer, as the vault takes who asks. */
export function officerOf(options: { readonly officer: string; readonly hub: string }): Actor {
  const { hub: recipient, officer: id } = options;
  const { audience, organisation } = partsOfRecipient(recipient);
  const role = 'information-governance';
  return { id, organisation, audience, recipient, role, places: [], kind: 'person' };
}

export function staffId(text: string): string {
  if (/^[\w.|-]{1,100}$/.test(text)) return text;
  throw new InvalidArgumentError(
    'Give the id an officer signs in as: letters, digits and - _ . |',
  );
}

export function hubRecipient(text: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*\.safeguarding-hub$/.test(text)) return text;
  throw new InvalidArgumentError('Give a hub as <organisation>.safeguarding-hub.');
}
