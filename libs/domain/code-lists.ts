import Type from 'typebox';

/** A code list as a schema; the words shown for a code live with the pages. */
export function codes<const Codes extends readonly string[]>(list: readonly [...Codes]) {
  // The codes are given by name: left to inference, every code would be any string or number.
  return Type.Enum<[...Codes]>([...list]);
}

/**
 * Source of a contact or referral: children in need census, "referral source" (DfE), also Annex A
 * lists 1 and 3.
 */
export const contactSources = [
  '1A', '1B', '1C', '1D', '2A', '2B', '3A', '3B', '3C', '3D', '3E', '3F',
  '4', '5A', '5B', '5C', '5D', '6', '7', '8', '9', '10',
] as const; // prettier-ignore
export const ContactSource = codes(contactSources);
export type ContactSource = (typeof contactSources)[number];
/** Family or carer, acquaintance, the child, another individual: everybody else speaks from a post. */
export const publicSources = ['1A', '1B', '1C', '1D'] as const satisfies readonly ContactSource[];

export const contactChannels = [
  'form',
  'phone',
  'email',
  'police-notice',
  'out-of-hours',
  'letter',
  'in-person',
  'extract',
] as const;
export const ContactChannel = codes(contactChannels);
export type ContactChannel = (typeof contactChannels)[number];

/** How soon the hub must act; the limits behind each are the hub's own policy. */
export const ratings = ['red', 'amber', 'green', 'blue'] as const;
export const Rating = codes(ratings);
export type Rating = (typeof ratings)[number];

/** Contact outcomes: several may hold at once (Standard Safeguarding Dataset). */
export const contactOutcomes = [
  'new-referral', 'existing-referral', 'child-protection-enquiry', 'no-further-action', 'advice',
  'early-help', 'private-fostering', 'missing', 'other-authority-child-protection', 'non-agency-adoption', 'other',
] as const; // prettier-ignore
export const ContactOutcome = codes(contactOutcomes);
export type ContactOutcome = (typeof contactOutcomes)[number];

/** Level of need (Pathway to Provision): universal, help, early help, specialist. */
export const levelsOfNeed = ['1', '2', '3', '4'] as const;
export const LevelOfNeed = codes(levelsOfNeed);
export type LevelOfNeed = (typeof levelsOfNeed)[number];

/** Primary need (children in need census). */
export const primaryNeeds = ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N0'] as const;
export const PrimaryNeed = codes(primaryNeeds);
export type PrimaryNeed = (typeof primaryNeeds)[number];

/** Whether what is told was seen, reported by somebody, or is an opinion. */
export const statementTypes = ['witnessed', 'reported', 'opinion'] as const;
export const StatementType = codes(statementTypes);

/**
 * Whether the parents know of the referral; consent is not required where a child may be at risk.
 */
export const parentsInformed = ['informed-agree', 'informed-disagree', 'not-informed'] as const;
export const ParentsInformed = codes(parentsInformed);
/** Ground for not telling the parents. */
export const groundsNotInformed = [
  'raises-harm',
  'prejudices-investigation',
  'loss-of-evidence',
  'delay',
] as const;
export const GroundNotInformed = codes(groundsNotInformed);

export const personKinds = ['child', 'unborn', 'adult'] as const;
export const PersonKind = codes(personKinds);
export const sexes = ['M', 'F', 'U'] as const;
export const Sex = codes(sexes);

/** What somebody is in a family: dated, and apart from address and relationship. */
export const familyPositions = ['child', 'parent', 'carer', 'other-adult'] as const;
export const FamilyPosition = codes(familyPositions);

/** Relationship of one person to another, read "person is the … of related person". */
export const relationshipKinds = [
  'parent', 'step-parent', 'sibling', 'half-sibling', 'step-sibling', 'unborn-sibling', 'partner',
  'ex-partner', 'spouse', 'ex-spouse',
  'grandparent', 'aunt-or-uncle', 'cousin', 'foster-carer', 'private-foster-carer', 'guardian', 'friend', 'other',
] as const; // prettier-ignore
export const RelationshipKind = codes(relationshipKinds);

/** The five reviews every child is offered (Healthy Child Programme, England). */
export const mandatedReviews = [
  'antenatal',
  'new-birth',
  'six-to-eight-weeks',
  'one-year',
  'two-to-two-and-a-half-years',
] as const;
export const MandatedReview = codes(mandatedReviews);
export type MandatedReview = (typeof mandatedReviews)[number];
export const reviewPlaces = ['home', 'clinic', 'family-hub', 'virtual'] as const;
export const ReviewPlace = codes(reviewPlaces);
export const reviewMissedReasons = [
  'was-not-brought',
  'declined',
  'no-access',
  'cancelled-by-service',
  'moved-away',
] as const;
export const ReviewMissedReason = codes(reviewMissedReasons);

export const centreActivities = [
  'stay-and-play', 'baby-massage', 'breastfeeding-support', 'weaning', 'speech-and-language', 'parenting-programme',
  'home-visit', 'behaviour-support', 'adult-learning', 'antenatal-class',
] as const; // prettier-ignore
export const CentreActivity = codes(centreActivities);
export const registrationEndReasons = [
  'moved-away',
  'moved-centre',
  'family-request',
  'no-longer-eligible',
  'provider-changed',
] as const;
export const RegistrationEndReason = codes(registrationEndReasons);
export const caseloadEndReasons = [
  'moved-out',
  'transferred-to-school-nursing',
  'transferred-to-other-trust',
  'child-died',
  'family-request',
] as const;
export const CaseloadEndReason = codes(caseloadEndReasons);

