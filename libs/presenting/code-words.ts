import type * as codes from '@common-thread/domain/code-lists';

/*
 * The words shown for each code, in the field's own terms. Every list is complete: a code without words
 * does not compile. A code of a newer list than ours is shown as it came (`inWords`).
 */

export type Words<Codes extends readonly string[]> = Readonly<Record<Codes[number], string>>;

/** The words for a code told to us. */
export function inWords(words: Readonly<Record<string, string>>, code: string | null): string {
  if (code === null) return 'not said';
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}

/** The same at the beginning of a sentence or a line. */
export function asSentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const ratingWords: Words<typeof codes.ratings> = {
  red: 'Red',
  amber: 'Amber',
  green: 'Green',
  blue: 'Blue',
};

export const outcomeWords: Words<typeof codes.contactOutcomes> = {
  'new-referral': 'New referral to children’s social care',
  'existing-referral': 'Added to an open referral',
  'child-protection-enquiry': 'Child protection enquiry (section 47)',
  'no-further-action': 'No further action',
  advice: 'Advice and information given',
  'early-help': 'Early help',
  'private-fostering': 'Private fostering',
  missing: 'Missing child',
  'other-authority-child-protection': 'Child protection plan of another authority',
  'non-agency-adoption': 'Non-agency adoption',
  other: 'Other',
};

/** Children in need census, referral source. */
export const sourceWords: Words<typeof codes.contactSources> = {
  '1A': 'Family member, relative or carer',
  '1B': 'Acquaintance or neighbour',
  '1C': 'The child themselves',
  '1D': 'Another individual',
  '2A': 'School',
  '2B': 'Education service',
  '3A': 'GP',
  '3B': 'Health visitor',
  '3C': 'School nurse',
  '3D': 'Other primary health service',
  '3E': 'Accident and emergency',
  '3F': 'Other health service',
  '4': 'Housing',
  '5A': 'Children’s social care',
  '5B': 'Other council service',
  '5C': 'Another council',
  '5D': 'Council early help',
  '6': 'Police',
  '7': 'Other legal agency',
  '8': 'Other, including children’s centres',
  '9': 'Anonymous',
  '10': 'Unknown',
};

export const channelWords: Words<typeof codes.contactChannels> = {
  form: 'online form',
  phone: 'telephone',
  email: 'email',
  'police-notice': 'police notice',
  'out-of-hours': 'out-of-hours team',
  letter: 'letter',
  'in-person': 'in person',
  extract: 'extract of another record',
};

export const levelWords: Words<typeof codes.levelsOfNeed> = {
  '1': 'Level 1: universal',
  '2': 'Level 2: help',
  '3': 'Level 3: early help',
  '4': 'Level 4: specialist',
};

/** Children in need census, primary need. */
export const needWords: Words<typeof codes.primaryNeeds> = {
  N1: 'Abuse or neglect',
  N2: 'Child’s disability or illness',
  N3: 'Parent’s disability or illness',
  N4: 'Family in acute stress',
  N5: 'Family dysfunction',
  N6: 'Socially unacceptable behaviour',
  N7: 'Low income',
  N8: 'Absent parenting',
  N9: 'Not a child in need',
  N0: 'Not stated',
};

export const statementWords: Words<typeof codes.statementTypes> = {
  witnessed: 'Witnessed by the person referring',
  reported: 'Reported to them by somebody else',
  opinion: 'Their professional opinion',
};

export const parentsInformedWords: Words<typeof codes.parentsInformed> = {
  'informed-agree': 'Parents know and agree',
  'informed-disagree': 'Parents know and do not agree',
  'not-informed': 'Parents have not been told',
};

export const groundNotInformedWords: Words<typeof codes.groundsNotInformed> = {
  'raises-harm': 'telling them could put the child at more risk',
  'prejudices-investigation': 'telling them could harm an investigation',
  'loss-of-evidence': 'evidence could be lost',
  delay: 'telling them would cause a delay',
};

export const relationshipWords: Words<typeof codes.relationshipKinds> = {
  parent: 'parent',
  'step-parent': 'step-parent',
  sibling: 'sibling',
  'half-sibling': 'half-sibling',
  'step-sibling': 'step-sibling',
  'unborn-sibling': 'unborn sibling',
  partner: 'partner',
  'ex-partner': 'former partner',
  spouse: 'husband, wife or civil partner',
  'ex-spouse': 'former husband, wife or civil partner',
  grandparent: 'grandparent',
  'aunt-or-uncle': 'aunt or uncle',
  cousin: 'cousin',
  'foster-carer': 'foster carer',
  'private-foster-carer': 'private foster carer',
  guardian: 'guardian',
  friend: 'friend',
  other: 'other',
};

export const positionWords: Words<typeof codes.familyPositions> = {
  child: 'Child',
  parent: 'Parent',
  carer: 'Carer',
  'other-adult': 'Other adult',
};

export const reviewWords: Words<typeof codes.mandatedReviews> = {
  antenatal: 'Antenatal contact',
  'new-birth': 'New birth visit',
  'six-to-eight-weeks': '6 to 8 week review',
  'one-year': 'One-year review',
  'two-to-two-and-a-half-years': '2 to 2½ year review',
};

export const reviewPlaceWords: Words<typeof codes.reviewPlaces> = {
  home: 'at home',
  clinic: 'at a clinic',
  'family-hub': 'at a family hub',
  virtual: 'by video or telephone',
};

export const reviewMissedWords: Words<typeof codes.reviewMissedReasons> = {
  'was-not-brought': 'child was not brought',
  declined: 'family declined',
  'no-access': 'nobody in, or no access',
  'cancelled-by-service': 'cancelled by the service',
  'moved-away': 'family had moved away',
};

