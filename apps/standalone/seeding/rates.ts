import type { ContactSource, PrimaryNeed } from '@common-thread/domain/code-lists';

/*
 * What the synthetic county is like. Published figures carry their source; the others are assumed
 * and reasoned in docs/adr (the ratios of the synthetic county). DfE: "Characteristics of
 * children in need", England, reporting year 2024, Open Government Licence v3.
 */

/**
 * Referrals by source (DfE, 621,880); within a group the split is assumed. Contacts are taken to
 * come alike.
 */
export const sourceWeights = {
  '1A': 21_000, '1B': 12_000, '1C': 4_870, '1D': 12_000, // Individual 49,870
  '2A': 126_460, '2B': 10_330,
  '3A': 14_000, '3B': 12_370, '3C': 5_000, '3D': 16_000, '3E': 24_000, '3F': 20_000, // Health
  '4': 7_710,
  '5A': 25_000, '5B': 20_980, '5C': 16_000, '5D': 26_000, // Local authority 87,980
  '6': 177_210, '7': 27_590, '8': 26_120, '9': 10_030, '10': 7_190,
} as const satisfies Record<ContactSource, number>; // prettier-ignore

/** Primary need of children in need at 31 March (DfE). */
export const needWeights = {
  N1: 231_940, N2: 32_150, N3: 8_270, N4: 34_410, N5: 47_900,
  N6: 7_870, N7: 1_070, N8: 21_930, N9: 3_510, N0: 10_430,
} as const satisfies Record<PrimaryNeed, number>; // prettier-ignore

/** Referrals by month, January first (DfE): fewer in April, August and December. */
export const monthWeights = [
  54_670, 50_870, 51_940, 43_340, 55_680, 58_690, 51_880, 44_080, 54_090, 55_710, 55_790, 45_150,
]; // prettier-ignore

export const rates = {
  /** Re-referred within twelve months (DfE 2024 to 2025, domain reference §14). */
  reReferred: 0.226,
  /**
   * Chance that a referral is followed by another; some of those fall behind the end of history.
   */
  referredAgain: 0.26,
  /**
   * Contacts for each referral: about 3.0 million to 621,880 (ADCS; DfE). No table has contacts:
   * stated, not published.
   */
  contactsPerReferral: 4.8,
  /** A child protection enquiry follows a referral (217,800 of about 630,000). */
  enquiryAfterReferral: 0.34,
  /**
   * Done within the time the review counts in; the first two by the national metrics, the others
   * assumed near them.
   */
  reviewHeld: 0.87,
  /** Assumed below. Families the front door hears of often, and those it hears of hardly ever. */
  inNeed: 0.18,
  referredInNeed: 0.95,
  referredOtherwise: 0.1,
  otherContactsInNeed: 5.2,
  otherContactsOtherwise: 0.34,
  registered: 0.82,
  registrationEnded: 0.18,
  movedToOtherProvider: 0.05,
  sessionsPerMonth: 0.62,
  notBroughtPerSession: 0.07,
  referredByCentre: 0.1,
  twoHomes: 0.09,
  movedHouse: 0.22,
  expectingChild: 0.025,
  recordedLate: 0.05,
  detailsCorrected: 0.03,
  addressCorrected: 0.02,
  sessionWithdrawn: 0.006,
  registrationWithdrawn: 0.012,
  contactInError: 0.006,
} as const;

/** What contacts that become no referral come to; assumed. */
export const outcomeWeights = {
  'no-further-action': 46,
  advice: 27,
  'early-help': 18,
  'existing-referral': 6,
  other: 3,
} as const;
