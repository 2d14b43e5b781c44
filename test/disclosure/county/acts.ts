import type { County, Membership, Service } from './county.js';
import { lateOrganisations, people } from './places.js';
import {
  decideContact,
  finishContact,
  linkContact,
  rateContact,
  receiveContact,
} from './front-door.js';
import { correctSomething, withdrawSomething } from './mending.js';

/** What may happen next in a county, with its weight. An act that finds nothing to act on does nothing. */
export const acts: readonly (readonly [weight: number, act: (county: County) => void])[] = [
  [3, registerPerson],
  [1, bear],
  [5, (county) => join(county, county.somePerson(), county.someFamily())],
  [2, (county) => openMembership(county, (membership) => leave(county, membership))],
  [2, (county) => openMembership(county, (membership) => move(county, membership))],
  [2, (county) => openMembership(county, (membership) => changeAddress(county, membership))],
  [2, relatePeople],
  [6, (county) => serve(county, county.someFamily())],
  [3, (county) => openService(county, (service) => part(county, service))],
  [2, (county) => openService(county, (service) => changeProvider(county, service))],
  [7, attend],
  [5, review],
  [5, raiseReferral],
  [3, answerReferral],
  [2, closeReferral],
  [5, receiveContact],
  [4, linkContact],
  [2, rateContact],
  [3, decideContact],
  [3, finishContact],
  [4, correctSomething],
  [5, withdrawSomething],
  [3, restrict],
  [7, liftRestriction],
  [1, recordLate],
  [0.5, (county) => county.recordPlace()],
];

/** The county as it is before anything else happens: organisations, a few families, some served. */
export function beginCounty(county: County): void {
  county.begin();
  for (const person of people.slice(0, 4)) join(county, person, county.someFamily());
  for (let nth = 0; nth < 3; nth += 1) serve(county, county.someFamily());
}

/** One hub keeps all restrictions of a family. */
function restrict(county: County): void {
  const family = county.someFamily();
  if (county.restricted.has(family)) return;
  const hub = county.keptBy.get(family) ?? county.random.pick(county.acting('safeguarding-hub'));
  county.keptBy.set(family, hub);
  county.restricted.add(family);
  county.put('FamilyRestricted', `restriction-${family}`, {
    owner: hub,
    family,
    data: { familyId: family, hub, ...county.words.restriction() },
  });
}

function liftRestriction(county: County): void {
  const restricted = [...county.restricted];
  if (restricted.length === 0) return;
  const family = county.random.pick(restricted);
  const owner = county.keptBy.get(family)!;
  if (county.random.chance(0.2)) {
    const data = { authority: 'director', reviewOn: '2026-05-01' };
    county.put('RestrictionReviewed', `restriction-${family}`, { owner, family, data });
    return;
  }
  county.restricted.delete(family);
  const data = { reason: 'no-longer-needed' };
  county.put('RestrictionLifted', `restriction-${family}`, { owner, family, data });
}

function recordLate(county: County): void {
  const late = lateOrganisations.find((organisation) => !county.recorded.has(organisation));
  if (late) county.recordOrganisation(late);
}

function registerPerson(county: County): void {
  const person = county.somePerson();
  const streamId = `person-${person}`;
  if (county.events.some((event) => event.streamId === streamId)) return;
  county.put('PersonRegistered', streamId, {
    people: [person],
    data: county.words.person(person),
  });
}

/** Once each; of somebody whose registration has been withdrawn nothing more is told. */
function bear(county: County): void {
  const registered = county.events.filter(
    (event) => event.type === 'PersonRegistered' && county.stands(event),
  );
  const expected = registered.filter(
    ({ streamId }) =>
      !county.events.some((event) => event.streamId === streamId && event.type === 'ChildBorn'),
  );
  if (expected.length === 0) return;
  const { streamId, people: born } = county.random.pick(expected);
  const data = county.words.birth(born[0]!);
  county.put('ChildBorn', streamId, { people: born, data });
}

function join(county: County, person: string, family: string): void {
  const already = county.memberships.some(
    (each) => each.open && each.person === person && each.family === family,
  );
  if (already) return;
  const streamId = county.newStream('membership');
  const began = county.put('MembershipBegan', streamId, {
    family,
    people: [person],
    data: { familyId: family, personId: person, position: 'child', ...county.words.address() },
  });
  county.memberships.push({ streamId, person, family, began, open: true });
}

function openMembership(county: County, act: (membership: Membership) => void): void {
  const open = county.memberships.filter((membership) => membership.open);
  if (open.length > 0) act(county.random.pick(open));
}

function leave(county: County, membership: Membership): void {
  const { streamId, family, person } = membership;
  membership.open = false;
  membership.ended = county.put('MembershipEnded', streamId, {
    family,
    people: [person],
    data: { personId: person },
  });
}

