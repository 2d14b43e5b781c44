import type { Contact, County, Membership, Referral, Service } from './county.js';
import { namesMembers } from './declared.js';
import type { Happening } from './happening.js';

/*
 * Corrections and withdrawals, as a careful command side lets them through: nothing twice, nothing under
 * what has been withdrawn, no membership while something else names its person in that family.
 */

export function correctSomething(county: County): void {
  const { words } = county;
  const events = county.events.filter(
    (event) =>
      isCorrectable(event) && county.stands(event) && county.stands(beginningOf(county, event)),
  );
  if (events.length === 0) return;
  const event = county.random.pick(events);
  const [personId] = event.people;
  const facts = { target: event.id, people: event.people };
  if (event.streamId.startsWith('person-')) {
    const data = { personId, corrects: event.id, ...words.details() };
    county.put('PersonDetailsCorrected', event.streamId, { ...facts, data });
  } else {
    const data = { personId, corrects: event.id, ...words.address() };
    county.put('AddressCorrected', event.streamId, { ...facts, data });
  }
}

function isCorrectable({ type }: Happening): boolean {
  return ['PersonRegistered', 'ChildBorn', 'MembershipBegan', 'AddressChanged'].includes(type);
}

/** The first event of an event's stream. */
function beginningOf(county: County, { streamId }: Happening): Happening | undefined {
  return county.events.find((event) => event.streamId === streamId);
}

export function withdrawSomething(county: County): void {
  const events = county.events.filter((event) => isWithdrawable(county, event));
  if (events.length === 0) return;
  const event = county.random.pick(events);
  const resting = restingOn(county, event);
  for (const each of [event, ...resting]) withdraw(county, each);
}

function withdraw(county: County, event: Happening): void {
  county.put('RecordWithdrawn', event.streamId, {
    target: event.id,
    data: { withdraws: event.id, reason: 'entered-in-error' },
  });
  county.gone.add(event.id);
  const membership = county.memberships.find(({ streamId }) => streamId === event.streamId);
  const service = county.services.find(({ streamId }) => streamId === event.streamId);
  const contact = county.contacts.find(({ streamId }) => streamId === event.streamId);
  const referral = county.referrals.find(({ streamId }) => streamId === event.streamId);
  if (membership) reopen(county, membership, membership.began, membership.ended);
  if (service) reopen(county, service, service.began, service.ended);
  if (referral) reopen(county, referral, referral.raised, referral.closed);
  if (contact) release(county, contact);
}

function reopen(
  county: County,
  episode: { open: boolean },
  began: Happening,
  ended: Happening | undefined,
): void {
  episode.open = county.stands(began) && !county.stands(ended);
}

function release(county: County, contact: Contact): void {
  if (!county.stands(contact.received)) {
    contact.done = true;
    return;
  }
  if (contact.link && !county.stands(contact.link)) {
    delete contact.link;
    delete contact.family;
  }
}

/** What goes with a beginning, each by a withdrawal of its own. */
function restingOn(county: County, event: Happening): Happening[] {
  const takesAll = [
    'PersonRegistered',
    'CentreRegistrationBegan',
    'CaseloadBegan',
    'ReferralRaised',
    'ContactReceived',
  ];
  if (!takesAll.includes(event.type)) return [];
  return county.events.filter(
    (each) =>
      each.streamId === event.streamId &&
      each !== event &&
      each.target === undefined &&
      county.stands(each),
  );
}

function isWithdrawable(county: County, event: Happening): boolean {
  if (county.gone.has(event.id) || event.type === 'RecordWithdrawn') return false;
  const { streamId } = event;
  const category = streamId.slice(0, streamId.indexOf('-'));
  const target = county.events.find(({ id }) => id === event.target);
  if (target && !county.stands(target)) return false;
  switch (category) {
    case 'person':
    case 'family':
      return true;
    case 'membership':
      return isMembershipWithdrawable(county, event, byStream(county.memberships, streamId));
    case 'registration':
    case 'caseload':
      return isServiceWithdrawable(county, event, byStream(county.services, streamId));
    case 'referral':
      return isReferralWithdrawable(event, byStream(county.referrals, streamId));
    case 'contact':
      return isContactWithdrawable(county, event, byStream(county.contacts, streamId));
    default:
      return false;
  }
}

function byStream<Stream extends { streamId: string }>(list: Stream[], streamId: string): Stream {
  return list.find((each) => each.streamId === streamId)!;
}

function isMembershipWithdrawable(
  county: County,
  event: Happening,
  membership: Membership,
): boolean {
  if (!county.stands(membership.began)) return false;
  const twin = county.memberships.find(
    (each) =>
      each !== membership &&
      each.person === membership.person &&
      each.family === membership.family &&
      county.stands(each.began),
  );
  if (event === membership.ended) return !twin?.open;
  if (event !== membership.began) return true;
  return !twin && !isNamedIn(county, membership);
}

/** While a referral, contact or relationship of the family names somebody, they stay its member. */
function isNamedIn(county: County, { person, family }: Membership): boolean {
  return county.events.some(
    (event) =>
      namesMembers.includes(event.type) &&
      event.family === family &&
      event.people.includes(person) &&
      county.stands(event),
  );
}

function isServiceWithdrawable(county: County, event: Happening, { began }: Service): boolean {
  return event === began || county.stands(began);
}

function isReferralWithdrawable(event: Happening, { raised }: Referral): boolean {
  return event === raised;
}

/** A decision by itself too: the machinery must hold for what later commands may withdraw. */
function isContactWithdrawable(county: County, event: Happening, contact: Contact): boolean {
  if (!county.stands(contact.received)) return false;
  return (
    event === contact.link ||
    event.type === 'ContactDecided' ||
    (event === contact.received && county.random.chance(0.3))
  );
}
