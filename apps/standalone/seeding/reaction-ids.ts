import { derivedId } from '@common-thread/eventing/identifiers';
import { openContact } from '../../command-api/reactions/open-contact.js';
import { commandIdOf } from '../../command-api/reactions/reaction.js';

/** Id of the contact that the reaction to a raised referral opens. */
export function contactOpenedBy(raisedEventId: string): string {
  return derivedId(commandIdOf(raisedEventId, openContact.name), 'contact');
}
