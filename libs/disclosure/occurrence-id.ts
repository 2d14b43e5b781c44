import type { RecipientId } from '@common-thread/domain/identifiers';
import { derivedId } from '@common-thread/eventing/identifiers';

/**
 * What one recipient knows an event by: the same on every row told of it in that recipient's feed,
 * and in no other feed. Tags and the records a command names are occurrence ids (ADR 2).
 */
export function occurrenceIdOf(eventId: string, recipient: RecipientId): string {
  return derivedId('occurrence', eventId, recipient);
}
