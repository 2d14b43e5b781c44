import { household } from './declared.js';
import type { TestRecipient } from './places.js';

/** Kinds of fact as agreements name them. */
const kinds: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    household: household.join(' '),
    registration: 'CentreRegistrationBegan CentreRegistrationEnded',
    attendance: 'SessionAttended ChildNotBrought',
    caseload: 'CaseloadBegan CaseloadEnded',
    reviews: 'ReviewDue ReviewHeld ReviewMissed',
    referral: 'ReferralRaised ReferralAcknowledged ReferrerTold ReferralClosed',
    contact:
      'ContactReceived AnonymityRequested ContactLinked ContactRated ContactRerated FeedbackGiven ' +
      'ContactRecordedInError',
    decision: 'ReferralAccepted ReferralReturned ContactDecided',
  }).flatMap(([kind, types]) => types.split(' ').map((type) => [type, kind])),
);
/** The kind of fact an event is, as agreements and whoever tells of the past name it; undefined where none. */
export function kindOfType(type: string): string | undefined {
  return kinds[type];
}

const hubsByDuty = ['referral', 'contact', 'decision', undefined];

/** The kind of fact without an agreement about which nothing is told; undefined where none is needed. */
export function agreedKind(type: string, { audience }: TestRecipient): string | undefined {
  const kind = kinds[type];
  return audience === 'safeguarding-hub' && hubsByDuty.includes(kind) ? undefined : kind;
}
