import type { CopiesOfRecords } from '@common-thread/platform/copies-of-records';
import type { CopyParts, HeldTelling } from '@common-thread/platform/subject-access';
import type { Tellings } from '@common-thread/platform/tellings';
import { tellingsOf } from './told.js';

/** A copy as the vault made it, with who was told by the relay's record. */
export interface WholeCopyParts extends CopyParts {
  readonly told: readonly HeldTelling[];
}

/**
 * Asks the vault for a copy and the relay who was told; undefined while the relay cannot be asked: a copy that
 * does not say who was told is not the whole, and its request goes on waiting.
 * @throws CopyRefused, VaultUnreachable
 */
export async function wholeCopy(
  { copies, tellings }: { readonly copies: CopiesOfRecords; readonly tellings: Tellings },
  accessToken: string,
  requestId: string,
): Promise<WholeCopyParts | undefined> {
  const parts = await copies.make(accessToken, requestId);
  const { copy, given, lines, packId } = parts;
  const { personId } = copy.request;
  const eventIds = given.map(({ eventId }) => eventId);
  const told = await tellings.about(accessToken, { personId, eventIds, lines });
  if (!told) return undefined;
  // Before anything is given: a request is never answered without being known to be.
  await copies.taken(accessToken, requestId, packId);
  return { ...parts, told: tellingsOf(told, given) };
}