/**
 * Why something recorded is withdrawn. The words told with a withdrawal are one and the same
 * whatever this says.
 */
export const withdrawalReasons = [
  'wrong-person',
  'wrong-family',
  'duplicate',
  'did-not-happen',
  'entered-in-error',
] as const;
export const WithdrawalReason = codes(withdrawalReasons);

export const returnReasons = [
  'below-threshold',
  'more-information-needed',
  'already-open',
  'other-service',
  'duplicate',
] as const;
export const ReturnReason = codes(returnReasons);

/**
 * Why a family's record is restricted. Nottingham City Council's procedures name the high-profile,
 * witness protection, conflict with staff, adoption and high risk; Lincolnshire's restrict staff and
 * their relatives by default.
 */
export const restrictionGrounds = [
  'witness-protection',
  'staff-or-relative',
  'adoption',
  'high-profile',
  'high-risk',
] as const;
export const RestrictionGround = codes(restrictionGrounds);

/** Who agreed to it; a service manager at least (Nottingham City Council's procedures). */
export const restrictionAuthorities = ['service-manager', 'head-of-service', 'director'] as const;
export const RestrictionAuthority = codes(restrictionAuthorities);

/** To whom somebody who may not open a restricted record is sent: a post, never a person. */
export const restrictionEnquiries = [
  'hub-manager',
  'service-manager',
  'emergency-duty-team',
  'adoption-team',
] as const;
export const RestrictionEnquiries = codes(restrictionEnquiries);

export const restrictionLiftReasons = [
  'no-longer-needed',
  'authority-withdrawn',
  'restricted-in-error',
] as const;
export const RestrictionLiftReason = codes(restrictionLiftReasons);

/**
 * Kinds of fact that a sharing agreement names: the smallest list onto which every line of the disclosure
 * table maps, because nobody signs a page of sixty event types.
 */
export const factKinds = [
  'household',
  'registration',
  'attendance',
  'caseload',
  'reviews',
  'referral',
  'contact',
  'decision',
] as const;
export const FactKinds = Type.Array(codes(factKinds), { maxItems: factKinds.length });
export const SomeFactKinds = Type.Array(codes(factKinds), {
  minItems: 1,
  maxItems: factKinds.length,
});
export type FactKind = (typeof factKinds)[number];

export const agreementPurposes = [
  'safeguarding-and-welfare',
  'early-help',
  'healthy-child-programme',
] as const;
export const AgreementPurpose = codes(agreementPurposes);

/**
 * UK GDPR Articles 6(1)(c) and (e), 9(2)(g) and (h), and the statutes that make the task: Children Act
 * 1989 and 2004. Consent is not among them: views are recorded, and are no basis.
 */
export const lawfulBases = [
  'uk-gdpr-6-1-c',
  'uk-gdpr-6-1-e',
  'uk-gdpr-9-2-g',
  'uk-gdpr-9-2-h',
  'ca-1989-s17',
  'ca-1989-s47',
  'ca-2004-s10',
  'ca-2004-s11',
] as const;
export const LawfulBases = Type.Array(codes(lawfulBases), {
  minItems: 1,
  maxItems: lawfulBases.length,
});

/** Who signs for an organisation: a post, never a person. */
export const signatoryPosts = [
  'caldicott-guardian',
  'senior-information-risk-owner',
  'director-of-childrens-services',
  'information-governance-lead',
] as const;

export const agreementNarrowReasons = [
  'more-than-needed',
  'purpose-narrowed',
  'terms-breached',
] as const;
export const AgreementNarrowReason = codes(agreementNarrowReasons);

/** Somebody ends one for a reason; `expired` is its own last day. */
export const agreementEndReasons = [
  'party-withdrew',
  'purpose-fulfilled',
  'replaced',
  'terms-breached',
] as const;
export const agreementEndings = [...agreementEndReasons, 'expired'] as const;
export const AgreementEnding = codes(agreementEndings);

/** Why recipients are told of the past what they had not been told. */
export const redisclosureReasons = [
  'table-changed',
  'agreement-signed',
  'consent-recorded',
  'withdrawn-in-error',
] as const;
export const RedisclosureReason = codes(redisclosureReasons);

/** Why what was told is taken back although every record stands. */
export const pastWithdrawalReasons = [
  'table-changed',
  'told-in-error',
  'regulator-asked',
] as const;
export const PastWithdrawalReason = codes(pastWithdrawalReasons);

/** Why glass is broken: somebody may come to harm, and the ordinary way cannot be waited for. */
export const breakGlassReasons = [
  'risk-of-harm',
  'named-person-not-reached',
  'asked-by-police-or-court',
  'service-not-caught-up',
] as const;
export const BreakGlassReason = codes(breakGlassReasons);

/** Its time passed, or somebody ended it before. */
export const glassEndings = ['time', 'by-hand'] as const;
export const GlassEnding = codes(glassEndings);

export const glassReviewOutcomes = ['justified', 'not-justified'] as const;
export const GlassReviewOutcome = codes(glassReviewOutcomes);
