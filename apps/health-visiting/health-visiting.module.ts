import type { DynamicModule, OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { agencyDatabase } from '@common-thread/adapters/postgres/agency-database';
import { Agency } from '@common-thread/platform/pages/agency';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import type { Pool } from 'pg';
import { CaseloadHistoryPageRoutes } from './caseload-history/caseload-history.page.js';
import { CaseloadHistoryQueries } from './caseload-history/queries.js';
import { CaseloadPageRoutes } from './caseload/caseload.page.js';
import { LastLooked } from './caseload/last-looked.js';
import { CaseloadQueries } from './caseload/queries.js';
import { ConfidentialAddressPageRoutes } from './confidential-address/confidential-address.page.js';
import { LeaveCaseloadPageRoutes } from './leave-caseload/leave-caseload.page.js';
import { RecordBirthPageRoutes } from './record-birth/record-birth.page.js';
import { RecordReviewPageRoutes } from './record-review/record-review.page.js';
import { ReferFamilyPageRoutes } from './refer-family/refer-family.page.js';
import { TakeOnPageRoutes } from './take-on/take-on.page.js';

/** Makes the app's own table before anybody looks. */
@Injectable()
class OwnTables implements OnModuleInit {
  constructor(private readonly lastLooked: LastLooked) {}

  async onModuleInit(): Promise<void> {
    await this.lastLooked.prepare();
  }
}

/** One health visiting service: its caseload, its families' histories, and its reviews. */
export class HealthVisitingModule {
  static onPool(pool: Pool): DynamicModule {
    return {
      module: HealthVisitingModule,
      controllers: [
        TakeOnPageRoutes,
        LeaveCaseloadPageRoutes,
        RecordReviewPageRoutes,
        RecordBirthPageRoutes,
        ReferFamilyPageRoutes,
        ConfidentialAddressPageRoutes,
        CaseloadPageRoutes,
        CaseloadHistoryPageRoutes,
      ],
      providers: [
        OwnTables,
        {
          provide: DirectoryNamesReader,
          inject: [Agency],
          useFactory: (agency: Agency) =>
            new DirectoryNamesReader(agencyDatabase(pool, agency.recipient), agency),
        },
        {
          provide: LastLooked,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) => new LastLooked(agencyDatabase(pool, recipient)),
        },
        {
          provide: CaseloadQueries,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new CaseloadQueries(agencyDatabase(pool, recipient)),
        },
        {
          provide: CaseloadHistoryQueries,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new CaseloadHistoryQueries(agencyDatabase(pool, recipient)),
        },
      ],
    };
  }
}
