import { capped, declaredFor, reachesPeople, unionOf } from '../disclosure/county/declared.js';
import type { Placed } from '../disclosure/county/happening.js';
import type { TestRecipient } from '../disclosure/county/places.js';
import type { Truth } from '../disclosure/truth/truth.js';

/*
 * Who may open what, for what purpose, as practice has it and in as few words as that takes. Written apart
 * from the product's rules, over what is so in a history and over cells kept by hand, so that a slip in
 * either is a difference between the two.
 */

export interface Asker {
  readonly role: string;
  readonly recipient: TestRecipient;
  /** Centres worked at; none means everywhere. */
  readonly places: readonly string[];
}

/** A sealed field as it was recorded. */
export interface Sealed {
  readonly event: Placed;
  readonly field: string;
}

export type Sight = 'granted' | 'not-entitled' | 'restricted' | 'confidential';

const feedback = 'referral-feedback';
const purposesOf: Readonly<Record<string, readonly string[]>> = {
  'centre-worker': ['centre-support', feedback],
  'health-visitor': ['direct-care', feedback],
  'hub-triage': ['triage', 'look-up', feedback],
  'hub-manager': ['triage', 'look-up', feedback],
  'subscriber-system': ['subscription'],
};

/** What somebody gets who asks for a field at the end of a history. */
export function sightOf(truth: Truth, asker: Asker, purpose: string, sealed: Sealed): Sight {
  const { recipient, role } = asker;
  const { event, field } = sealed;
  const isFor = purposesOf[role]?.includes(purpose) ?? false;
  const told = event.target === undefined ? event : truth.log.byId(event.target);
  if (!isFor || !truth.stands(event.id, truth.length) || !truth.stands(told.id, truth.length)) {
    return 'not-entitled';
  }
  const about = familiesOf(truth, event, told);
  const reached = about.map((ids) => ids.filter((id) => reaches(truth, asker, id)));
  const isInReach = reached.length > 0 && reached.every((ids) => ids.length > 0);
  const parts = isTheirs(truth, asker, event) ? truth.partsOf(recipient, event) : [];
  const shared = truth.families.filter((id) => reached.every((ids) => ids.includes(id)));
  const agreed = truth.agreements.capFor(recipient, told, truth.length, shared);
  const related = capped(declaredFor(told.type, isInReach ? [recipient.audience] : []), agreed);
  const { fields } = unionOf(declaredFor(told.type, parts), related);
  if (!fields.includes(field)) return 'not-entitled';
  const restricted = about.flat().filter((id) => truth.isRestricted(id, truth.length));
  const isTheOneToSpeakTo = restricted.every((id) => truth.speakTo(id) === role);
  const isOfHub = recipient.audience === 'safeguarding-hub';
  if (restricted.length === 0 || (isOfHub && isTheOneToSpeakTo)) {
    return isKeptBack(truth, asker, purpose, sealed) ? 'confidential' : 'granted';
  }
  return isOfHub ? 'restricted' : 'not-entitled';
}

/**
 * Where somebody lives whose address is confidential, and who it was that referred, are for a hub working on
 * the matter while it is in hand, of whom a manager alone knows who asked to stay anonymous; and a referrer
 * knows who that was.
 */
function isKeptBack(truth: Truth, asker: Asker, purpose: string, sealed: Sealed): boolean {
  const { recipient, role } = asker;
  const { event, field } = sealed;
  const isWorking =
    recipient.audience === 'safeguarding-hub' && ['triage', feedback].includes(purpose);
  if (/^(address|postcode)$/.test(field)) {
    const family = truth.familyOf(event.streamId, truth.length);
    return !isWorking && family !== undefined && truth.isConfidential(family, truth.length);
  }
  if (
    !['ContactReceived.callerDetails', 'ReferralRaised.referrerContact'].includes(
      `${event.type}.${field}`,
    )
  ) {
    return false;
  }
  if (recipient.audience === 'safeguarding-hub') {
    const isUnasked = role === 'hub-manager' || !truth.wishesAnonymity(event.streamId);
    return !isWorking || !truth.isOpen(event.streamId, truth.length) || !isUnasked;
  }
  return !truth.partsOf(recipient, event).includes('referrer');
}

/**
 * The families a field is about: those that each person it names belongs or belonged to, or the one of the
 * matter it was recorded in.
 */
function familiesOf(truth: Truth, event: Placed, told: Placed): readonly string[][] {
  if (reachesPeople.includes(told.type)) {
    return event.people.map((person) =>
      truth.families.filter((family) => hasBelonged(truth, person, family)),
    );
  }
  const family = truth.familyOf(event.streamId, truth.length);
  return family === undefined ? [] : [[family]];
}

function hasBelonged(truth: Truth, person: string, family: string): boolean {
  return truth.streams
    .map((streamId) => truth.first(streamId))
    .some(
      (began) =>
        began.type === 'MembershipBegan' &&
        began.family === family &&
        began.people.includes(person) &&
        truth.stands(began.id, truth.length),
    );
}

function reaches(truth: Truth, { recipient, places }: Asker, family: string): boolean {
  if (!truth.entitled(recipient, family, truth.length)) return false;
  return (
    places.length === 0 ||
    registrations(truth, recipient, family).some(
      (began) => worksAt(places, began) && truth.isOpen(began.streamId, truth.length),
    )
  );
}

/** What an organisation recorded or asked is seen by those who have worked with the family. */
function isTheirs(truth: Truth, { recipient, places }: Asker, event: Placed): boolean {
  if (places.length === 0) return true;
  const family = truth.familyOf(event.streamId, truth.length);
  if (family === undefined) return false;
  return registrations(truth, recipient, family).some(
    (began) => worksAt(places, began) && truth.stands(began.id, truth.length),
  );
}

function registrations(truth: Truth, { id }: TestRecipient, family: string): Placed[] {
  return truth.events.filter(
    (event) =>
      event.type === 'CentreRegistrationBegan' && event.owner === id && event.family === family,
  );
}

function worksAt(places: readonly string[], { data }: Placed): boolean {
  return places.includes(String(data.placeId));
}
