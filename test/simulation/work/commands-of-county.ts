import type { CommandActor } from '@common-thread/eventing/decider';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { CommandRoute } from '../../../apps/command-api/authorisation.js';
import { IdentifiedFamily } from '../../../apps/command-api/authorisation/identified-family.js';
import type { Category, Intent } from '../../../apps/command-api/commands/deciders.js';
import type { Happening } from '../../disclosure/county/happening.js';
import { organisationOf } from '../../disclosure/county/places.js';
import type { PlannedCommand } from './planned-command.js';
import { commandIdOf } from './planned-command.js';
import { sayable } from './sayable.js';

/**
 * The commands by which what happened in a random county would be recorded, in order. What reactions
 * record by themselves is left to them.
 */
export function commandsOf(happenings: readonly Happening[]): PlannedCommand[] {
  const byId = new Map(happenings.map((each) => [each.id, each]));
  const answering = new Set(
    happenings.filter(({ answersReferral }) => answersReferral).map(({ streamId }) => streamId),
  );
  const first = new Map<string, Happening>();
  return happenings.flatMap((happening) => {
    const { streamId, type } = happening;
    if (!first.has(streamId)) first.set(streamId, happening);
    if (answering.has(streamId) || type in commandTypes === false) return [];
    const target = happening.target === undefined ? undefined : byId.get(happening.target);
    if (target && !(target.type in commandTypes)) return [];
    return [plannedFor(happening, first.get(streamId)!, target)];
  });
}

/** Which command records an event, and by which route somebody whose stream it is sends it. */
const commandTypes: Readonly<
  Record<string, readonly [type: Intent['type'], route?: CommandRoute]>
> = {
  PersonRegistered: ['RegisterPerson'],
  PersonDetailsCorrected: ['CorrectPersonDetails'],
  MembershipBegan: ['BeginMembership'],
  AddressChanged: ['ChangeAddress'],
  AddressCorrected: ['CorrectAddress'],
  MembershipEnded: ['EndMembership'],
  RelationshipRecorded: ['RecordRelationship', 'POST /v1/families/:familyId/relationships'],
  OrganisationRecorded: ['RecordOrganisation', 'POST /v1/organisations'],
  PlaceRecorded: ['RecordPlace', 'POST /v1/places'],
  CentreRegistrationBegan: ['BeginCentreRegistration', 'POST /v1/registrations'],
  CentreRegistrationEnded: ['EndCentreRegistration', 'POST /v1/registrations/:registrationId/end'],
  SessionAttended: ['RecordAttendance', 'POST /v1/registrations/:registrationId/attendances'],
  ChildNotBrought: ['RecordChildNotBrought', 'POST /v1/registrations/:registrationId/not-brought'],
  CaseloadBegan: ['BeginCaseload', 'POST /v1/caseloads'],
  CaseloadEnded: ['EndCaseload', 'POST /v1/caseloads/:caseloadId/end'],
  ReviewHeld: ['RecordReviewHeld', 'POST /v1/caseloads/:caseloadId/reviews-held'],
  ReviewMissed: ['RecordReviewMissed', 'POST /v1/caseloads/:caseloadId/reviews-missed'],
  ReferralRaised: ['RaiseReferral', 'POST /v1/referrals'],
  ContactReceived: ['ReceiveContact', 'POST /v1/contacts'],
  ContactLinked: ['LinkContact', 'POST /v1/contacts/:contactId/links'],
  ContactRated: ['RateContact', 'POST /v1/contacts/:contactId/rating'],
  ContactRerated: ['RateContact', 'POST /v1/contacts/:contactId/rating'],
  ContactDecided: ['DecideContact', 'POST /v1/contacts/:contactId/decision'],
  FeedbackGiven: ['GiveFeedback', 'POST /v1/contacts/:contactId/feedback'],
  ContactRecordedInError: ['RecordContactInError', 'POST /v1/contacts/:contactId/error'],
  RecordWithdrawn: ['WithdrawRecord'],
};

const readFirst: readonly string[] = [
  'RateContact',
  'DecideContact',
  'GiveFeedback',
  'RecordContactInError',
];

function plannedFor(
  happening: Happening,
  first: Happening,
  target: Happening | undefined,
): PlannedCommand {
  const { id, serial, streamId, imported = false, occurred, recorded } = happening;
  const [type, route] = commandTypes[happening.type]!;
  const dash = streamId.indexOf('-');
  const category = streamId.slice(0, dash) as Category;
  // A data record of the generator is that of the event its command records.
  const intent = {
    category,
    id: streamId.slice(dash + 1),
    type,
    data: dataOf(happening, target),
  } as Intent;
  const owner = first.owner ?? 'council.safeguarding-hub';
  // Extracts are loaded by an operator, as is whatever no one agency alone may record.
  // Relationships never are: only a route asks whether both people belong to the family yet.
  const isCaller = route !== undefined && (!imported || type === 'RecordRelationship');
  const { familyId } = happening.data;
  return {
    serial: `c${serial}`,
    commandId: commandIdOf(id),
    intent,
    actor: actorOf(owner),
    ...(isCaller ? { route } : {}),
    ...(typeof familyId === 'string' && happening === first
      ? { identified: new IdentifiedFamily(familyId, '') }
      : {}),
    lateMs: Math.max(0, recorded - occurred) * 60_000,
    imported,
    readsFirst: isCaller && readFirst.includes(type),
  };
}

export function actorOf(recipient: string): CommandActor {
  return {
    id: `worker-of-${organisationOf(recipient)}`,
    organisation: organisationOf(recipient),
    recipient,
    role: 'worker',
  };
}

function dataOf(happening: Happening, target: Happening | undefined): object {
  const { type, data } = happening;
  const known = target && derivedId(commandIdOf(target.id), target.streamId, 0);
  const named = {
    ...('corrects' in data ? { corrects: known } : {}),
    ...('withdraws' in data ? { withdraws: known } : {}),
  };
  const left = leftOut[type] ?? [];
  const kept = Object.entries(data).filter(([field]) => !left.includes(field));
  return sayable(type, { ...Object.fromEntries(kept), ...named });
}

/** What an event says and its command does not: the stream names it, or the rules work it out. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  PersonRegistered: ['personId'],
  PersonDetailsCorrected: ['personId'],
  AddressChanged: ['personId'],
  AddressCorrected: ['personId'],
  MembershipEnded: ['personId'],
  RelationshipRecorded: ['familyId'],
  OrganisationRecorded: ['organisationId'],
  PlaceRecorded: ['placeId'],
  ReferralRaised: ['reference'],
  ContactReceived: ['reference'],
  ContactRerated: ['previous'],
};
