import type { DynamicModule } from '@nestjs/common';
import { AgreementsController } from './agreements/agreements.controller.js';
import { AuditController } from './auditing/audit.controller.js';
import { BreakGlassController } from './break-glass/break-glass.controller.js';
import { DraftsController } from './drafts/drafts.controller.js';
import { ErasuresController } from './erasing/erasures.controller.js';
import { DerivingController } from './for-command-api/deriving.controller.js';
import { FollowingController } from './for-command-api/following.controller.js';
import { GlassOutboxController } from './for-command-api/glass-outbox.controller.js';
import { MatchingController } from './for-command-api/matching.controller.js';
import { SealingController } from './for-command-api/sealing.controller.js';
import { LookUpController } from './look-up/look-up.controller.js';
import { OpenApiController, OpenApiDocument } from './open-api.js';
import { RevealController } from './revealing/reveal.controller.js';
import { StaffController } from './staff/staff.controller.js';
import { StandingController } from './staff/standing.controller.js';
import { SubjectAccessController } from './subject-access/subject-access.controller.js';
import { VaultCore } from './vault-core.js';

export class VaultModule {
  static of(core: VaultCore): DynamicModule {
    return {
      module: VaultModule,
      controllers: [
        RevealController,
        LookUpController,
        DraftsController,
        AuditController,
        BreakGlassController,
        ErasuresController,
        AgreementsController,
        StaffController,
        StandingController,
        SubjectAccessController,
        SealingController,
        MatchingController,
        DerivingController,
        FollowingController,
        GlassOutboxController,
        OpenApiController,
      ],
      providers: [{ provide: VaultCore, useValue: core }, OpenApiDocument],
    };
  }
}
