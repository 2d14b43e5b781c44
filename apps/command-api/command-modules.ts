import type { DynamicModule, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { Matching } from '@common-thread/domain/matching';
import { AgreementsRoutes } from './agreements/agreements.routes.js';
import { PolicyFollower } from './authorisation/policy-follower.js';
import { Commands } from './commands.js';
import { ContactsRoutes } from './contacts/contacts.routes.js';
import { Linking } from './contacts/linking.js';
import { Beginning } from './engagement/beginning.js';
import { CaseloadsRoutes } from './engagement/caseloads.routes.js';
import { OwnPlaces } from './engagement/own-places.js';
import { RegistrationsRoutes } from './engagement/registrations.routes.js';
import { ErasuresRoutes } from './erasure/erasures.routes.js';
import { FamiliesRoutes } from './families/families.routes.js';
import { Joining } from './families/joining.js';
import { MembershipsRoutes } from './families/memberships.routes.js';
import { InForce } from './http/in-force.js';
import { Submitting } from './http/submitting.js';
import { Enrolment } from './identification/enrolment.js';
import { Identification } from './identification/identification.js';
import { PeopleRoutes } from './people/people.routes.js';
import { SharingRoutes } from './need-to-know/sharing.routes.js';
import { ShieldingRoutes } from './need-to-know/shielding.routes.js';
import { ProvisionRoutes } from './provision/provision.routes.js';
import { Records } from './records.js';
import { RestrictionsRoutes } from './restrictions/restrictions.routes.js';
import { TablesRoutes } from './tables/tables.routes.js';
import { ReferralsRoutes } from './referrals/referrals.routes.js';

@Module({
  providers: [Identification, Enrolment],
  exports: [Enrolment, Identification],
})
export class IdentificationModule {}

@Module({ controllers: [PeopleRoutes] })
export class PeopleModule {}

@Module({
  imports: [IdentificationModule],
  controllers: [FamiliesRoutes, MembershipsRoutes],
  providers: [Joining],
})
export class FamiliesModule {}

@Module({
  imports: [IdentificationModule],
  controllers: [RegistrationsRoutes, CaseloadsRoutes],
  providers: [Beginning, OwnPlaces],
})
export class EngagementModule {}

@Module({ controllers: [ReferralsRoutes] })
export class ReferralsModule {}

@Module({
  imports: [IdentificationModule],
  controllers: [ContactsRoutes],
  providers: [Linking],
})
export class ContactsModule {}

@Module({ controllers: [RestrictionsRoutes] })
export class RestrictionsModule {}

@Module({ controllers: [AgreementsRoutes] })
export class AgreementsModule {}

@Module({ controllers: [ErasuresRoutes] })
export class ErasureModule {}

@Module({ controllers: [TablesRoutes] })
export class TablesModule {}

@Module({ controllers: [SharingRoutes, ShieldingRoutes] })
export class NeedToKnowModule {}

@Module({ controllers: [ProvisionRoutes] })
export class ProvisionModule {}

/** One module a context of the domain, in the order of the published document. */
export const contextModules: readonly Type[] = [
  PeopleModule,
  FamiliesModule,
  EngagementModule,
  ReferralsModule,
  ContactsModule,
  RestrictionsModule,
  NeedToKnowModule,
  AgreementsModule,
  ErasureModule,
  TablesModule,
  ProvisionModule,
];

/** What every context's routes stand on. */
export interface CommandPorts {
  readonly commands: Commands;
  readonly records: Records;
  readonly policy: PolicyFollower;
  readonly matching: Matching;
  readonly inForce: InForce;
}

class SharedPorts {}

/** The ports, once for all modules. */
export function sharedPorts(ports: CommandPorts): DynamicModule {
  return {
    module: SharedPorts,
    global: true,
    providers: [
      { provide: Commands, useValue: ports.commands },
      { provide: Records, useValue: ports.records },
      { provide: PolicyFollower, useValue: ports.policy },
      { provide: Matching, useValue: ports.matching },
      { provide: InForce, useValue: ports.inForce },
      Submitting,
    ],
    exports: [Commands, Records, PolicyFollower, Matching, InForce, Submitting],
  };
}
