import type { Policy } from '@common-thread/disclosure/policy';
import {
  everMember,
  familiesOfPerson,
  familiesOfStream,
  isEntitled,
  isHiddenFrom,
  isHub,
  peopleOfFamily,
} from '@common-thread/disclosure/policy';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { Intent } from '../commands/deciders.js';
import type { IdentifiedFamily } from './identified-family.js';

/** What a relation is judged on. */
export interface RelationQuestion {
  readonly policy: Policy;
  readonly recipient: string;
  readonly organisation: string;
  readonly intent: Intent;
  /** Events of the command's stream, oldest first. */
  readonly history: readonly Pick<StoredEvent, 'id' | 'metadata'>[];
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

  /** The caller's recipient is entitled to the family, and everybody named belongs to it now. */
  'family-in-reach': (question) => {
    const familyIds = familiesNamed(question);
    return familyIds.length > 0 && familyIds.every((familyId) => inReach(question, familyId));
  },

  /** The caller's recipient is entitled to a family the person belongs to now. */
  'person-in-reach': ({ policy, recipient, intent }) =>
    isPersonInReach(policy, recipient, intent.id),

  /** A family somebody belongs to, as the hub's audited look-up gives it. */
  'known-family': ({ policy, recipient, intent }) =>
    isHub(recipient) && peopleOfFamily(policy, intent.id).length > 0,

  /** Theirs by authorship, and everybody named has belonged to its family. */
  'own-record': isOwn,

  /** In reach, and the record the command names was made for the caller's own organisation. */
  'recorded-by-us': ({ policy, recipient, organisation, intent, history }) => {
    const reached =
      intent.category === 'person'
        ? isPersonInReach(policy, recipient, intent.id)
        : familiesOfIntent(policy, intent).some((id) => isEntitled(policy, recipient, id));
    const target = 'withdraws' in intent.data ? intent.data.withdraws : undefined;
    const record = history.find((event) => event.id === target);
    // A record that is not there is the rules' to refuse, and tells nothing to somebody in reach.
    return reached && (record === undefined || record.metadata.organisation === organisation);
  },

  /** The family was found by identifying details that the caller typed, or is new. */
  'family-identified': ({ intent, identified }) => isIdentified(intent, identified),

  /** The family is in reach; the new member was identified, is in reach too, or was registered by us. */
  'member-identified': async (question) => {
    const { policy, recipient, organisation, intent, identified, registeredBy } = question;
    const familyIds = familiesNamed(question);
    const entitled = familyIds.every((familyId) => isEntitled(policy, recipient, familyId));
    if (familyIds.length === 0 || !entitled) return false;
    for (const personId of peopleNamed(intent)) {
      const known =
        identified?.personId === personId || isPersonInReach(policy, recipient, personId);
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
  'own-record-looked-up': ({ policy, recipient, intent, identified }) => {
    if (authorOf(policy, intent) !== recipient) return false;
    return identified ? isIdentified(intent, identified) : isLookedUp(policy, intent);
  },
} as const satisfies Readonly<Record<string, Relation>>;

export type RelationName = keyof typeof relations;

export async function holds(relation: RelationName, question: RelationQuestion): Promise<boolean> {
  return relations[relation](question);
}

function inReach({ policy, recipient, intent }: RelationQuestion, familyId: string): boolean {
  if (!isEntitled(policy, recipient, familyId)) return false;
  const members = peopleOfFamily(policy, familyId);
  return peopleNamed(intent).every((personId) => members.includes(personId));
}

function isOwn({ policy, recipient, intent }: RelationQuestion): boolean {
  if (authorOf(policy, intent) !== recipient) return false;
  const familyIds = familiesOfIntent(policy, intent);
  // Authorship stays, and is of no use while nobody may know that the family is known.
  if (familyIds.some((id) => isHiddenFrom(policy, recipient, id))) return false;
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

function isPersonInReach(policy: Policy, recipient: string, personId: string): boolean {
  return familiesOfPerson(policy, personId).some((id) => isEntitled(policy, recipient, id));
}

function authorOf(policy: Policy, intent: Intent): string | undefined {
  return policy.streams.get(streamIdOf(intent.category, intent.id))?.author;
}

/** The families a command is about: the one it names, or its stream's. */
function familiesNamed({ policy, intent }: RelationQuestion): string[] {
  const named = 'familyId' in intent.data ? intent.data.familyId : undefined;
  return named === undefined ? familiesOfIntent(policy, intent) : [named];
}

function familiesOfIntent(policy: Policy, intent: Intent): string[] {
  if (intent.category === 'family') return [intent.id];
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
