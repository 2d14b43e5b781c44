import type { Command } from '@common-thread/eventing/decider';
import { derivedId } from '@common-thread/eventing/identifiers';
import fc from 'fast-check';
import type { GlassCommand } from './break-glass/glass.js';
import {
  caseloadEndReasons,
  centreActivities,
  contactOutcomes,
  mandatedReviews,
  personKinds,
  ratings,
  registrationEndReasons,
  relationshipKinds,
  returnReasons,
} from './code-lists.js';
import type { CaseloadCommand } from './engagement/caseload.js';
import type { RegistrationCommand } from './engagement/registration.js';
import type { ErasureCommand } from './erasure/erasure.js';
import type { FamilyCommand } from './family/family.js';
import type { MembershipCommand } from './family/membership.js';
import type { PersonCommand } from './person/person.js';
import type { Step } from './random-commands.examples.js';
import { steps } from './random-commands.examples.js';
import type { RestrictionCommand } from './restriction/restriction.js';
import type { ReferralCommand } from './referral/referral.js';
import type { ContactCommand } from './safeguarding/contact.js';
import type { AgreementCommand } from './sharing/agreement.js';

/*
 * Random commands of each kind of stream, from pools small enough that they meet: the same people,
 * reviews and sessions again and again, right and wrong.
 */

const ids = ['maya', 'tom', 'ada'].map((name) => derivedId('spec', name));
const anyId = fc.constantFrom(...ids);
const someIds = fc.uniqueArray(anyId, { minLength: 1 });
const familyId = derivedId('spec', 'family');
export const anyText = fc.oneof(
  { arbitrary: fc.constantFrom('Seen at home.', 'Rang back.'), weight: 6 },
  fc.constant(' '),
);
const placeId = fc.constantFrom('mill-lane', 'weir-road');
export const hub = 'fairholme-hub.safeguarding-hub';
export const centre = 'larkfield-centres.childrens-centre';

/** A step asking for a command with data of these parts. */
export function ask<C extends Command>(
  type: C['type'],
  parts: Record<string, fc.Arbitrary<unknown>> = {},
  named?: string,
): fc.Arbitrary<Step<C>['ask']> {
  return fc
    .record(parts)
    .map(
      (data) => (id: string) =>
        ({ type, data: named === undefined ? data : { ...data, [named]: id } }) as C,
    );
}

function withdrawal<C extends Command>(): fc.Arbitrary<Step<C>['ask']> {
  const reason = fc.constantFrom('wrong-family', 'duplicate');
  return ask<C>('WithdrawRecord', { reason }, 'withdraws');
}

