import type { Policy } from '@common-thread/disclosure/policy';
import { familiesOfPerson, isOpen } from '@common-thread/disclosure/policy';
import { peopleOfFamily } from '@common-thread/disclosure/members';
import type { SealedBirth } from '@common-thread/domain/deriving';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { londonDay } from '@common-thread/domain/london-day';
import { idOfStream } from '@common-thread/eventing/identifiers';
import type { Records } from '../records.js';
import type { Consequence, Lookout, Reaction } from './reaction.js';
import { actingFor } from './reaction.js';

/**
 * A child on a caseload is offered the five mandated reviews: when the family is taken on, when a child
 * joins it, when one is born, and when a child's date turns out to be another. Reviews whose time had passed before the
 * family was taken on belong to whoever had it then.
 */
export const scheduleReviews: Reaction = {
  name: 'schedule-reviews',
  on: [
    'CaseloadBegan',
    'MembershipBegan',
    'PersonRegistered',
    'ChildBorn',
    'PersonDetailsCorrected',
  ],

  async react(cause, lookout) {
    const policy = await lookout.policy();
    const consequences: Consequence[] = [];
    for (const { caseloadId, childId } of concerned(cause, policy)) {
      const scheduled = await consequenceFor(cause, caseloadId, childId, lookout);
      if (scheduled) consequences.push(scheduled);
    }
    return consequences;
  },
};

interface OnCaseload {
  readonly caseloadId: string;
  readonly childId: string;
}

/** Whoever is on a caseload now by what the cause says. */
function concerned(cause: RecordedCommonThreadEvent, policy: Policy): readonly OnCaseload[] {
  if (cause.type === 'CaseloadBegan') {
    const caseloadId = idOfStream('caseload', cause.streamId);
    const { familyId } = cause.data;
    if (!openCaseloads(policy, familyId).includes(caseloadId)) return [];
    return peopleOfFamily(policy, familyId).map((childId) => ({ caseloadId, childId }));
  }
  if (!('personId' in cause.data)) return [];
  const childId = cause.data.personId;
  return familiesOfPerson(policy, childId)
    .flatMap((familyId) => openCaseloads(policy, familyId))
    .map((caseloadId) => ({ caseloadId, childId }));
}

function openCaseloads(policy: Policy, familyId: string): string[] {
  return [...(policy.streamsOfFamily.get(familyId) ?? [])].flatMap((streamId) => {
    const stream = policy.streams.get(streamId);
    return stream?.category === 'caseload' && isOpen(policy, stream)
      ? [idOfStream('caseload', streamId)]
      : [];
  });
}

async function consequenceFor(
  cause: RecordedCommonThreadEvent,
  caseloadId: string,
  childId: string,
  { records, deriving }: Lookout,
): Promise<Consequence | undefined> {
  const [began] = await records.history('caseload', caseloadId);
  const birth = await birthOf(records, childId);
  if (began?.type !== 'CaseloadBegan' || !birth) return undefined;
  const { trust } = began.data;
  const beganOn = londonDay(began.metadata.occurredAt);
  const reviews = (await deriving.reviewsDue(actingFor(trust), birth))
    .filter(({ countedUntil }) => countedUntil >= beganOn)
    .map(({ review, dueOn }) => ({ review, dueOn }));
  if (reviews.length === 0) return undefined;
  return {
    step: `schedule-reviews/${caseloadId}/${childId}`,
    intent: {
      category: 'caseload',
      id: caseloadId,
      type: 'ScheduleReviews',
      data: { childId, reviews },
    },
    inTheNameOf: trust,
    // Not when the cause happened: a newborn joins the family on the day of birth.
    occurredAt: cause.metadata.recordedAt,
  };
}

/** The boxes a child's reviews are counted from; undefined for an adult, and where no date is known. */
async function birthOf(records: Records, personId: string): Promise<SealedBirth | undefined> {
  let birth: SealedBirth | undefined;
  let withdrawn: readonly string[] = [];
  const history = await records.history('person', personId);
  for (const event of history) {
    if (event.type === 'RecordWithdrawn') withdrawn = [...withdrawn, event.data.withdraws];
  }
  for (const event of history) {
    if (event.type === 'RecordWithdrawn' || withdrawn.includes(event.id)) continue;
    if ('corrects' in event.data && withdrawn.includes(event.data.corrects)) continue;
    if (event.type === 'PersonRegistered' && event.data.kind === 'adult') return undefined;
    const { dateOfBirth, expectedDate } = { expectedDate: undefined, ...event.data };
    birth = {
      ...birth,
      ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
      ...(expectedDate === undefined ? {} : { expectedDate }),
    };
  }
  const known = birth?.dateOfBirth ?? birth?.expectedDate;
  return known === undefined ? undefined : birth;
}
