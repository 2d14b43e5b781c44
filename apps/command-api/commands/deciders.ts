import type { Command, Decider } from '@common-thread/eventing/decider';
import type { GlassEvent } from '@common-thread/domain/break-glass/events';
import type { Glass, GlassCommand } from '@common-thread/domain/break-glass/glass';
import { glass } from '@common-thread/domain/break-glass/glass';
import type { Caseload, CaseloadCommand } from '@common-thread/domain/engagement/caseload';
import { caseload } from '@common-thread/domain/engagement/caseload';
import type { Erasure, ErasureCommand } from '@common-thread/domain/erasure/erasure';
import { erasure } from '@common-thread/domain/erasure/erasure';
import type { ErasureEvent } from '@common-thread/domain/erasure/events';
import type { CaseloadEvent, RegistrationEvent } from '@common-thread/domain/engagement/events';
import type {
  Registration,
  RegistrationCommand,
} from '@common-thread/domain/engagement/registration';
import { registration } from '@common-thread/domain/engagement/registration';
import type { FamilyEvent, MembershipEvent } from '@common-thread/domain/family/events';
import type { Family, FamilyCommand } from '@common-thread/domain/family/family';
import { family } from '@common-thread/domain/family/family';
import type { Membership, MembershipCommand } from '@common-thread/domain/family/membership';
import { membership } from '@common-thread/domain/family/membership';
import type {
  FamilySharingEvent,
  ShieldingEvent,
} from '@common-thread/domain/need-to-know/events';
import type {
  FamilySharing,
  FamilySharingCommand,
} from '@common-thread/domain/need-to-know/family-sharing';
import { familySharing } from '@common-thread/domain/need-to-know/family-sharing';
import type { Shielding, ShieldingCommand } from '@common-thread/domain/need-to-know/shielding';
import { shielding } from '@common-thread/domain/need-to-know/shielding';
import type { PersonEvent } from '@common-thread/domain/person/events';
import type { Person, PersonCommand } from '@common-thread/domain/person/person';
import { person } from '@common-thread/domain/person/person';
import type { OrganisationEvent, PlaceEvent } from '@common-thread/domain/provision/events';
import type {
  Organisation,
  OrganisationCommand,
} from '@common-thread/domain/provision/organisation';
import { organisation } from '@common-thread/domain/provision/organisation';
import type { Place, PlaceCommand } from '@common-thread/domain/provision/place';
import { place } from '@common-thread/domain/provision/place';
import type { ReferralEvent } from '@common-thread/domain/referral/events';
import type { Referral, ReferralCommand } from '@common-thread/domain/referral/referral';
import { referral } from '@common-thread/domain/referral/referral';
import type { Contact, ContactCommand } from '@common-thread/domain/safeguarding/contact';
import { contact } from '@common-thread/domain/safeguarding/contact';
import type { RestrictionEvent } from '@common-thread/domain/restriction/events';
import type {
  Restriction,
  RestrictionCommand,
} from '@common-thread/domain/restriction/restriction';
import { restriction } from '@common-thread/domain/restriction/restriction';
import type { ContactEvent } from '@common-thread/domain/safeguarding/events';
import type { Agreement, AgreementCommand } from '@common-thread/domain/sharing/agreement';
import { agreement } from '@common-thread/domain/sharing/agreement';
import type { AgreementEvent } from '@common-thread/domain/sharing/events';
import type { TableCommand, TableInForce } from '@common-thread/domain/sharing/table';
import { table } from '@common-thread/domain/sharing/table';
import type { TableEvent } from '@common-thread/domain/sharing/table-events';

/** The commands of each kind of stream. */
export interface CommandsOf {
  person: PersonCommand;
  membership: MembershipCommand;
  family: FamilyCommand;
  organisation: OrganisationCommand;
  place: PlaceCommand;
  registration: RegistrationCommand;
  caseload: CaseloadCommand;
  referral: ReferralCommand;
  contact: ContactCommand;
  restriction: RestrictionCommand;
  agreement: AgreementCommand;
  glass: GlassCommand;
  erasure: ErasureCommand;
  table: TableCommand;
  sharing: FamilySharingCommand;
  shielding: ShieldingCommand;
}

export interface EventsOf {
  person: PersonEvent;
  membership: MembershipEvent;
  family: FamilyEvent;
  organisation: OrganisationEvent;
  place: PlaceEvent;
  registration: RegistrationEvent;
  caseload: CaseloadEvent;
  referral: ReferralEvent;
  contact: ContactEvent;
  restriction: RestrictionEvent;
  agreement: AgreementEvent;
  glass: GlassEvent;
  erasure: ErasureEvent;
  table: TableEvent;
  sharing: FamilySharingEvent;
  shielding: ShieldingEvent;
}

interface StatesOf {
  person: Person;
  membership: Membership;
  family: Family;
  organisation: Organisation;
  place: Place;
  registration: Registration;
  caseload: Caseload;
  referral: Referral;
  contact: Contact;
  restriction: Restriction;
  agreement: Agreement;
  glass: Glass;
  erasure: Erasure;
  table: TableInForce;
  sharing: FamilySharing;
  shielding: Shielding;
}

export type Category = keyof CommandsOf;
export type CommandType = CommandsOf[Category]['type'];

/** The rules of each kind of stream. */
export const deciders: {
  readonly [Kind in Category]: Decider<CommandsOf[Kind], EventsOf[Kind], StatesOf[Kind]>;
} = {
  person,
  membership,
  family,
  organisation,
  place,
  registration,
  caseload,
  referral,
  contact,
  restriction,
  agreement,
  glass,
  erasure,
  table,
  sharing: familySharing,
  shielding,
};

type Asked<C> = C extends Command ? Pick<C, 'type' | 'data'> : never;

/** What is asked of one stream: `id` is the part behind its category. */
export type IntentOf<Kind extends Category> = {
  readonly category: Kind;
  readonly id: string;
} & Asked<CommandsOf[Kind]>;

export type Intent = { [Kind in Category]: IntentOf<Kind> }[Category];
