import type { Role } from '@common-thread/platform/actor';
import type { RelationName } from './authorisation/relations.js';
import type { CommandType } from './commands/deciders.js';

/*
 * Who may send what. One line a route: the roles that may use it and, for each command it issues, the
 * relation of the caller to what the command is about (authorisation/relations.ts says what each asks).
 * A role that is not named is told so; somebody unrelated is told exactly what is told of an id that
 * does not exist. A route without a line answers nobody.
 */

export interface Declaration {
  readonly roles: readonly Role[];
  readonly commands: Readonly<Partial<Record<CommandType, RelationName>>>;
}

const frontLine = ['centre-worker', 'health-visitor', 'hub-triage', 'hub-manager'] as const;
const hub = ['hub-triage', 'hub-manager'] as const;
const referrers = ['centre-worker', 'health-visitor'] as const;

export const authorisation = {
  // ── People and families ─────────────────────────────────────────────────────────────────────────
  'POST /v1/people': {
    roles: frontLine,
    commands: { RegisterPerson: 'nobody-known-yet' },
  },
  'POST /v1/people/:personId/birth': {
    roles: frontLine,
    commands: { RecordBirth: 'person-in-reach' },
  },
  'POST /v1/people/:personId/corrections': {
    roles: frontLine,
    commands: { CorrectPersonDetails: 'person-in-reach' },
  },
  'POST /v1/people/:personId/withdrawals': {
    roles: frontLine,
    commands: { WithdrawRecord: 'recorded-by-us' },
  },
  'POST /v1/families/:familyId/members': {
    roles: frontLine,
    commands: { RegisterPerson: 'nobody-known-yet', BeginMembership: 'member-identified' },
  },
  'POST /v1/families/:familyId/relationships': {
    roles: frontLine,
    commands: { RecordRelationship: 'family-in-reach' },
  },
  'POST /v1/families/:familyId/withdrawals': {
    roles: frontLine,
    commands: { WithdrawRecord: 'recorded-by-us' },
  },
  'POST /v1/memberships/:membershipId/address': {
    roles: frontLine,
    commands: { ChangeAddress: 'family-in-reach' },
  },
  'POST /v1/memberships/:membershipId/address-corrections': {
    roles: frontLine,
    commands: { CorrectAddress: 'family-in-reach' },
  },
  'POST /v1/memberships/:membershipId/end': {
    roles: frontLine,
    commands: { EndMembership: 'family-in-reach' },
  },
  'POST /v1/memberships/:membershipId/withdrawals': {
    roles: frontLine,
    commands: { WithdrawRecord: 'recorded-by-us' },
  },

  // ── Children's centres ──────────────────────────────────────────────────────────────────────────
  'POST /v1/registrations': {
    roles: ['centre-worker'],
    commands: {
      RegisterPerson: 'nobody-known-yet',
      BeginMembership: 'family-identified',
      BeginCentreRegistration: 'family-identified',
    },
  },
  'POST /v1/registrations/:registrationId/end': {
    roles: ['centre-worker'],
    commands: { EndCentreRegistration: 'own-record' },
  },
  'POST /v1/registrations/:registrationId/attendances': {
    roles: ['centre-worker'],
    commands: { RecordAttendance: 'own-record' },
  },
  'POST /v1/registrations/:registrationId/not-brought': {
    roles: ['centre-worker'],
    commands: { RecordChildNotBrought: 'own-record' },
  },
  'POST /v1/registrations/:registrationId/withdrawals': {
    roles: ['centre-worker'],
    commands: { WithdrawRecord: 'own-record' },
  },

  // ── Health visiting ─────────────────────────────────────────────────────────────────────────────
  'POST /v1/caseloads': {
    roles: ['health-visitor'],
    commands: {
      RegisterPerson: 'nobody-known-yet',
      BeginMembership: 'family-identified',
      BeginCaseload: 'family-identified',
    },
  },
  'POST /v1/caseloads/:caseloadId/end': {
    roles: ['health-visitor'],
    commands: { EndCaseload: 'own-record' },
  },
  'POST /v1/caseloads/:caseloadId/reviews-held': {
    roles: ['health-visitor'],
    commands: { RecordReviewHeld: 'own-record' },
  },
  'POST /v1/caseloads/:caseloadId/reviews-missed': {
    roles: ['health-visitor'],
    commands: { RecordReviewMissed: 'own-record' },
  },
  'POST /v1/caseloads/:caseloadId/withdrawals': {
    roles: ['health-visitor'],
    commands: { WithdrawRecord: 'own-record' },
  },

  // ── Referrals to the hub ────────────────────────────────────────────────────────────────────────
  'POST /v1/referrals': {
    roles: referrers,
    commands: { RaiseReferral: 'family-in-reach' },
  },
  'POST /v1/referrals/:referralId/withdrawals': {
    roles: referrers,
    commands: { WithdrawRecord: 'own-record' },
  },

  // ── The hub's front door: triage rates and tells, a manager decides ─────────────────────────────
  'POST /v1/contacts': {
    roles: hub,
    commands: { ReceiveContact: 'looked-up' },
  },
  'POST /v1/contacts/:contactId/links': {
    roles: hub,
    commands: {
      RegisterPerson: 'nobody-known-yet',
      BeginMembership: 'family-identified',
      LinkContact: 'own-record-looked-up',
    },
  },
  'POST /v1/contacts/:contactId/rating': {
    roles: hub,
    commands: { RateContact: 'own-record' },
  },
  'POST /v1/contacts/:contactId/decision': {
    roles: ['hub-manager'],
    commands: { DecideContact: 'own-record' },
  },
  'POST /v1/contacts/:contactId/feedback': {
    roles: hub,
    commands: { GiveFeedback: 'own-record' },
  },
  'POST /v1/contacts/:contactId/error': {
    roles: hub,
    commands: { RecordContactInError: 'own-record' },
  },
  'POST /v1/contacts/:contactId/withdrawals': {
    roles: hub,
    commands: { WithdrawRecord: 'own-record' },
  },

  // ── Restricted records: a hub's manager, on the authority the record names ──────────────────────
  'POST /v1/restrictions/:familyId': {
    roles: ['hub-manager'],
    commands: { RestrictFamily: 'known-family' },
  },
  'POST /v1/restrictions/:familyId/reviews': {
    roles: ['hub-manager'],
    commands: { ReviewRestriction: 'own-record' },
  },
  'POST /v1/restrictions/:familyId/lift': {
    roles: ['hub-manager'],
    commands: { LiftRestriction: 'own-record' },
  },

  // ── Need to know: a hub decides with the matter in hand; consent may be withdrawn whenever it is ─
  'POST /v1/sharing/:familyId/shared': {
    roles: hub,
    commands: { DecideToShare: 'family-in-reach' },
  },
  'POST /v1/sharing/:familyId/not-shared': {
    roles: hub,
    commands: { DecideNotToShare: 'family-in-reach' },
  },
  'POST /v1/sharing/:familyId/views': {
    roles: hub,
    commands: { RecordViews: 'family-in-reach' },
  },
  'POST /v1/sharing/:familyId/consents': {
    roles: hub,
    commands: { RecordConsent: 'family-in-reach' },
  },
  'POST /v1/sharing/:familyId/consent-withdrawals': {
    roles: hub,
    commands: { WithdrawConsent: 'own-record' },
  },
  'POST /v1/shielding/:familyId': {
    roles: frontLine,
    commands: { MakeAddressConfidential: 'family-in-reach' },
  },
  'POST /v1/shielding/:familyId/end': {
    roles: hub,
    commands: { EndAddressConfidentiality: 'family-in-reach' },
  },

  // ── Sharing agreements: the hub's officers sign; those of a party narrow and end as well ─────────
  'POST /v1/agreements': {
    roles: ['information-governance'],
    commands: { SignAgreement: 'of-the-county' },
  },
  'POST /v1/agreements/:agreementId/narrowing': {
    roles: ['information-governance'],
    commands: { NarrowAgreement: 'agreement-of-ours' },
  },
  'POST /v1/agreements/:agreementId/end': {
    roles: ['information-governance'],
    commands: { EndAgreement: 'agreement-of-ours' },
  },

  // ── Erasure: officers of the hub, whose county runs the service ─────────────────────────────────
  'POST /v1/erasures/:personId/holds': {
    roles: ['information-governance'],
    commands: { PlaceLegalHold: 'known-person' },
  },
  'POST /v1/erasures/:personId/holds/lift': {
    roles: ['information-governance'],
    commands: { LiftLegalHold: 'known-person' },
  },
  'POST /v1/erasures/:personId/proposals': {
    roles: ['information-governance'],
    commands: { ProposeShredding: 'known-person' },
  },
  'POST /v1/erasures/:personId/confirmation': {
    roles: ['information-governance'],
    commands: { ConfirmShredding: 'known-person' },
  },
  'POST /v1/erasures/:personId/decline': {
    roles: ['information-governance'],
    commands: { DeclineShredding: 'known-person' },
  },

  // ── The disclosure table: an officer switches it, and says what of the past follows ──────────────
  'POST /v1/tables/switches': {
    roles: ['information-governance'],
    commands: { SwitchTable: 'of-the-county' },
  },
  'POST /v1/tables/redisclosures': {
    roles: ['information-governance'],
    commands: { RedisclosePast: 'of-the-county' },
  },
  'POST /v1/tables/withdrawals': {
    roles: ['information-governance'],
    commands: { WithdrawPast: 'of-the-county' },
  },

  // ── Public reference data ───────────────────────────────────────────────────────────────────────
  'POST /v1/organisations': {
    roles: ['information-governance'],
    commands: { RecordOrganisation: 'reference-data' },
  },
  'POST /v1/places': {
    roles: ['information-governance'],
    commands: { RecordPlace: 'reference-data' },
  },
} as const satisfies Readonly<Record<string, Declaration>>;

export type CommandRoute = keyof typeof authorisation;

const declarations: Readonly<Record<string, Declaration>> = authorisation;

/** What a route declares; undefined where it declares nothing, and then nobody may use it. */
export function declarationOf(route: string): Declaration | undefined {
  return Object.hasOwn(declarations, route) ? declarations[route] : undefined;
}

/**
 * What a reaction may issue in the name of the organisation whose record it continues. Reactions act
 * on what is recorded, not for a caller, so no relation is asked.
 */
export const reactionsMay: readonly CommandType[] = [
  'ReceiveContact',
  'AcknowledgeReferral',
  'AcceptReferral',
  'ReturnReferral',
  'RecordReferrerTold',
  'CloseReferral',
  'ScheduleReviews',
  'BringAgreementIntoForce',
  'ExpireAgreement',
  'RecordGlassBroken',
  'RecordGlassEnded',
  'RecordGlassReviewed',
];
