import { isErasureEvent } from '@common-thread/domain/erasure/events';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { Audience, RecipientId } from '@common-thread/domain/identifiers';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { idOfStream, streamIdOf } from '@common-thread/eventing/identifiers';
import type { Agreements } from './agreed.js';
import { foldAgreement, foldConsent } from './agreed.js';
import type { TableInForce } from './table-in-force.js';
import { firstTable, foldTable } from './table-in-force.js';
import type { Tables } from './tables.js';
import { allTables } from './tables.js';
import {
  addTo,
  begin,
  beginAgain,
  link,
  noteAgreement,
  streamOf,
  UnforeseenEvent,
} from './policy-streams.js';

/*
 * Who is related to whom, folded from the log and nothing else. Relay, vault and command-api each run
 * this one fold on their own checkpoint; entitlement is judged at a log position, never by a clock.
 */

/** What one stream means for entitlement. */
export interface StreamPolicy {
  readonly streamId: string;
  readonly category: string;
  /** Id of the event that began it; absent until then. */
  begun?: string;
  /** The organisation that recorded its beginning. */
  organisation?: string;
  /** Whose stream this is, whoever wrote in it. */
  author?: RecipientId;
  /** Who asked. */
  referrer?: RecipientId;
  /** The centre a family is registered at. */
  placeId?: string;
  /** Named by its first event; a contact may be linked later instead. */
  familyId?: string;
  /** A contact that answers a referral: whoever raised it named the family. */
  answersReferral?: true;
  /** Whose membership it is. */
  personId?: string;
  /** Ids of the events that end it; of what is decided about sharing, those that withdraw consent. */
  readonly ends: string[];
  /** Links of a contact to a family, oldest first. */
  readonly links: { readonly eventId: string; readonly familyId: string }[];
}

export interface Policy {
  readonly streams: Map<string, StreamPolicy>;
  /** Streams that name or have been linked to a family, memberships among them. */
  readonly streamsOfFamily: Map<string, Set<string>>;
  readonly membershipsOfPerson: Map<string, Set<string>>;
  /** Withdrawn event → the event withdrawing it. */
  readonly withdrawnBy: Map<string, string>;
  /** Contacts whose caller asked that nobody be told who they are: for opening, not for telling. */
  readonly anonymous: Set<string>;
  /** Every recipient an organisation's record has named, in order. */
  readonly recipients: Set<RecipientId>;
  /** Also what families consented to. */
  readonly agreements: Agreements;
  readonly table: TableInForce;
}

export function emptyPolicy(tables: Tables = allTables): Policy {
  return {
    streams: new Map(),
    streamsOfFamily: new Map(),
    membershipsOfPerson: new Map(),
    withdrawnBy: new Map(),
    anonymous: new Set(),
    recipients: new Set(),
    agreements: new Map(),
    table: firstTable(tables),
  };
}

/** Streams whose author is entitled to the family while they are open. */
export const relatingCategories: readonly string[] = ['registration', 'caseload', 'contact'];

/** Whether an open stream of this category entitles its author to the family it is about. */
export function relates(category: string): boolean {
  return relatingCategories.includes(category);
}

/** Folds one event, in log order, into `policy` and gives it back. Total over the events. */
export function foldPolicy(policy: Policy, event: RecordedCommonThreadEvent): Policy {
  foldTable(policy.table, event);
  // What becomes of records in the end says nothing of who may know them meanwhile.
  if (isErasureEvent(event)) return policy;
  switch (event.type) {
    case 'MembershipBegan': {
      const { familyId, personId } = event.data;
      begin(policy, event, { familyId, personId });
      addTo(policy.membershipsOfPerson, personId, event.streamId);
      break;
    }
    case 'CentreRegistrationBegan': {
      const { familyId, provider, placeId } = event.data;
      begin(policy, event, { familyId, author: provider, placeId });
      break;
    }
    case 'CaseloadBegan':
      begin(policy, event, { familyId: event.data.familyId, author: event.data.trust });
      break;
    case 'ReferralRaised': {
      const { familyId, from } = event.data;
      begin(policy, event, { familyId, author: from, referrer: from });
      break;
    }
    case 'ContactReceived': {
      const { familyId, hub, referralId, referrer } = event.data;
      begin(policy, event, {
        author: hub,
        ...(familyId === undefined ? {} : { familyId }),
        ...(referrer === undefined ? {} : { referrer }),
        ...(referralId === undefined ? {} : { answersReferral: true }),
      });
      break;
    }
    case 'AnonymityRequested':
      policy.anonymous.add(event.streamId);
      break;
    case 'PersonRegistered':
      begin(policy, event, { personId: event.data.personId });
      break;
    case 'RelationshipRecorded':
      begin(policy, event, { familyId: event.data.familyId });
      break;
    case 'ContactLinked':
      link(policy, event, event.data.familyId);
      break;
    case 'FamilyRestricted':
      beginAgain(policy, event, { familyId: event.data.familyId, author: event.data.hub });
      break;
    case 'MembershipEnded':
    case 'CentreRegistrationEnded':
    case 'CaseloadEnded':
    case 'ReferralClosed':
    case 'FeedbackGiven':
    case 'ContactRecordedInError':
    case 'RestrictionLifted':
    case 'AddressConfidentialityEnded':
    case 'PastWithdrawn':
      streamOf(policy, event.streamId).ends.push(event.id);
      break;
    case 'RecordWithdrawn':
      policy.withdrawnBy.set(event.data.withdraws, event.id);
      break;
    case 'OrganisationRecorded':
      for (const recipient of event.data.recipients) policy.recipients.add(recipient);
      break;
    case 'SharingDecided':
    case 'SharingDeclined':
    case 'ViewsRecorded':
    case 'ConsentRecorded':
      begin(policy, event, { familyId: event.data.familyId, author: event.data.hub });
      if (event.type === 'ConsentRecorded') foldConsent(policy.agreements, event);
      break;
    case 'ConsentWithdrawn':
      streamOf(policy, event.streamId).ends.push(event.id);
      foldConsent(policy.agreements, event);
      break;
    case 'AddressMadeConfidential':
      beginAgain(policy, event, { familyId: event.data.familyId });
      break;
    case 'AgreementSigned':
    case 'AgreementTookEffect':
    case 'AgreementNarrowed':
    case 'AgreementEnded':
      noteAgreement(policy, event);
      foldAgreement(policy.agreements, event);
      break;
    case 'TableSwitched':
    case 'PastRedisclosed':
    case 'PlaceRecorded':
    case 'ChildBorn':
    case 'PersonDetailsCorrected':
    case 'AddressChanged':
    case 'AddressCorrected':
    case 'SessionAttended':
    case 'ChildNotBrought':
    case 'ReviewDue':
    case 'ReviewHeld':
    case 'ReviewMissed':
    case 'ReferralAcknowledged':
    case 'ReferralAccepted':
    case 'ReferralReturned':
    case 'ReferrerTold':
    case 'ContactRated':
    case 'ContactRerated':
    case 'ContactDecided':
    case 'RestrictionReviewed':
    case 'GlassBroken':
    case 'GlassEnded':
    case 'GlassReviewed':
      break;
    default:
      throw new UnforeseenEvent(event satisfies never);
  }
  return policy;
}

