import { lineInWords } from './history-words.js';

/** Facts that stand beside a history on other pages and in it here. */
export const ownHeadings: Readonly<Record<string, string>> = {
  'person.registered': 'Details were recorded',
  'person.details-corrected': 'Details were corrected',
  'address.corrected': 'An address was corrected',
  'relationship.recorded': 'A relationship in the family was recorded',
  'review.due': 'A review was planned',
};

/** What happened, by the name of the public event: `membership.began` is *Joined the family*. */
export function headingOfEvent(name: string): string {
  const own = Object.hasOwn(ownHeadings, name) ? ownHeadings[name] : undefined;
  return own ?? lineInWords({ name, fields: {} })?.heading ?? name.replaceAll(/[.-]/g, ' ');
}
