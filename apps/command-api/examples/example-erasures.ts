import type { CommandRoute } from '../authorisation.js';
import type { ExampleCommand } from './example-commands.js';
import type { ExampleCounty } from './example-county.js';
import { people } from './example-county.js';
import { mustRecord } from './example-family.js';

const as = people.governance;
const shredding = {
  holder: 'larkfield-centres',
  recordClasses: ['centre'],
  ground: 'retention-ended',
} as const;

/** Proposes that a provider’s notes of somebody are destroyed. Gives the proposal’s id. */
export async function shreddingProposed(county: ExampleCounty, personId: string): Promise<string> {
  await mustRecord(
    county.post(people.otherGovernance, `/v1/erasures/${personId}/proposals`, shredding),
  );
  return (await county.events()).findLast(({ type }) => type === 'ShreddingProposed')!.id;
}

/** What officers record of legal holds and erasure. */
export const erasureCommands = {
  'POST /v1/erasures/:personId/holds': {
    as,
    path: ({ parentId }) => `/v1/erasures/${parentId}/holds`,
    body: () => ({ ground: 'public-inquiry' }),
  },
  'POST /v1/erasures/:personId/holds/lift': {
    as,
    path: ({ parentId }) => `/v1/erasures/${parentId}/holds/lift`,
    body: () => ({ ground: 'public-inquiry', reason: 'concluded' }),
  },
  'POST /v1/erasures/:personId/proposals': {
    as,
    path: ({ parentId }) => `/v1/erasures/${parentId}/proposals`,
    body: () => shredding,
  },
  'POST /v1/erasures/:personId/confirmation': {
    as,
    path: ({ childId }) => `/v1/erasures/${childId}/confirmation`,
    body: ({ proposalId }) => ({ proposalId }),
  },
  'POST /v1/erasures/:personId/decline': {
    as,
    path: ({ childId }) => `/v1/erasures/${childId}/decline`,
    body: ({ proposalId }) => ({ proposalId, reason: 'still-needed' }),
  },
} as const satisfies Readonly<Partial<Record<CommandRoute, ExampleCommand>>>;
