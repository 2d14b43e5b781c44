import type { Worker } from '@common-thread/disclosure/places';
import { isInReach, partsAtPlaces } from '@common-thread/disclosure/places';
import type { Policy } from '@common-thread/disclosure/policy';
import {
  familiesOfPerson,
  familiesOfStream,
  isHiddenFrom,
  isHub,
  stands,
} from '@common-thread/disclosure/policy';
import { everMember, peopleOfFamily } from '@common-thread/disclosure/members';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { Intent } from '../commands/deciders.js';
import type { IdentifiedFamily } from './identified-family.js';

/** What a relation is judged on. */
export interface RelationQuestion {
  readonly policy: Policy;
  /** Whoever sends it. */
  readonly worker: Worker;
  readonly organisation: string;
  readonly intent: Intent;
  /** Events of the command's stream, oldest first. */
  readonly history: readonly Pick<StoredEvent, 'id' | 'data' | 'metadata'>[];
  readonly identified: IdentifiedFamily | undefined;
  /** The organisation that registered a person; undefined where nobody has. */
  readonly registeredBy: (personId: string) => Promise<string | undefined>;
}

type Relation = (question: RelationQuestion) => boolean | Promise<boolean>;

/** How a caller may stand to what a command is about. Deny is the default: each says when it holds. */
export const relations = {
  /** Somebody new, of whom nobody has been told: there is nothing to be related to yet. */
  'nobody-known-yet': () => true,

  /** Public: names of organisations and places. */
  'reference-data': () => true,

  /**
   * What lets more be told is a hub's, whose county runs the service: an agreement, which names other parties
   * as having signed, and the disclosure table.
   */
  'of-the-county': ({ worker }) => isHub(worker.recipient),

  /** What lets less be told: a hub's as well as an organisation's that has signed the agreement. */
  'agreement-of-ours': ({ worker, organisation, history: [signed] }) => {
    const { parties = [] } = (signed?.data ?? {}) as { parties?: readonly string[] };
    return isHub(worker.recipient) || parties.includes(organisation);
  },

  /** The family is in the caller's reach, and everybody named belongs to it now. */
  'family-in-reach': (question) => {
    const familyIds = familiesNamed(question);
    return (
      familyIds.length > 0 && familyIds.every((familyId) => isFamilyInReach(question, familyId))
    );
  },

  /** A family the person belongs to now is in the caller's reach. */
  'person-in-reach': ({ policy, worker, intent }) => isPersonInReach(policy, worker, intent.id),

  /** A family somebody belongs to, as the hub's audited look-up gives it. */
  'known-family': ({ policy, worker, intent }) =>
    isHub(worker.recipient) && peopleOfFamily(policy, intent.id).length > 0,

  /** Somebody whom anybody has recorded, restricted or not: the hub’s officers oversee them all. */
  'known-person': ({ policy, worker, intent }) =>
    isHub(worker.recipient) && policy.streams.has(streamIdOf('person', intent.id)),

  /** Theirs by authorship, and everybody named has belonged to its family. */
  'own-record': isOwn,

  /** In reach, and the record the command names was made for the caller's own organisation. */
  'recorded-by-us': ({ policy, worker, organisation, intent, history }) => {
    const reached =
      intent.category === 'person'
        ? isPersonInReach(policy, worker, intent.id)
        : familiesOfIntent(policy, intent).some((id) => isInReach(policy, worker, id));
    const target = 'withdraws' in intent.data ? intent.data.withdraws : undefined;
    const record = history.find((event) => event.id === target);
    // A record that is not there is the rules' to refuse, and tells nothing to somebody in reach.
    return reached && (record === undefined || record.metadata.organisation === organisation);
  },

  /** The family was found by identifying details that the caller typed, or is new. */
  'family-identified': ({ intent, identified }) => isIdentified(intent, identified),

  /** The family is in reach; the new member was identified, is in reach too, or was registered by us. */
  'member-identified': async (question) => {
    const { policy, worker, organisation, intent, identified, registeredBy } = question;
    const familyIds = familiesNamed(question);
    const inReach = familyIds.every((familyId) => isInReach(policy, worker, familyId));
    if (familyIds.length === 0 || !inReach) return false;
    for (const personId of peopleNamed(intent)) {
      const known = identified?.personId === personId || isPersonInReach(policy, worker, personId);
      const unclaimed = !policy.membershipsOfPerson.has(personId);
      if (!known && !(unclaimed && (await registeredBy(personId)) === organisation)) return false;
    }
    return true;
  },

  /**
   * Nobody named, or a family and members of it as the hub's audited look-up gives them: the hub may open
   * a matter about anybody.
   */
  'looked-up': ({ policy, intent }) => isLookedUp(policy, intent),

  /** A contact of the caller's, linked to a family that a look-up gave or that was just identified. */
  'own-record-looked-up': ({ policy, worker, intent, identified }) => {
    if (authorOf(policy, intent) !== worker.recipient) return false;
    return identified ? isIdentified(intent, identified) : isLookedUp(policy, intent);
  },
} as const satisfies Readonly<Record<string, Relation>>;

