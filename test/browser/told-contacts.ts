import type { ToldFeed } from '../feeds/told-feed.js';
import { boxed } from './doubles.js';
import { hub, idFor, larkfield } from './told-families.js';

export interface ToldContact {
  readonly contactId: string;
  readonly line: string;
}

interface About {
  readonly name: string;
  /** `family/<id>`; the contact's own line where nobody is known yet. */
  readonly line?: string;
  readonly childIds?: readonly string[];
  readonly receivedAt: string;
  readonly reference: string;
  readonly imported?: true;
}

/** A contact that answers a centre's referral, told to the hub as its author. */
export function tellReferredContact(
  feed: ToldFeed,
  about: Required<Omit<About, 'imported'>>,
): ToldContact {
  const contactId = idFor(about.name);
  const referralId = idFor(`referral of ${about.name}`);
  feed.tell('referral.raised', {
    line: about.line,
    subject: `referral/${referralId}`,
    time: about.receivedAt,
    fields: {
      childIds: about.childIds,
      from: larkfield,
      to: hub,
      reference: about.reference,
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'not-informed',
      groundNotInformed: 'raises-harm',
      concern: boxed('Wren had bruises on both arms and would not say how.'),
      safeContact: boxed('Ring the centre first; do not write to the house.'),
      referrerContact: boxed('Marigold Finch, 01632 960 202'),
      organisation: 'larkfield-centres',
    },
  });
  feed.tell('contact.received', {
    line: about.line,
    subject: `contact/${contactId}`,
    ground: 'author',
    time: about.receivedAt,
    fields: {
      hub,
      childIds: about.childIds,
      channel: 'form',
      source: '8',
      reference: about.reference,
      referrer: larkfield,
      referralId,
      need: 'N1',
      organisation: 'larkfield-centres',
    },
  });
  return { contactId, line: about.line };
}

/** A telephone call, about a family or about nobody known yet. */
export function tellCall(feed: ToldFeed, about: About): ToldContact {
  const contactId = idFor(about.name);
  const line = about.line ?? `contact/${contactId}`;
  feed.tell('contact.received', {
    line,
    subject: `contact/${contactId}`,
    ground: 'author',
    time: about.receivedAt,
    ...(about.imported ? { imported: true } : {}),
    fields: {
      hub,
      ...(about.childIds ? { childIds: about.childIds } : {}),
      channel: 'phone',
      source: '1B',
      reference: about.reference,
      concern: boxed('Shouting most nights, and a child crying on the landing.'),
      describedAs: boxed('Two little girls at the end house, Thistledown Row'),
      callerDetails: boxed('A neighbour, 01632 960 911'),
    },
  });
  return { contactId, line };
}

/** One step of a contact, told to the hub. */
export function tellStep(
  feed: ToldFeed,
  { contactId, line }: ToldContact,
  name: 'rated' | 'rerated' | 'decided',
  time: string,
  fields: Readonly<Record<string, unknown>>,
) {
  const subject = `contact/${contactId}`;
  return feed.tell(`contact.${name}`, { line, subject, ground: 'author', time, fields });
}
