import type { DynamicModule } from '@nestjs/common';
import { agencyDatabase } from '@common-thread/adapters/postgres/agency-database';
import { HouseholdReader } from '@common-thread/adapters/postgres/household-reader';
import { Agency } from '@common-thread/platform/pages/agency';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import type { Pool } from 'pg';
import { ConfidentialAddressPageRoutes } from './confidential-address/confidential-address.page.js';
import { FamilyHistoryPageRoutes } from './family-history/family-history.page.js';
import { FamilyHistoryQueries } from './family-history/queries.js';
import { OurFamiliesPageRoutes } from './our-families/our-families.page.js';
import { OurFamiliesQueries } from './our-families/queries.js';
import { OurReferralsPageRoutes } from './our-referrals/our-referrals.page.js';
import { OurReferralsQueries } from './our-referrals/queries.js';
import { RecordSessionPageRoutes } from './record-session/record-session.page.js';
import { ReferFamilyPageRoutes } from './refer-family/refer-family.page.js';
import { RegisterFamilyPageRoutes } from './register-family/register-family.page.js';

/** One provider of children's centres: its families, their histories, and its referrals. */
export class ChildrensCentreModule {
  static onPool(pool: Pool): DynamicModule {
    return {
      module: ChildrensCentreModule,
      controllers: [
        OurFamiliesPageRoutes,
        RegisterFamilyPageRoutes,
        RecordSessionPageRoutes,
        ReferFamilyPageRoutes,
        ConfidentialAddressPageRoutes,
        FamilyHistoryPageRoutes,
        OurReferralsPageRoutes,
      ],
      providers: [
        {
          provide: DirectoryNamesReader,
          inject: [Agency],
          useFactory: (agency: Agency) =>
            new DirectoryNamesReader(agencyDatabase(pool, agency.recipient), agency),
        },
        {
          provide: HouseholdReader,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new HouseholdReader(agencyDatabase(pool, recipient)),
        },
        {
          provide: OurFamiliesQueries,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new OurFamiliesQueries(agencyDatabase(pool, recipient)),
        },
        {
          provide: FamilyHistoryQueries,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new FamilyHistoryQueries(agencyDatabase(pool, recipient)),
        },
        {
          provide: OurReferralsQueries,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new OurReferralsQueries(agencyDatabase(pool, recipient)),
        },
      ],
    };
  }
}