/** Whether an event has not been withdrawn. */
export function stands(policy: Policy, eventId: string): boolean {
  return !policy.withdrawnBy.has(eventId);
}

/** The link of a contact that stands now: the last not withdrawn. */
export function linkOf(
  policy: Policy,
  stream: StreamPolicy,
): { readonly eventId: string; readonly familyId: string } | undefined {
  return stream.links.findLast((link) => stands(policy, link.eventId));
}

/** The family a stream is about now, by name or by link. */
export function familyOf(policy: Policy, stream: StreamPolicy): string | undefined {
  return stream.familyId ?? linkOf(policy, stream)?.familyId;
}

/** Begun, its beginning not withdrawn, and nothing standing that ends it. */
export function isOpen(policy: Policy, stream: StreamPolicy): boolean {
  return (
    stream.begun !== undefined &&
    stands(policy, stream.begun) &&
    !stream.ends.some((id) => stands(policy, id))
  );
}

/** Whether a family's record is restricted: then nobody but a hub may know that it is known. */
export function isRestricted(policy: Policy, familyId: string): boolean {
  const stream = policy.streams.get(streamIdOf('restriction', familyId));
  return stream !== undefined && isOpen(policy, stream);
}

export function isHub(recipient: RecipientId): boolean {
  return audienceOf(recipient) === 'safeguarding-hub';
}

/** Whether a recipient may not know of a family now, whatever its relation to it. */
export function isHiddenFrom(policy: Policy, recipient: RecipientId, familyId: string): boolean {
  return !isHub(recipient) && isRestricted(policy, familyId);
}

/**
 * The recipients entitled to a family: those that have it registered, on caseload, or a matter in
 * hand about it. While it is restricted, hubs alone.
 */
export function entitledTo(policy: Policy, familyId: string): Set<RecipientId> {
  const entitled = new Set<RecipientId>();
  for (const streamId of policy.streamsOfFamily.get(familyId) ?? []) {
    const stream = policy.streams.get(streamId);
    if (
      stream?.author !== undefined &&
      relates(stream.category) &&
      isOpen(policy, stream) &&
      familyOf(policy, stream) === familyId &&
      !isHiddenFrom(policy, stream.author, familyId)
    ) {
      entitled.add(stream.author);
    }
  }
  return entitled;
}

export function isEntitled(policy: Policy, recipient: RecipientId, familyId: string): boolean {
  return entitledTo(policy, familyId).has(recipient);
}

/** Standing membership streams of a person, ended ones included. */
export function membershipsOf(policy: Policy, personId: string): StreamPolicy[] {
  return [...(policy.membershipsOfPerson.get(personId) ?? [])].flatMap((streamId) => {
    const stream = policy.streams.get(streamId);
    return stream?.begun !== undefined && stands(policy, stream.begun) ? [stream] : [];
  });
}

/** Families a person belongs to now. */
export function familiesOfPerson(policy: Policy, personId: string): string[] {
  const open = membershipsOf(policy, personId).filter((m) => isOpen(policy, m));
  return [...new Set(open.flatMap((m) => (m.familyId === undefined ? [] : [m.familyId])))];
}

/** The families an event of a stream is about: the stream's own, or those of the person whose stream it is. */
export function familiesOfStream(policy: Policy, streamId: string): string[] {
  const stream = policy.streams.get(streamId);
  const own = stream && familyOf(policy, stream);
  if (own !== undefined) return [own];
  if (stream?.category !== 'person') return [];
  return familiesOfPerson(policy, idOfStream('person', streamId));
}

export function audienceOf(recipient: RecipientId): Audience {
  return partsOfRecipient(recipient).audience;
}
