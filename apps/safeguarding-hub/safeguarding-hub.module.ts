import type { DynamicModule } from '@nestjs/common';
import { agencyDatabase } from '@common-thread/adapters/postgres/agency-database';
import { HouseholdReader } from '@common-thread/adapters/postgres/household-reader';
import { Agency } from '@common-thread/platform/pages/agency';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import type { Pool } from 'pg';
import { AgreementsPageRoutes } from './agreements/agreements.page.js';
import { BreakGlassPageRoutes } from './break-glass/break-glass.page.js';
import { GlassReviewPageRoutes } from './break-glass/review.page.js';
import { ContactDrawing } from './contact/contact-drawing.js';
import { ContactPageRoutes } from './contact/contact.page.js';
import { ViewingsPageRoutes } from './contact/viewings.page.js';
import { CopiesPageRoutes } from './copies-of-records/copies.page.js';
import { ErasuresPageRoutes } from './erasures/erasures.page.js';
import { HouseholdHistoryRoutes } from './household-history/household-history.routes.js';
import { HouseholdHistoryQueries } from './household-history/queries.js';
import { AccessReportPageRoutes } from './information-governance/access-report.page.js';
import { AuditPageRoutes } from './information-governance/audit.page.js';
import { LookUpPageRoutes } from './look-up/look-up.page.js';
import { Matches } from './look-up/matches.js';
import { NeedToKnowPageRoutes } from './need-to-know/need-to-know.page.js';
import { NeedToKnowQueries } from './need-to-know/queries.js';
import { ReceiveContactPageRoutes } from './receive-contact/receive-contact.page.js';
import { RestrictionQueries } from './restrictions/queries.js';
import { RestrictionsPageRoutes } from './restrictions/restrictions.page.js';
import { StaffPageRoutes } from './staff/staff.page.js';
import { TriageQueueQueries } from './triage-queue/queries.js';
import { TriageQueuePageRoutes } from './triage-queue/triage-queue.page.js';

/** A safeguarding hub: its queue, its contacts with the household's past beside them, and its look-up. */
export class SafeguardingHubModule {
  static onPool(pool: Pool): DynamicModule {
    return {
      module: SafeguardingHubModule,
      controllers: [
        TriageQueuePageRoutes,
        LookUpPageRoutes,
        ReceiveContactPageRoutes,
        ViewingsPageRoutes,
        ContactPageRoutes,
        AuditPageRoutes,
        AccessReportPageRoutes,
        ErasuresPageRoutes,
        CopiesPageRoutes,
        StaffPageRoutes,
        AgreementsPageRoutes,
        BreakGlassPageRoutes,
        GlassReviewPageRoutes,
        RestrictionsPageRoutes,
        NeedToKnowPageRoutes,
        HouseholdHistoryRoutes,
      ],
      providers: [
        ContactDrawing,
        Matches,
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
          provide: TriageQueueQueries,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new TriageQueueQueries(agencyDatabase(pool, recipient)),
        },
        {
          provide: RestrictionQueries,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new RestrictionQueries(agencyDatabase(pool, recipient)),
        },
        {
          provide: NeedToKnowQueries,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new NeedToKnowQueries(agencyDatabase(pool, recipient)),
        },
        {
          provide: HouseholdHistoryQueries,
          inject: [Agency],
          useFactory: ({ recipient }: Agency) =>
            new HouseholdHistoryQueries(agencyDatabase(pool, recipient)),
        },
      ],
    };
  }
}
