import { Refusal } from '@common-thread/eventing/decider';
import type { ContactOutcome } from './code-lists.js';
import { listRefusal } from './limits.js';

/**
 * Outcomes by which children's social care takes the matter on: a referral behind the contact is
 * accepted.
 */
const TAKEN_ON: readonly ContactOutcome[] = [
  'new-referral',
  'existing-referral',
  'child-protection-enquiry',
];

/** Outcomes that `no-further-action` contradicts. */
const FURTHER_ACTION: readonly ContactOutcome[] = ['new-referral', 'child-protection-enquiry'];

/**
 * Whether a set of outcomes accepts the referral behind the contact; otherwise it is returned,
 * with a reason.
 */
export function acceptsReferral(outcomes: readonly ContactOutcome[]): boolean {
  return outcomes.some((outcome) => TAKEN_ON.includes(outcome));
}

/**
 * Several outcomes may hold at once (Standard Safeguarding Dataset), but not both action and none.
 */
export function outcomesRefusal(outcomes: readonly ContactOutcome[]): Refusal | undefined {
  const contradicted =
    outcomes.includes('no-further-action') &&
    outcomes.some((outcome) => FURTHER_ACTION.includes(outcome));
  if (!contradicted) return listRefusal(outcomes, '/outcomes');
  return new Refusal(
    'contact/contradictory-outcomes',
    'No further action cannot stand beside a new referral or a child protection enquiry. ' +
      'Choose one or the other.',
    '/outcomes',
  );
}
