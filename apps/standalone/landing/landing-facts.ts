import { demonstrationPassword, demonstrationUsers } from '../../sign-in/demonstration-users.js';
import type { DemonstrationAgency } from '../agencies.js';
import { demonstrationAgencies } from '../agencies.js';
import type { SharedApp } from '../configuration.js';
import type { LandingFacts } from './landing.presenter.js';

export interface LandingParts {
  readonly addressOf: (app: SharedApp) => URL;
  readonly addressOfAgency: (agency: DemonstrationAgency) => URL;
  readonly progress: string;
}

export function landingFacts(parts: LandingParts): LandingFacts {
  const commandApi = parts.addressOf('command-api');
  return {
    password: demonstrationPassword,
    progress: parts.progress,
    agencies: demonstrationAgencies.map((agency) => ({
      name: agency.name,
      purpose: agency.purpose,
      address: parts.addressOfAgency(agency).href,
      people: demonstrationUsers.filter(({ recipient }) => recipient === agency.recipient),
    })),
    interfaces: [
      {
        name: 'Commands, as OpenAPI 3.1',
        address: new URL('/openapi.json', commandApi).href,
      },
      {
        name: 'Whether commands are taken just now',
        address: new URL('/health/ready', commandApi).href,
      },
      {
        name: 'Whether feeds are being told just now',
        address: new URL('/health/ready', parts.addressOf('feed-relay')).href,
      },
    ],
  };
}
