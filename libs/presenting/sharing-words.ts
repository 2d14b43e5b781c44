import type * as sharingCodes from '@common-thread/domain/need-to-know/codes';
import type { Words } from './code-words.js';

/** Words for the codes of decisions to share, consent and confidential addresses. */
export const agencyKindWords: Words<typeof sharingCodes.agencyKinds> = {
  'childrens-centre': 'a children’s centre',
  'health-visiting': 'a health visiting team',
  'general-practice': 'a general practice',
  hospital: 'a hospital',
  school: 'a school or nursery',
  police: 'the police',
  housing: 'a housing service',
  probation: 'the probation service',
  'childrens-social-care': 'children’s social care',
  'adult-services': 'a service for adults',
  voluntary: 'a voluntary organisation',
  other: 'another agency',
};

export const sharingConsentWords: Words<typeof sharingCodes.sharingConsents> = {
  given: 'with consent',
  refused: 'without consent, which was refused',
  'not-asked': 'without consent, which was not asked for',
};

export const reasonNotToShareWords: Words<typeof sharingCodes.reasonsNotToShare> = {
  'not-necessary': 'it is not needed to keep a child safe',
  'not-proportionate': 'it would tell more than the risk calls for',
  'no-safeguarding-role': 'whoever asked has no part in keeping the child safe',
  'not-accurate-enough': 'it is not known well enough to be true',
  'more-harm-than-good': 'it would do the child more harm than good',
  'consent-refused': 'consent was refused, and nothing outweighs that',
};

export const whoseViewsWords: Words<typeof sharingCodes.whoseViews> = {
  parents: 'parents or carers',
  child: 'the child or young person',
};

export const addressConfidentialityWords: Words<
  typeof sharingCodes.addressConfidentialityGrounds
> = {
  'domestic-abuse': 'domestic abuse',
  'stalking-or-harassment': 'stalking or harassment',
  exploitation: 'exploitation',
  placement: 'where a child has been placed',
  'other-risk': 'another risk to somebody in the family',
};

export const addressConfidentialityEndWords: Words<
  typeof sharingCodes.addressConfidentialityEndings
> = {
  'no-longer-a-risk': 'there is no longer a risk',
  'family-asked': 'the family asked for it',
  'marked-in-error': 'it was marked in error',
};
