import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AgencyAppOptions } from '@common-thread/platform/pages/agency-app';
import { createAgencyApp } from '@common-thread/platform/pages/agency-app';
import { HealthVisitingModule } from './health-visiting.module.js';

/** The app of one health visiting service: not listening yet. */
export function createHealthVisiting(options: AgencyAppOptions): Promise<NestFastifyApplication> {
  const names = {
    service: 'Health visiting',
    roles: ['health-visitor'] as const,
    navigation: [{ text: 'Caseload', href: '/' }],
  };
  return createAgencyApp(options, names, HealthVisitingModule.onPool(options.pool));
}
