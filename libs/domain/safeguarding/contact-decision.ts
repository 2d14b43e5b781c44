import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { acceptsReferral, outcomesRefusal } from '../contact-outcomes.js';
import { lineRefusal, neededTextRefusal } from '../limits.js';
import type { ContactEvent } from './events.js';

type Decision = DataOf<ContactEvent, 'ContactDecided'>;

const rationaleMissing = new Refusal(
  'contact/rationale-missing',
  'Write down why this was decided, and why not otherwise.',
  '/rationale',
);

/**
 * None without outcomes, rationale and decider; and a referral behind it is either taken on or
 * returned with a reason.
 */
export function decisionRefusal(data: Decision, answersReferral: boolean): Refusal | undefined {
  return (
    outcomesRefusal(data.outcomes) ??
    neededTextRefusal(data.rationale, rationaleMissing) ??
    deciderRefusal(data.decidedBy) ??
    returnRefusal(data, answersReferral)
  );
}

function deciderRefusal(decidedBy: string): Refusal | undefined {
  if (decidedBy.trim() !== '') return lineRefusal(decidedBy, '/decidedBy');
  return new Refusal(
    'contact/decider-missing',
    'Name the manager whose decision it is.',
    '/decidedBy',
  );
}

function returnRefusal(
  { outcomes, returnReason }: Decision,
  answersReferral: boolean,
): Refusal | undefined {
  const returned = answersReferral && !acceptsReferral(outcomes);
  if (returned && returnReason === undefined) {
    return new Refusal(
      'contact/return-reason-missing',
      'These outcomes return the referral. Say why, so that the referrer knows what to do next.',
      '/returnReason',
    );
  }
  if (!returned && returnReason !== undefined) {
    return new Refusal(
      'contact/return-reason-without-return',
      'Nothing is returned by this decision. Leave out the reason for returning.',
      '/returnReason',
    );
  }
  return undefined;
}