export type RelationName = keyof typeof relations;

export async function holds(relation: RelationName, question: RelationQuestion): Promise<boolean> {
  return relations[relation](question);
}

function isFamilyInReach({ policy, worker, intent }: RelationQuestion, familyId: string): boolean {
  if (!isInReach(policy, worker, familyId)) return false;
  const members = peopleOfFamily(policy, familyId);
  return peopleNamed(intent).every((personId) => members.includes(personId));
}

function isOwn({ policy, worker, intent }: RelationQuestion): boolean {
  const parts = partsAtPlaces(policy, worker, streamIdOf(intent.category, intent.id));
  if (!parts.includes('author')) return false;
  const familyIds = familiesOfIntent(policy, intent);
  // Taken back by a restriction or withdrawn by its own author, it is answered alike.
  const begun = policy.streams.get(streamIdOf(intent.category, intent.id))?.begun;
  const isGone = begun !== undefined && !stands(policy, begun);
  if (isGone && !isHub(worker.recipient)) return false;
  // Authorship stays, and is of no use while nobody may know that the family is known.
  if (familyIds.some((id) => isHiddenFrom(policy, worker.recipient, id))) return false;
  return peopleNamed(intent).every((personId) =>
    familyIds.some((familyId) => everMember(policy, personId, familyId)),
  );
}

function isIdentified(intent: Intent, identified: IdentifiedFamily | undefined): boolean {
  return (
    identified !== undefined &&
    'familyId' in intent.data &&
    intent.data.familyId === identified.familyId &&
    peopleNamed(intent).every((personId) => personId === identified.personId)
  );
}

function isLookedUp(policy: Policy, intent: Intent): boolean {
  if (!('familyId' in intent.data) || intent.data.familyId === undefined) {
    return peopleNamed(intent).length === 0;
  }
  const members = peopleOfFamily(policy, intent.data.familyId);
  const named = peopleNamed(intent);
  return named.length > 0 && named.every((personId) => members.includes(personId));
}

function isPersonInReach(policy: Policy, worker: Worker, personId: string): boolean {
  return familiesOfPerson(policy, personId).some((id) => isInReach(policy, worker, id));
}

function authorOf(policy: Policy, intent: Intent): string | undefined {
  return policy.streams.get(streamIdOf(intent.category, intent.id))?.author;
}

/** The families a command is about: the one it names, or its stream's. */
function familiesNamed({ policy, intent }: RelationQuestion): string[] {
  const named = 'familyId' in intent.data ? intent.data.familyId : undefined;
  return named === undefined ? familiesOfIntent(policy, intent) : [named];
}

/** Streams that have the id of their family, also before anything is recorded in them. */
const OF_FAMILIES: readonly Intent['category'][] = ['family', 'sharing', 'shielding'];

function familiesOfIntent(policy: Policy, intent: Intent): string[] {
  if (OF_FAMILIES.includes(intent.category)) return [intent.id];
  return familiesOfStream(policy, streamIdOf(intent.category, intent.id));
}

const namingOne = ['personId', 'relatedPersonId', 'childId'] as const;
const namingSeveral = ['personIds', 'childIds'] as const;

/** Everybody a command names, by whichever field. */
function peopleNamed({ data }: Intent): string[] {
  const fields: Readonly<Record<string, unknown>> = data;
  const named = [
    ...namingOne.map((field) => fields[field]),
    ...namingSeveral.flatMap((field): readonly unknown[] => {
      const several = fields[field];
      return Array.isArray(several) ? several : [];
    }),
  ];
  return named.filter((personId) => typeof personId === 'string');
}
