import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AgencyAppOptions } from '@common-thread/platform/pages/agency-app';
import { createAgencyApp } from '@common-thread/platform/pages/agency-app';
import { ChildrensCentreModule } from './childrens-centre.module.js';

/** The app of one provider of children's centres: not listening yet. */
export function createChildrensCentre(options: AgencyAppOptions): Promise<NestFastifyApplication> {
  const names = {
    service: 'Children’s centre',
    roles: ['centre-worker'] as const,
    navigation: [
      { text: 'Our families', href: '/' },
      { text: 'Our referrals', href: '/referrals' },
    ],
  };
  return createAgencyApp(options, names, ChildrensCentreModule.onPool(options.pool));
}
