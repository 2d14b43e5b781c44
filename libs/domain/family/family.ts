import type { Command, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { occurrenceRefusal } from '../occurrence.js';
import type { Standing, WithdrawRecord } from '../record-withdrawn.js';
import { decideWithdrawal, standing, withoutWithdrawn } from '../record-withdrawn.js';
import type { FamilyEvent } from './events.js';

type Recorded = DataOf<FamilyEvent, 'RelationshipRecorded'>;
type Relation = Omit<Recorded, 'familyId'>;
type Kind = Recorded['relationship'];

/** Read "person is the … of related person"; the family is the stream's. */
export type RecordRelationship = Command<'RecordRelationship', Relation>;
export type FamilyCommand = RecordRelationship | WithdrawRecord;

export interface Family {
  /** Oldest first; of the same two people and kind the last one holds. */
  readonly relations: readonly (Standing & Relation)[];
  readonly withdrawn: readonly string[];
}

/** Kinds that read the same from either side. */
const MUTUAL: readonly Kind[] = [
  'sibling', 'half-sibling', 'step-sibling', 'partner', 'ex-partner', 'spouse', 'ex-spouse',
  'cousin', 'friend', 'other',
]; // prettier-ignore

/** Kinds that cannot hold between two people in both directions. */
const ONE_WAY: readonly Kind[] = [
  'parent',
  'step-parent',
  'grandparent',
  'aunt-or-uncle',
  'foster-carer',
  'private-foster-carer',
  'guardian',
];

/**
 * Kinds under which nobody has parental responsibility: between adults, or held by an unborn
 * child.
 */
const WITHOUT_RESPONSIBILITY: readonly Kind[] = [
  'partner',
  'ex-partner',
  'spouse',
  'ex-spouse',
  'unborn-sibling',
];

export const family: Decider<FamilyCommand, FamilyEvent, Family> = {
  category: 'family',
  initialState: { relations: [], withdrawn: [] },

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    switch (command.type) {
      case 'RecordRelationship':
        return relate(command, state);
      case 'WithdrawRecord':
        return decideWithdrawal(command, {
          beginning: undefined, // relationships stand side by side; none rests on another
          alone: state.relations,
          resting: [],
          withdrawn: state.withdrawn,
        });
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'RelationshipRecorded': {
        const { personId, relatedPersonId, relationship, parentalResponsibility } = event.data;
        const relation = { personId, relatedPersonId, relationship, parentalResponsibility };
        return { ...state, relations: [...state.relations, { ...standing(event), ...relation }] };
      }
      case 'RecordWithdrawn':
        return {
          relations: withoutWithdrawn(state.relations, event.data.withdraws),
          withdrawn: [...state.withdrawn, event.data.withdraws],
        };
    }
  },
};

function relate({ data, context }: RecordRelationship, { relations }: Family) {
  if (data.personId === data.relatedPersonId) {
    return new Refusal(
      'family/related-to-oneself',
      'Choose two different people.',
      '/relatedPersonId',
    );
  }
  if (data.parentalResponsibility && WITHOUT_RESPONSIBILITY.includes(data.relationship)) {
    return new Refusal(
      'family/responsibility-impossible',
      'Parental responsibility is held for a child. It does not go with this relationship.',
      '/parentalResponsibility',
    );
  }
  const contrary = relations.some((held) => {
    return (
      ONE_WAY.includes(data.relationship) &&
      held.relationship === data.relationship &&
      isReverse(held, data)
    );
  });
  if (contrary) {
    return new Refusal(
      'family/relationship-contradicted',
      'The same relationship is recorded the other way round. Check who is whose, and withdraw ' +
        'the one that is wrong.',
      '/relationship',
    );
  }
  const latest = relations.findLast((held) => tellsTheSame(held, data));
  if (latest?.parentalResponsibility === data.parentalResponsibility) return [];
  return [
    { type: 'RelationshipRecorded' as const, data: { ...data, familyId: context.subjectId } },
  ];
}

function isReverse(one: Relation, other: Relation): boolean {
  return one.personId === other.relatedPersonId && one.relatedPersonId === other.personId;
}

/** The same relationship of the same two people, read from either side where it is mutual. */
function tellsTheSame(one: Relation, other: Relation): boolean {
  if (one.relationship !== other.relationship) return false;
  if (one.personId === other.personId && one.relatedPersonId === other.relatedPersonId)
    return true;
  return (
    MUTUAL.includes(one.relationship) &&
    isReverse(one, other) &&
    !one.parentalResponsibility &&
    !other.parentalResponsibility
  );
}
