import type { EventContext, RecordedEvent } from '@common-thread/eventing/event-codec';
import { EventCodec } from '@common-thread/eventing/event-codec';
import type { GlassEvent } from './break-glass/events.js';
import { glassContext } from './break-glass/events.js';
import type { CaseloadEvent, RegistrationEvent } from './engagement/events.js';
import { caseloadContext, registrationContext } from './engagement/events.js';
import type { ErasureEvent } from './erasure/events.js';
import { erasureContext } from './erasure/events.js';
import type { FamilyEvent, MembershipEvent } from './family/events.js';
import { familyContext, membershipContext } from './family/events.js';
import type { FamilySharingEvent, ShieldingEvent } from './need-to-know/events.js';
import { familySharingContext, shieldingContext } from './need-to-know/events.js';
import type { PersonEvent } from './person/events.js';
import { personContext } from './person/events.js';
import type { OrganisationEvent, PlaceEvent } from './provision/events.js';
import { organisationContext, placeContext } from './provision/events.js';
import type { ReferralEvent } from './referral/events.js';
import { referralContext } from './referral/events.js';
import type { RestrictionEvent } from './restriction/events.js';
import { restrictionContext } from './restriction/events.js';
import type { ContactEvent } from './safeguarding/events.js';
import { contactContext } from './safeguarding/events.js';
import type { AgreementEvent } from './sharing/events.js';
import { agreementContext } from './sharing/events.js';
import type { TableEvent } from './sharing/table-events.js';
import { tableContext } from './sharing/table-events.js';

/** Every event of every context. */
export type CommonThreadEvent =
  | PersonEvent
  | MembershipEvent
  | FamilyEvent
  | OrganisationEvent
  | PlaceEvent
  | RegistrationEvent
  | CaseloadEvent
  | ReferralEvent
  | ContactEvent
  | RestrictionEvent
  | AgreementEvent
  | GlassEvent
  | ErasureEvent
  | TableEvent
  | FamilySharingEvent
  | ShieldingEvent;

export type RecordedCommonThreadEvent = RecordedEvent<CommonThreadEvent>;

/** Contexts by stream category. */
export const contexts: Readonly<Record<string, EventContext>> = {
  person: personContext,
  membership: membershipContext,
  family: familyContext,
  organisation: organisationContext,
  place: placeContext,
  registration: registrationContext,
  caseload: caseloadContext,
  referral: referralContext,
  contact: contactContext,
  restriction: restrictionContext,
  agreement: agreementContext,
  glass: glassContext,
  erasure: erasureContext,
  table: tableContext,
  sharing: familySharingContext,
  shielding: shieldingContext,
};

export const codec = new EventCodec(Object.values(contexts));