function move(county: County, membership: Membership): void {
  leave(county, membership);
  join(county, membership.person, county.someFamily());
}

function changeAddress(county: County, { streamId, family, person }: Membership): void {
  county.put('AddressChanged', streamId, {
    family,
    people: [person],
    data: { personId: person, ...county.words.address() },
  });
}

function relatePeople(county: County): void {
  const family = county.someFamily();
  const [person, related] = county.members(family);
  if (person === undefined || related === undefined) return;
  county.put('RelationshipRecorded', `family-${family}`, {
    family,
    people: [person, related],
    data: {
      familyId: family,
      personId: person,
      relatedPersonId: related,
      relationship: 'parent',
      parentalResponsibility: county.random.chance(0.5),
    },
  });
}

function serve(county: County, family: string): void {
  const owner = county.random.pick(county.acting('childrens-centre', 'health-visiting'));
  const kind = owner.endsWith('health-visiting') ? 'caseload' : 'registration';
  const streamId = county.newStream(kind);
  const began =
    kind === 'caseload'
      ? county.put('CaseloadBegan', streamId, {
          owner,
          family,
          data: { familyId: family, trust: owner },
        })
      : county.put('CentreRegistrationBegan', streamId, {
          owner,
          family,
          data: { familyId: family, provider: owner, placeId: county.words.place() },
        });
  county.services.push({ streamId, owner, family, kind, began, open: true });
}

function openService(county: County, act: (service: Service) => void): void {
  const open = county.openServices();
  if (open.length > 0) act(county.random.pick(open));
}

function part(county: County, service: Service): void {
  const { streamId, owner, family, kind } = service;
  const type = kind === 'caseload' ? 'CaseloadEnded' : 'CentreRegistrationEnded';
  const reason = kind === 'caseload' ? 'moved-out' : 'moved-away';
  service.open = false;
  service.ended = county.put(type, streamId, { owner, family, data: { reason } });
}

function changeProvider(county: County, service: Service): void {
  part(county, service);
  serve(county, service.family);
}

/** People of any family the provider serves may come to one session. */
function attend(county: County): void {
  const open = county.openServices('registration');
  if (open.length === 0) return;
  const { streamId, owner, family } = county.random.pick(open);
  const here = servedBy(county, owner).filter(() => county.random.chance(0.7));
  const [first] = here;
  if (first === undefined) return;
  if (county.random.chance(0.2)) {
    const data = { childId: first, ...county.words.session() };
    county.put('ChildNotBrought', streamId, { owner, family, people: [first], data });
    return;
  }
  const data = { personIds: here, ...county.words.session() };
  county.put('SessionAttended', streamId, { owner, family, people: here, data });
}

function servedBy(county: County, owner: string): string[] {
  return people.filter((person) =>
    county.memberships.some(
      (each) => each.open && each.person === person && county.serves(owner, each.family),
    ),
  );
}

function review(county: County): void {
  const open = county.openServices('caseload');
  if (open.length === 0) return;
  const { streamId, owner, family } = county.random.pick(open);
  const [childId] = servedBy(county, owner).filter(() => county.random.chance(0.7));
  if (childId === undefined) return;
  const { words } = county;
  const of = { childId, ...words.review() };
  const put = (type: 'ReviewDue' | 'ReviewHeld' | 'ReviewMissed', data: Record<string, unknown>) =>
    county.put(type, streamId, { owner, family, people: [childId], data: { ...of, ...data } });
  county.random.pick([
    () => put('ReviewDue', { dueWeek: '2026-W20', dueOn: words.box() }),
    () => put('ReviewHeld', { place: 'home', ...words.boxes('note') }),
    () => put('ReviewMissed', { reason: 'no-access', ...words.boxes('note') }),
  ])();
}

function raiseReferral(county: County): void {
  const open = county.openServices();
  if (open.length === 0) return;
  const { owner, family } = county.random.pick(open);
  const childIds = county.members(family).slice(0, 2);
  if (childIds.length === 0) return;
  const streamId = county.newStream('referral');
  const raised = county.put('ReferralRaised', streamId, {
    owner,
    referrer: owner,
    family,
    people: childIds,
    data: { familyId: family, childIds, ...county.words.referral(owner) },
  });
  county.referrals.push({ streamId, owner, family, raised, open: true });
}

function answerReferral(county: County): void {
  const open = county.referrals.filter((referral) => referral.open);
  if (open.length === 0) return;
  const { streamId, owner, family } = county.random.pick(open);
  const { type, data } = county.words.answer();
  county.put(type, streamId, { owner, referrer: owner, family, data });
}

function closeReferral(county: County): void {
  const open = county.referrals.filter((referral) => referral.open);
  if (open.length === 0) return;
  const referral = county.random.pick(open);
  const { streamId, owner, family } = referral;
  referral.open = false;
  referral.closed = county.put('ReferralClosed', streamId, { owner, referrer: owner, family });
}
