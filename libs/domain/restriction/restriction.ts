import type { Command, CommandContext, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { partsOfRecipient } from '../identifiers.js';
import { daysAfter, isDay, londonDay } from '../london-day.js';
import { occurrenceRefusal } from '../occurrence.js';
import type { RestrictionEvent } from './events.js';
import { restrictionReviewDaysMax } from './restriction-policy.js';

type Restricted = DataOf<RestrictionEvent, 'FamilyRestricted'>;

/** The family is the stream's. */
export type RestrictFamily = Command<'RestrictFamily', Omit<Restricted, 'familyId'>>;
export type ReviewRestriction = Command<
  'ReviewRestriction',
  DataOf<RestrictionEvent, 'RestrictionReviewed'>
>;
export type LiftRestriction = Command<
  'LiftRestriction',
  DataOf<RestrictionEvent, 'RestrictionLifted'>
>;
export type RestrictionCommand = RestrictFamily | ReviewRestriction | LiftRestriction;

export interface Restriction {
  /** The hub whose stream this is: the first to restrict the family. */
  readonly hub: string | undefined;
  /** What is in force; undefined where nothing is. */
  readonly inForce: Omit<Restricted, 'familyId'> | undefined;
}

/**
 * Who may know that a family is known at all. A restriction is lifted, never withdrawn: that it was in
 * force is a fact, also where it should not have been.
 */
export const restriction: Decider<RestrictionCommand, RestrictionEvent, Restriction> = {
  category: 'restriction',
  initialState: { hub: undefined, inForce: undefined },

  decide(command, { hub, inForce }) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    switch (command.type) {
      case 'RestrictFamily':
        return restrict(command, hub, inForce);
      case 'ReviewRestriction': {
        const { data, context } = command;
        if (!inForce) return notRestricted;
        if (inForce.authority === data.authority && inForce.reviewOn === data.reviewOn) return [];
        return reviewRefusal(data.reviewOn, context) ?? [{ type: 'RestrictionReviewed', data }];
      }
      case 'LiftRestriction':
        return inForce ? [{ type: 'RestrictionLifted', data: command.data }] : [];
    }
  },

  evolve({ hub, inForce }, event) {
    switch (event.type) {
      case 'FamilyRestricted': {
        const { familyId: _, ...restricted } = event.data;
        return { hub: hub ?? restricted.hub, inForce: restricted };
      }
      case 'RestrictionReviewed':
        return { hub, inForce: inForce && { ...inForce, ...event.data } };
      case 'RestrictionLifted':
        return { hub, inForce: undefined };
    }
  },
};

const notRestricted = new Refusal(
  'restriction/not-restricted',
  'This family is not restricted now. Read its record again.',
);

function restrict(
  { data, context }: RestrictFamily,
  hub: string | undefined,
  inForce: Restriction['inForce'],
) {
  if (partsOfRecipient(data.hub).audience !== 'safeguarding-hub') {
    return new Refusal(
      'restriction/not-a-hub',
      'A restriction is kept by a safeguarding hub.',
      '/hub',
    );
  }
  if (hub !== undefined && hub !== data.hub) {
    return new Refusal(
      'restriction/of-another-hub',
      'Another hub keeps the restrictions of this family. Ask it to restrict the family.',
      '/hub',
    );
  }
  if (inForce) {
    const { ground, authority, speakTo, reviewOn } = inForce;
    const same =
      ground === data.ground &&
      authority === data.authority &&
      speakTo === data.speakTo &&
      reviewOn === data.reviewOn;
    if (same) return [];
    return new Refusal(
      'restriction/restricted-already',
      'This family is restricted already. Review the restriction, or lift it and restrict anew.',
    );
  }
  return (
    reviewRefusal(data.reviewOn, context) ?? [
      { type: 'FamilyRestricted' as const, data: { ...data, familyId: context.subjectId } },
    ]
  );
}

/** Nothing is restricted without end: the next review lies ahead, and not too far. */
function reviewRefusal(reviewOn: string, { now }: CommandContext): Refusal | undefined {
  const today = londonDay(now);
  const latest = daysAfter(today, restrictionReviewDaysMax);
  if (isDay(reviewOn) && reviewOn > today && reviewOn <= latest) return undefined;
  return new Refusal(
    'restriction/review-too-far',
    `Give the day of the next review: after today and within ${restrictionReviewDaysMax} days.`,
    '/reviewOn',
  );
}
