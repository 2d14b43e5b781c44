import Type from 'typebox';
import { codes } from '../code-lists.js';

/**
 * Classes of record that hold what is personal and are kept for different times (a data key of the vault
 * belongs to one of them).
 */
export const recordClasses = ['identity', 'centre', 'child-health', 'contact'] as const;
export const RecordClasses = Type.Array(codes(recordClasses), {
  minItems: 1,
  maxItems: recordClasses.length,
});
export type RecordClass = (typeof recordClasses)[number];

/** Why nothing may be destroyed for now, whatever its retention says. */
export const legalHoldGrounds = [
  'litigation',
  'police-investigation',
  'public-inquiry',
  'complaint',
  'subject-access',
] as const;
export const LegalHoldGround = codes(legalHoldGrounds);

export const legalHoldLiftReasons = ['concluded', 'placed-in-error'] as const;
export const LegalHoldLiftReason = codes(legalHoldLiftReasons);

export const shreddingGrounds = ['retention-ended', 'court-order', 'held-unlawfully'] as const;
export const ShreddingGround = codes(shreddingGrounds);

export const shreddingDeclineReasons = ['not-due', 'still-needed', 'proposed-in-error'] as const;
export const ShreddingDeclineReason = codes(shreddingDeclineReasons);
