import type { ToldFeed } from '../feeds/told-feed.js';
import { boxed } from './doubles.js';
import type { RegisteredFamily } from './told-families.js';
import { hub, idFor, larkfield } from './told-families.js';

/** What its own centre recorded of a family, a session late, and that a health visitor is involved. */
export function tellHistory(feed: ToldFeed, { line, registrationId }: RegisteredFamily): void {
  const subject = `registration/${registrationId}`;
  const childId = idFor('wren');
  feed.tell('session.attended', {
    line,
    subject,
    ground: 'author',
    time: '2025-05-12T10:00:00.000Z',
    recorded: '2025-05-26T16:20:00.000Z',
    fields: {
      personIds: [childId, idFor('clover')],
      activity: 'stay-and-play',
      placeId: 'ash-vale',
      note: boxed('Wren played with the water tray.\nClover asked about housing.'),
      recordedBy: 'larkfield-worker-1',
    },
  });
  feed.tell('child.not-brought', {
    line,
    subject,
    ground: 'author',
    time: '2025-06-02T10:00:00.000Z',
    fields: { childId, activity: 'speech-and-language', placeId: 'mill-lane' },
  });
  feed.tell('involvement.began', {
    line,
    subject: line,
    time: '2023-04-03T09:00:00.000Z',
    fields: { service: 'fairholme-health.health-visiting' },
  });
}

/** A referral that the hub returned and answered. */
export function tellAnsweredReferral(feed: ToldFeed, { line }: RegisteredFamily): void {
  const subject = `referral/${idFor('first referral')}`;
  const contactId = idFor('first contact');
  const told = { line, subject, ground: 'author+referrer' };
  feed.tell('referral.raised', {
    ...told,
    time: '2025-11-20T14:09:00.000Z',
    fields: {
      childIds: [idFor('wren')],
      from: larkfield,
      to: hub,
      reference: 'CT-4F7K-29QD',
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'not-informed',
      groundNotInformed: 'raises-harm',
      concern: boxed('Wren had bruises on both arms and would not say how.'),
      organisation: 'larkfield-centres',
    },
  });
  feed.tell('referral.acknowledged', {
    ...told,
    time: '2025-11-20T14:09:05.000Z',
    fields: { contactId },
  });
  feed.tell('referral.returned', {
    ...told,
    time: '2025-11-21T11:30:00.000Z',
    fields: { outcomes: ['early-help', 'advice'], reason: 'other-service' },
  });
  const contact = { line, subject: `contact/${contactId}`, ground: 'referrer' };
  feed.tell('contact.received', {
    ...contact,
    time: '2025-11-20T14:09:05.000Z',
    fields: { reference: 'CT-4F7K-29QD', referralId: idFor('first referral') },
  });
  feed.tell('contact.feedback-given', {
    ...contact,
    time: '2025-11-21T12:00:00.000Z',
    fields: {
      channel: 'phone',
      words: boxed(
        'We have passed this to early help. Thank you for telling us; ring if it changes.',
      ),
    },
  });
}
