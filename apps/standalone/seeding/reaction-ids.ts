import { derivedId } from '@common-thread/eventing/identifiers';

/** Id of the contact that the reaction to a raised referral opens. */
export function contactOpenedBy(raisedEventId: string): string {
  return derivedId(derivedId(raisedEventId, 'open-contact'), 'contact');
}