export const activityWords: Words<typeof codes.centreActivities> = {
  'stay-and-play': 'stay and play',
  'baby-massage': 'baby massage',
  'breastfeeding-support': 'breastfeeding support',
  weaning: 'weaning group',
  'speech-and-language': 'speech and language group',
  'parenting-programme': 'parenting programme',
  'home-visit': 'home visit',
  'behaviour-support': 'behaviour support',
  'adult-learning': 'adult learning',
  'antenatal-class': 'antenatal class',
};

export const registrationEndWords: Words<typeof codes.registrationEndReasons> = {
  'moved-away': 'moved away',
  'moved-centre': 'moved to another centre',
  'family-request': 'at the family’s request',
  'no-longer-eligible': 'no longer eligible',
  'provider-changed': 'the provider changed',
};

export const caseloadEndWords: Words<typeof codes.caseloadEndReasons> = {
  'moved-out': 'moved out of the area',
  'transferred-to-school-nursing': 'transferred to school nursing',
  'transferred-to-other-trust': 'transferred to another trust',
  'child-died': 'the child died',
  'family-request': 'at the family’s request',
};

export const returnReasonWords: Words<typeof codes.returnReasons> = {
  'below-threshold': 'does not meet the threshold for children’s social care',
  'more-information-needed': 'more information is needed',
  'already-open': 'the child’s case is already open',
  'other-service': 'another service is better placed to help',
  duplicate: 'it had already been referred',
};

export const withdrawalReasonWords: Words<typeof codes.withdrawalReasons> = {
  'wrong-person': 'it was about somebody else',
  'wrong-family': 'it was about another family',
  duplicate: 'it had been recorded already',
  'did-not-happen': 'it did not happen',
  'entered-in-error': 'it was entered in error',
};

export const restrictionEnquiryWords: Words<typeof codes.restrictionEnquiries> = {
  'hub-manager': 'the hub manager',
  'service-manager': 'the service manager',
  'emergency-duty-team': 'the emergency duty team',
  'adoption-team': 'the adoption team',
};

export const restrictionGroundWords: Words<typeof codes.restrictionGrounds> = {
  'witness-protection': 'witness protection',
  'staff-or-relative': 'a member of staff or a relative of one',
  adoption: 'adoption',
  'high-profile': 'a high profile',
  'high-risk': 'a high risk to somebody in the family',
};

export const restrictionAuthorityWords: Words<typeof codes.restrictionAuthorities> = {
  'service-manager': 'a service manager',
  'head-of-service': 'a head of service',
  director: 'a director',
};

export const restrictionLiftWords: Words<typeof codes.restrictionLiftReasons> = {
  'no-longer-needed': 'no longer needed',
  'authority-withdrawn': 'whoever agreed to it agrees no longer',
  'restricted-in-error': 'it was restricted in error',
};

export const factKindWords: Words<typeof codes.factKinds> = {
  household: 'who is in the family and where they live',
  registration: 'registration with a centre',
  attendance: 'sessions come to and children not brought',
  caseload: 'being on a health visiting caseload',
  reviews: 'health visiting reviews',
  referral: 'referrals to the hub',
  contact: 'contacts at the front door',
  decision: 'what the hub decided',
};

export const lawfulBasisWords: Words<typeof codes.lawfulBases> = {
  'uk-gdpr-6-1-c': 'UK GDPR Article 6(1)(c): legal obligation',
  'uk-gdpr-6-1-e': 'UK GDPR Article 6(1)(e): public task',
  'uk-gdpr-9-2-g': 'UK GDPR Article 9(2)(g): substantial public interest',
  'uk-gdpr-9-2-h': 'UK GDPR Article 9(2)(h): health or social care',
  'ca-1989-s17': 'Children Act 1989, section 17: children in need',
  'ca-1989-s47': 'Children Act 1989, section 47: child protection enquiries',
  'ca-2004-s10': 'Children Act 2004, section 10: cooperation to improve well-being',
  'ca-2004-s11': 'Children Act 2004, section 11: safeguarding and promoting welfare',
};

export const agreementPurposeWords: Words<typeof codes.agreementPurposes> = {
  'safeguarding-and-welfare': 'safeguarding and promoting children’s welfare',
  'early-help': 'early help',
  'healthy-child-programme': 'the Healthy Child Programme',
};

export const agreementNarrowWords: Words<typeof codes.agreementNarrowReasons> = {
  'more-than-needed': 'it shared more than was needed',
  'purpose-narrowed': 'its purpose is narrower now',
  'terms-breached': 'its terms were breached',
};

export const agreementEndWords: Words<typeof codes.agreementEndings> = {
  'party-withdrew': 'a party withdrew',
  'purpose-fulfilled': 'its purpose is fulfilled',
  replaced: 'another agreement replaces it',
  'terms-breached': 'its terms were breached',
  expired: 'its last day has passed',
};

export const breakGlassReasonWords: Words<typeof codes.breakGlassReasons> = {
  'risk-of-harm': 'somebody may come to harm if we wait',
  'named-person-not-reached': 'the named person cannot be reached in time',
  'asked-by-police-or-court': 'the police or a court ask for it now',
  'service-not-caught-up': 'the service has not caught up and cannot show the record',
};

export const glassEndingWords: Words<typeof codes.glassEndings> = {
  time: 'its time passed',
  'by-hand': 'it was ended before its time',
};

export const glassReviewOutcomeWords: Words<typeof codes.glassReviewOutcomes> = {
  justified: 'justified',
  'not-justified': 'not justified',
};
