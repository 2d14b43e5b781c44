import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AgencyAppOptions } from '@common-thread/platform/pages/agency-app';
import { createAgencyApp } from '@common-thread/platform/pages/agency-app';
import { SafeguardingHubModule } from './safeguarding-hub.module.js';

/** The app of one safeguarding hub: not listening yet. */
export function createSafeguardingHub(options: AgencyAppOptions): Promise<NestFastifyApplication> {
  const names = {
    service: 'Safeguarding hub',
    roles: ['hub-triage', 'hub-manager'] as const,
    navigation: [
      { text: 'Contacts in hand', href: '/' },
      { text: 'Look up', href: '/look-up' },
      { text: 'Record a contact', href: '/contacts/new' },
    ],
  };
  return createAgencyApp(options, names, SafeguardingHubModule.onPool(options.pool));
}
