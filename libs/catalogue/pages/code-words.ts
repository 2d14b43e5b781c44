import * as codes from '@common-thread/domain/code-lists';
import * as erasure from '@common-thread/domain/erasure/code-lists';
import * as words from '@common-thread/presenting/code-words';
import * as erasureWords from '@common-thread/presenting/erasure-words';
import * as pastWords from '@common-thread/presenting/past-words';
import * as sharingCodes from '@common-thread/domain/need-to-know/codes';
import * as sharing from '@common-thread/presenting/sharing-words';
import type { JsonSchema } from '../json-schema.js';
import { textsOf } from '../json-schema.js';

/** One code list with the words shown for each code. */
export interface CodeList {
  readonly title: string;
  readonly codes: readonly string[];
  readonly words: Readonly<Record<string, string>>;
}

const sexWords: words.Words<typeof codes.sexes> = {
  M: 'Male',
  F: 'Female',
  U: 'Not known, or unborn',
};
const kindWords: words.Words<typeof codes.personKinds> = {
  child: 'Child',
  unborn: 'Unborn child',
  adult: 'Adult',
};

/** Every code list of the domain, in the order of its title. */
export const codeLists: readonly CodeList[] = [
  list(
    'Address kept confidential: ground',
    sharingCodes.addressConfidentialityGrounds,
    sharing.addressConfidentialityWords,
  ),
  list(
    'Address kept confidential: reason to end',
    sharingCodes.addressConfidentialityEndings,
    sharing.addressConfidentialityEndWords,
  ),
  list('Agency: kind', sharingCodes.agencyKinds, sharing.agencyKindWords),
  list('Agreement: kind of fact', codes.factKinds, words.factKindWords),
  list('Agreement: lawful basis', codes.lawfulBases, words.lawfulBasisWords),
  list('Agreement: purpose', codes.agreementPurposes, words.agreementPurposeWords),
  list('Agreement: reason to end', codes.agreementEndings, words.agreementEndWords),
  list('Agreement: reason to narrow', codes.agreementNarrowReasons, words.agreementNarrowWords),
  list('Activity of a centre', codes.centreActivities, words.activityWords),
  list('Broken glass: end', codes.glassEndings, words.glassEndingWords),
  list('Broken glass: reason', codes.breakGlassReasons, words.breakGlassReasonWords),
  list('Broken glass: review', codes.glassReviewOutcomes, words.glassReviewOutcomeWords),
  list('Channel', codes.contactChannels, words.channelWords),
  list('End of a caseload', codes.caseloadEndReasons, words.caseloadEndWords),
  list('End of a registration', codes.registrationEndReasons, words.registrationEndWords),
  list('Erasure: ground', erasure.shreddingGrounds, erasureWords.shreddingGroundWords),
  list('Erasure: kind of record', erasure.recordClasses, erasureWords.recordClassWords),
  list(
    'Erasure: reason to decline',
    erasure.shreddingDeclineReasons,
    erasureWords.shreddingDeclineWords,
  ),
  list(
    'Ground for not telling the parents',
    codes.groundsNotInformed,
    words.groundNotInformedWords,
  ),
  list('Kind of person', codes.personKinds, kindWords),
  list('Kind of statement', codes.statementTypes, words.statementWords),
  list('Legal hold: ground', erasure.legalHoldGrounds, erasureWords.legalHoldGroundWords),
  list(
    'Legal hold: reason to lift',
    erasure.legalHoldLiftReasons,
    erasureWords.legalHoldLiftWords,
  ),
  list('Level of need', codes.levelsOfNeed, words.levelWords),
  list('Mandated review', codes.mandatedReviews, words.reviewWords),
  list('Outcome of a contact', codes.contactOutcomes, words.outcomeWords),
  list('Place of a review', codes.reviewPlaces, words.reviewPlaceWords),
  list('Past: reason to tell it', codes.redisclosureReasons, pastWords.redisclosureWords),
  list('Past: reason to withdraw it', codes.pastWithdrawalReasons, pastWords.pastWithdrawalWords),
  list('Position in a family', codes.familyPositions, words.positionWords),
  list('Primary need', codes.primaryNeeds, words.needWords),
  list('Rating', codes.ratings, words.ratingWords),
  list('Reason for a missed review', codes.reviewMissedReasons, words.reviewMissedWords),
  list('Reason for a return', codes.returnReasons, words.returnReasonWords),
  list('Reason for a withdrawal', codes.withdrawalReasons, words.withdrawalReasonWords),
  list('Relationship', codes.relationshipKinds, words.relationshipWords),
  list('Restriction: authority', codes.restrictionAuthorities, words.restrictionAuthorityWords),
  list('Restriction: ground', codes.restrictionGrounds, words.restrictionGroundWords),
  list('Restriction: reason to lift', codes.restrictionLiftReasons, words.restrictionLiftWords),
  list('Restriction: whom to speak to', codes.restrictionEnquiries, words.restrictionEnquiryWords),
  list('Sex', codes.sexes, sexWords),
  list('Sharing: consent', sharingCodes.sharingConsents, sharing.sharingConsentWords),
  list('Sharing: reason not to', sharingCodes.reasonsNotToShare, sharing.reasonNotToShareWords),
  list('Sharing: whose views', sharingCodes.whoseViews, sharing.whoseViewsWords),
  list('Source of a contact', codes.contactSources, words.sourceWords),
  list('What the parents know', codes.parentsInformed, words.parentsInformedWords),
];

function list<const Codes extends readonly string[]>(
  title: string,
  of: Codes,
  inWords: words.Words<Codes>,
): CodeList {
  return { title, codes: of, words: inWords };
}

/** The list a field's codes are. @throws where it has no title and no words here */
export function codeListOf(schema: JsonSchema): CodeList {
  const own = textsOf(schema, 'enum').join();
  const found = codeLists.find(({ codes: of }) => of.join() === own);
  if (!found) throw new Error(`the catalogue has no words for the codes ${own}`);
  return found;
}
