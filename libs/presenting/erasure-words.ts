import type * as codes from '@common-thread/domain/erasure/code-lists';
import type { RetentionClass, RetentionTrigger } from '@common-thread/domain/erasure/retention';
import type { Words } from './code-words.js';

/** The words of legal holds and erasure. */
export const recordClassWords: Words<typeof codes.recordClasses> = {
  identity: 'who the person is, and the family',
  centre: 'what children’s centres noted',
  'child-health': 'child health',
  contact: 'referrals and contacts at the front door',
};

export const legalHoldGroundWords: Words<typeof codes.legalHoldGrounds> = {
  litigation: 'a claim before a court',
  'police-investigation': 'a police investigation',
  'public-inquiry': 'a public inquiry',
  complaint: 'a complaint',
  'subject-access': 'a request by the person for their records',
};

export const legalHoldLiftWords: Words<typeof codes.legalHoldLiftReasons> = {
  concluded: 'it has concluded',
  'placed-in-error': 'the hold was placed in error',
};

export const shreddingGroundWords: Words<typeof codes.shreddingGrounds> = {
  'retention-ended': 'the time to keep it is over',
  'court-order': 'a court has ordered it',
  'held-unlawfully': 'it was held unlawfully',
};

export const shreddingDeclineWords: Words<typeof codes.shreddingDeclineReasons> = {
  'not-due': 'the time to keep it is not over',
  'still-needed': 'it is still needed',
  'proposed-in-error': 'it was proposed in error',
};

export const retentionWords: Readonly<Record<RetentionClass, string>> = {
  'looked-after': 'a looked-after child',
  adoption: 'an adoption',
  'strategy-enquiry-or-conference': 'a child protection enquiry',
  'early-help-contact-or-need': 'early help, a contact or need',
  'child-health': 'child health',
  'allegation-against-adult': 'an allegation against an adult',
};

export const retentionTriggerWords: Readonly<Record<RetentionTrigger, string>> = {
  born: 'counted from birth',
  died: 'counted from death',
  closed: 'counted from the end of the work',
  ordered: 'counted from the order',
};