export const people = steps<PersonCommand>(
  [
    ask('RegisterPerson', {
      kind: fc.constantFrom(...personKinds),
      familyName: anyText,
      expectedDate: fc.constantFrom('2026-06-01', '2020-06-01'),
    }),
    ask('RegisterPerson', { kind: fc.constantFrom(...personKinds), givenName: anyText }),
    ask('RecordBirth', { dateOfBirth: fc.constantFrom('2026-02-20', '2020-06-01') }),
    ask('CorrectPersonDetails', { knownAs: anyText }, 'corrects'),
  ],
  withdrawal(),
);
export const memberships = steps<MembershipCommand>(
  [
    ask('BeginMembership', {
      familyId: fc.constant(familyId),
      personId: anyId,
      position: fc.constantFrom('child', 'parent'),
    }),
    ask('ChangeAddress', { address: anyText }),
    ask('CorrectAddress', { address: anyText }, 'corrects'),
    ask('EndMembership'),
  ],
  withdrawal(),
);
export const families = steps<FamilyCommand>(
  [
    ask('RecordRelationship', {
      personId: anyId,
      relatedPersonId: anyId,
      relationship: fc.constantFrom(...relationshipKinds),
      parentalResponsibility: fc.boolean(),
    }),
  ],
  withdrawal(),
);
const session = { activity: fc.constantFrom(...centreActivities.slice(0, 2)), placeId };
export const registrations = steps<RegistrationCommand>(
  [
    ask('BeginCentreRegistration', {
      familyId: fc.constant(familyId),
      provider: fc.constantFrom(centre, hub),
      placeId,
    }),
    ask('EndCentreRegistration', { reason: fc.constantFrom(...registrationEndReasons) }),
    ask('RecordAttendance', { ...session, personIds: someIds }),
    ask('RecordChildNotBrought', { ...session, childId: anyId }),
  ],
  withdrawal(),
);
const review = { childId: anyId, review: fc.constantFrom(...mandatedReviews) };
export const caseloads = steps<CaseloadCommand>(
  [
    ask('BeginCaseload', {
      familyId: fc.constant(familyId),
      trust: fc.constant('fairholme-health.health-visiting'),
    }),
    ask('EndCaseload', { reason: fc.constantFrom(...caseloadEndReasons) }),
    ask('ScheduleReviews', {
      childId: anyId,
      reviews: fc.uniqueArray(
        fc.record({
          review: review.review,
          dueOn: fc.constantFrom('2026-02-12', '2026-03-01', '2026-13-01'),
        }),
        { selector: (each) => each.review },
      ),
    }),
    ask('RecordReviewHeld', { ...review, place: fc.constantFrom('home', 'clinic') }),
    ask('RecordReviewMissed', { ...review, reason: fc.constantFrom('declined', 'no-access') }),
  ],
  withdrawal(),
);
export const restrictions = steps<RestrictionCommand>(
  [
    ask('RestrictFamily', {
      hub: fc.constantFrom(hub, hub, hub, 'elsewhere.safeguarding-hub'),
      ground: fc.constant('high-risk'),
      authority: fc.constant('service-manager'),
      speakTo: fc.constantFrom('hub-manager', 'adoption-team'),
      reviewOn: fc.constantFrom('2026-04-01', '2026-02-30'),
    }),
    ask('ReviewRestriction', {
      authority: fc.constant('director'),
      reviewOn: fc.constantFrom('2026-05-01', '2026-06-01', '2026-12-01'),
    }),
  ],
  // Lifted, never withdrawn.
  ask('LiftRestriction', { reason: fc.constant('no-longer-needed') }),
);
// Whoever asks in these specs acts for `agency`.
const signatories = ['agency', 'oak'].map((party) => `${party}/caldicott-guardian`);
export const takesBack = fc.boolean();
export const agreements = steps<AgreementCommand>(
  [
    ask('SignAgreement', {
      parties: fc.constantFrom(['agency', 'oak'], ['oak', 'agency'], ['agency', 'oak', 'ash']),
      purpose: fc.constant('early-help'),
      lawfulBases: fc.constant(['uk-gdpr-6-1-e', 'uk-gdpr-9-2-g']),
      content: fc.constantFrom(['household', 'contact'], ['household']),
      notice: fc.constant(['caseload']),
      existence: fc.constant([]),
      from: fc.constantFrom('2026-03-01', '2026-03-01', '2026-04-01', '2026-02-30'),
      until: fc.constant('2026-12-31'),
      signatories: fc.constant(signatories),
      takesBackAtExpiry: takesBack,
    }),
    ask('BringAgreementIntoForce'),
    ask('NarrowAgreement', {
      content: fc.constantFrom(['household'], ['contact'], []),
      notice: fc.constantFrom(['caseload'], []),
      existence: fc.constantFrom(['household'], []),
      reason: fc.constant('more-than-needed'),
      signatories: fc.constant(signatories),
      takesBack,
    }),
    ask('ExpireAgreement'),
  ],
  // Ended, never withdrawn.
  ask('EndAgreement', {
    reason: fc.constant('replaced'),
    endedBy: fc.constantFrom('agency', 'ash'),
    takesBack,
  }),
);
export const glasses = steps<GlassCommand>(
  [
    ask('RecordGlassBroken', {
      familyId: fc.constant(familyId),
      hub: fc.constant(hub),
      worker: fc.constantFrom('worker-1', 'worker-2'),
      reason: fc.constant('risk-of-harm'),
      minutes: fc.constantFrom(60, 15),
    }),
    ask('RecordGlassEnded', { ending: fc.constantFrom('time', 'by-hand') }),
  ],
  // Reviewed, never withdrawn.
  ask('RecordGlassReviewed', {
    outcome: fc.constantFrom('justified', 'not-justified'),
    worker: fc.constant('worker-3'),
  }),
);
const holdGround = fc.constantFrom('litigation', 'complaint');
export const erasures = steps<ErasureCommand>(
  [
    ask('ProposeShredding', {
      holder: fc.constantFrom('elm', 'elm', 'oak'),
      recordClasses: fc.constantFrom(['contact'], ['contact'], []),
      ground: fc.constant('retention-ended'),
    }),
    ask('ConfirmShredding', {}, 'proposalId'),
    ask('LiftLegalHold', { ground: holdGround, reason: fc.constant('concluded') }),
    ask('DeclineShredding', { reason: fc.constant('not-due') }, 'proposalId'),
  ],
  // Held seldom, so that stories get far.
  ask('PlaceLegalHold', { ground: holdGround }),
);
const outcomes = fc.uniqueArray(fc.constantFrom(...contactOutcomes), { maxLength: 3 });
const contactId = { contactId: fc.constantFrom(ids[0], ids[0], ids[0], ids[1]) };
export const referrals = steps<ReferralCommand>(
  [
    ask('RaiseReferral', {
      familyId: fc.constant(familyId),
      childIds: someIds,
      from: fc.constant(centre),
      to: fc.constantFrom(hub, hub, hub, centre),
      need: fc.constant('N1'),
      level: fc.constant('4'),
      statement: fc.constant('reported'),
      parentsInformed: fc.constantFrom('informed-agree', 'informed-disagree', 'not-informed'),
      concern: anyText,
    }),
    ask('AcknowledgeReferral', contactId),
    ask('AcceptReferral', { outcomes }),
    ask('AcceptReferral', { outcomes: fc.constant(['new-referral']) }),
    ask('RecordReferrerTold', contactId),
    ask('ReturnReferral', { outcomes, reason: fc.constantFrom(...returnReasons) }),
    ask('RecordReferrerTold', contactId),
    ask('CloseReferral', contactId),
  ],
  withdrawal(),
);
const reception = {
  hub: fc.constantFrom(hub, hub, hub, centre),
  channel: fc.constant('phone'),
  source: fc.constantFrom('6', '9'),
  concern: anyText,
};
export const contacts = steps<ContactCommand>(
  [
    ask('ReceiveContact', {
      ...reception,
      source: fc.constantFrom('1B', '1B', '6'),
      callerDetails: anyText,
      wishesAnonymity: fc.boolean(),
    }),
    ask('ReceiveContact', {
      ...reception,
      referralId: fc.constant(derivedId('spec', 'referral')),
      referrer: fc.constant(centre),
      familyId: fc.constant(familyId),
      childIds: someIds,
    }),
    ask('LinkContact', { familyId: fc.constant(familyId), childIds: someIds }),
    ask('RateContact', { rating: fc.constantFrom(...ratings), reason: anyText }),
    ask('DecideContact', { outcomes, rationale: anyText, decidedBy: fc.constant('manager-1') }),
    ask('DecideContact', {
      outcomes,
      rationale: anyText,
      decidedBy: fc.constant('manager-1'),
      returnReason: fc.constantFrom(...returnReasons),
    }),
    ask('GiveFeedback', { channel: fc.constant('phone'), words: anyText }),
    ask('RecordContactInError', { reason: fc.constant('duplicate') }),
  ],
  withdrawal(),
);
