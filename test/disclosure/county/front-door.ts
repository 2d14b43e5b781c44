import type { County } from './county.js';

/** A contact answers a referral, or comes from outside: about a family known at once, or not yet. */
export function receiveContact(county: County): void {
  const { random, words } = county;
  const owner = random.pick(county.acting('safeguarding-hub'));
  const referral =
    county.referrals.length > 0 && random.chance(0.3) ? random.pick(county.referrals) : undefined;
  const known = referral?.family ?? (random.chance(0.15) ? county.someFamily() : undefined);
  const referrer = referral?.owner ?? outsideReferrer(county);
  const childIds = known === undefined ? [] : county.members(known).slice(0, 2);
  const streamId = county.newStream('contact');
  const received = county.put('ContactReceived', streamId, {
    owner,
    people: childIds,
    ...(referrer === undefined ? {} : { referrer }),
    ...(known === undefined ? {} : { family: known }),
    ...(referral ? { answersReferral: true } : {}),
    data: {
      hub: owner,
      ...words.contact(),
      ...(referrer === undefined ? {} : { referrer }),
      ...(known === undefined ? {} : { familyId: known, childIds }),
      ...(referral ? { referralId: referral.streamId.slice('referral-'.length) } : {}),
    },
  });
  county.contacts.push({
    streamId,
    owner,
    received,
    rated: false,
    done: false,
    ...(referrer === undefined ? {} : { referrer }),
    ...(known === undefined ? {} : { family: known }),
  });
}

function outsideReferrer(county: County): string | undefined {
  if (county.random.chance(0.4)) return undefined;
  return county.random.pick(county.acting('childrens-centre', 'health-visiting'));
}

function contactEvent(
  county: County,
  { streamId, owner, referrer }: County['contacts'][number],
  type: Parameters<County['put']>[0],
  facts: Parameters<County['put']>[2] = {},
) {
  const asked = referrer === undefined ? {} : { referrer };
  return county.put(type, streamId, { owner, ...asked, ...facts });
}

export function linkContact(county: County): void {
  const { random } = county;
  const unlinked = county.contacts.filter(
    (contact) =>
      contact.family === undefined &&
      county.stands(contact.received) &&
      (!contact.done || random.chance(0.3)),
  );
  if (unlinked.length === 0) return;
  const contact = random.pick(unlinked);
  const family = county.someFamily();
  const childIds = county.members(family).slice(0, 2);
  if (childIds.length === 0) return;
  contact.family = family;
  contact.link = contactEvent(county, contact, 'ContactLinked', {
    family,
    people: childIds,
    data: { familyId: family, childIds },
  });
}

function inHand(county: County) {
  return county.contacts.filter((contact) => !contact.done);
}

export function rateContact(county: County): void {
  const open = inHand(county);
  if (open.length === 0) return;
  const contact = county.random.pick(open);
  const data = { rating: 'amber', reason: county.words.box() };
  if (contact.rated) {
    contactEvent(county, contact, 'ContactRerated', { data: { ...data, previous: 'green' } });
  } else contactEvent(county, contact, 'ContactRated', { data });
  contact.rated = true;
}

export function decideContact(county: County): void {
  const open = inHand(county);
  if (open.length === 0) return;
  contactEvent(county, county.random.pick(open), 'ContactDecided', {
    data: county.words.decision(),
  });
}

export function finishContact(county: County): void {
  const open = inHand(county);
  if (open.length === 0) return;
  const contact = county.random.pick(open);
  contact.done = true;
  if (county.random.chance(0.7)) {
    const data = { channel: 'phone', words: county.words.box() };
    contactEvent(county, contact, 'FeedbackGiven', { data });
  } else {
    contactEvent(county, contact, 'ContactRecordedInError', { data: { reason: 'duplicate' } });
  }
}
