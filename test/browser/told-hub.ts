import type { ToldFeed } from '../feeds/told-feed.js';
import { boxed } from './doubles.js';
import { tellCall, tellReferredContact, tellStep } from './told-contacts.js';
import { applegarths, idFor, tellDirectory, tellHousehold } from './told-families.js';

const HOUR_MS = 3_600_000;
export const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
/** The household that three of the four contacts are about, and the child. */
export const line = `family/${idFor('the Applegarths')}`;
const childIds = [idFor('wren')];

/** A household with three years of history elsewhere, and four contacts. */
export function tellHub(feed: ToldFeed) {
  tellDirectory(feed);
  tellHousehold(feed, line, applegarths);
  tellCall(feed, {
    name: 'an earlier call',
    line,
    childIds,
    receivedAt: ago(40 * 24 * HOUR_MS),
    reference: 'CT-1AAA-1AAA',
    imported: true,
  });
  feed.tell('review.missed', {
    line,
    subject: `caseload/${idFor('caseload')}`,
    time: '2026-03-20T10:00:00.000Z',
    fields: {
      childId: idFor('wren'),
      review: 'one-year',
      reason: 'was-not-brought',
      organisation: 'fairholme-health',
    },
  });
  const first = tellReferredContact(feed, {
    name: 'the referral of today',
    line,
    childIds,
    receivedAt: ago(2.5 * HOUR_MS),
    reference: 'CT-4F7K-29QD',
  });
  feed.tell('membership.began', {
    line,
    subject: `membership/${idFor('entitling')}`,
    entitlement: 'begins',
    time: ago(2.5 * HOUR_MS),
    fields: { personId: idFor('wren'), position: 'child' },
  });
  tellStep(feed, first, 'rated', ago(2 * HOUR_MS), {
    rating: 'red',
    reason: boxed('Bruising to a child under five.'),
  });
  const second = tellCall(feed, {
    name: 'a call about nobody known',
    receivedAt: ago(0.2 * HOUR_MS),
    reference: 'CT-2BBB-2BBB',
  });
  const third = tellCall(feed, {
    name: 'a call decided',
    line,
    childIds,
    receivedAt: ago(20 * 24 * HOUR_MS),
    reference: 'CT-3CCC-3CCC',
  });
  tellStep(feed, third, 'rated', ago(20 * 24 * HOUR_MS), {
    rating: 'green',
    reason: boxed('No harm described.'),
  });
  tellStep(feed, third, 'decided', ago(19 * 24 * HOUR_MS), {
    outcomes: ['early-help', 'advice'],
    rationale: boxed('Family support is already in place.'),
    decidedBy: 'hub-manager-1',
  });
  return { red: first, call: second, decided: third };
}
