import { codes } from '../code-lists.js';

/** With whom a family's record may be shared, by kind: many agencies are none of ours. */
export const agencyKinds = [
  'childrens-centre', 'health-visiting', 'general-practice', 'hospital', 'school', 'police', 'housing',
  'probation', 'childrens-social-care', 'adult-services', 'voluntary', 'other',
] as const; // prettier-ignore
export const AgencyKind = codes(agencyKinds);

/** Whether somebody consented to what is shared; a ground is named where nobody did. */
export const sharingConsents = ['given', 'refused', 'not-asked'] as const;
export const SharingConsent = codes(sharingConsents);

/** Why something is not shared (HM Government, Information sharing advice, seven golden rules). */
export const reasonsNotToShare = [
  'not-necessary',
  'not-proportionate',
  'no-safeguarding-role',
  'not-accurate-enough',
  'more-harm-than-good',
  'consent-refused',
] as const;
export const ReasonNotToShare = codes(reasonsNotToShare);

export const whoseViews = ['parents', 'child'] as const;
export const WhoseViews = codes(whoseViews);

/** Why an address is confidential: whom it is kept from is somebody who would do harm. */
export const addressConfidentialityGrounds = [
  'domestic-abuse',
  'stalking-or-harassment',
  'exploitation',
  'placement',
  'other-risk',
] as const;
export const AddressConfidentialityGround = codes(addressConfidentialityGrounds);

export const addressConfidentialityEndings = [
  'no-longer-a-risk',
  'family-asked',
  'marked-in-error',
] as const;
export const AddressConfidentialityEnding = codes(addressConfidentialityEndings);
