import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import type { CommandRoute } from '../authorisation.js';
import type { ExampleCommand } from './example-commands.js';
import { people } from './example-county.js';

const agreementTerms = agreedByAll(['larkfield-centres', 'brook-and-vale']);
const past = {
  tableVersion: 1,
  recordedUnder: [1],
  kinds: ['attendance'],
  recipients: ['fairholme-health.health-visiting'],
  signedBy: 'fairholme-hub/information-governance-lead',
};
const partiesOfAll = [
  'larkfield-centres',
  'brook-and-vale',
  'fairholme-health',
  'fairholme-hub',
  'other-hub',
];

/** What is recorded of sharing agreements and of the disclosure table. */
export const agreementCommands = {
  'POST /v1/agreements': {
    as: people.governance,
    // A party to what is signed: one of them alone brings nothing into force.
    stranger: people.partyGovernance,
    path: () => '/v1/agreements',
    body: () => agreementTerms,
  },
  'POST /v1/agreements/:agreementId/narrowing': {
    as: people.governance,
    stranger: people.strangeGovernance,
    path: ({ agreementId }) => `/v1/agreements/${agreementId}/narrowing`,
    body: () => ({
      content: ['household'],
      signatories: agreedByAll(partiesOfAll).signatories,
      reason: 'more-than-needed',
      takesBack: false,
    }),
  },
  'POST /v1/agreements/:agreementId/end': {
    as: people.governance,
    stranger: people.strangeGovernance,
    path: ({ agreementId }) => `/v1/agreements/${agreementId}/end`,
    body: () => ({ reason: 'replaced', endedBy: 'larkfield-centres', takesBack: false }),
  },
  'POST /v1/tables/switches': {
    as: people.governance,
    stranger: people.strangeGovernance,
    path: () => '/v1/tables/switches',
    body: () => ({
      tableVersion: 2,
      insteadOf: 1,
      signedBy: 'fairholme-hub/information-governance-lead',
    }),
  },
  'POST /v1/tables/redisclosures': {
    as: people.governance,
    stranger: people.strangeGovernance,
    path: () => '/v1/tables/redisclosures',
    body: () => ({ ...past, from: '2026-01-05', until: '2026-03-01', reason: 'table-changed' }),
  },
  'POST /v1/tables/withdrawals': {
    as: people.governance,
    stranger: people.strangeGovernance,
    path: () => '/v1/tables/withdrawals',
    body: () => ({ ...past, reason: 'told-in-error' }),
  },
} as const satisfies Readonly<Partial<Record<CommandRoute, ExampleCommand>>>;
