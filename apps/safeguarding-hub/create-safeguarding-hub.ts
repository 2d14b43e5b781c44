import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AgencyAppOptions } from '@common-thread/platform/pages/agency-app';
import { createAgencyApp } from '@common-thread/platform/pages/agency-app';
import { SafeguardingHubModule } from './safeguarding-hub.module.js';

const triage = ['hub-triage', 'hub-manager'] as const;
const officers = ['information-governance'] as const;
const managers = ['hub-manager'] as const;
const reviewers = ['information-governance', 'hub-manager'] as const;

/** The app of one safeguarding hub: not listening yet. */
export function createSafeguardingHub(options: AgencyAppOptions): Promise<NestFastifyApplication> {
  const names = {
    service: 'Safeguarding hub',
    roles: [...triage, ...officers],
    navigation: [
      { text: 'Contacts in hand', href: '/', roles: triage },
      { text: 'Look up', href: '/look-up', roles: triage },
      { text: 'Record a contact', href: '/contacts/new', roles: triage },
      { text: 'Restricted records', href: '/restrictions', roles: managers },
      { text: 'Who looked', href: '/audit', roles: officers },
      { text: 'Sharing agreements', href: '/agreements', roles: officers },
      { text: 'Records to erase', href: '/erasures', roles: officers },
      { text: 'Copies of records', href: '/copies', roles: officers },
      { text: 'Staff', href: '/staff', roles: officers },
      { text: 'Broken glass', href: '/break-glass', roles: reviewers },
    ],
  };
  return createAgencyApp(options, names, SafeguardingHubModule.onPool(options.pool));
}
