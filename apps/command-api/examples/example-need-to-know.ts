import type { CommandRoute } from '../authorisation.js';
import type { ExampleCommand } from './example-commands.js';
import { people } from './example-county.js';

export const consentTerms = {
  whose: 'parents',
  parties: ['larkfield-centres', 'fairholme-health'],
  content: ['household', 'reviews'],
  words: 'Asked at home; both said yes',
} as const;

const as = people.triage;
const stranger = people.otherManager;

/** What is recorded of decisions to share, consent and confidential addresses. */
export const needToKnowCommands = {
  'POST /v1/sharing/:familyId/shared': {
    as,
    stranger,
    path: ({ familyId }) => `/v1/sharing/${familyId}/shared`,
    body: () => ({
      agency: 'school',
      channel: 'email',
      consent: 'not-asked',
      groundOverridden: 'raises-harm',
      reason: 'The school sees the brother every day',
      words: 'Please ring us if he does not come',
    }),
  },
  'POST /v1/sharing/:familyId/not-shared': {
    as,
    stranger,
    path: ({ familyId }) => `/v1/sharing/${familyId}/not-shared`,
    body: () => ({
      agency: 'housing',
      because: 'not-proportionate',
      reason: 'A date to move in is all that is needed',
    }),
  },
  'POST /v1/sharing/:familyId/views': {
    as,
    stranger,
    path: ({ familyId }) => `/v1/sharing/${familyId}/views`,
    body: () => ({ whose: 'parents', informed: 'informed-disagree', words: 'Leave us be' }),
  },
  'POST /v1/sharing/:familyId/consents': {
    as,
    stranger,
    path: ({ familyId }) => `/v1/sharing/${familyId}/consents`,
    body: () => consentTerms,
  },
  'POST /v1/sharing/:familyId/consent-withdrawals': {
    as,
    stranger,
    path: ({ familyId }) => `/v1/sharing/${familyId}/consent-withdrawals`,
    body: ({ consentId }) => ({ consentId, takesBack: true }),
  },
  'POST /v1/shielding/:familyId': {
    as: people.larkfieldWorker,
    stranger: people.brookWorker,
    path: ({ familyId }) => `/v1/shielding/${familyId}`,
    body: () => ({ ground: 'domestic-abuse' }),
  },
  'POST /v1/shielding/:familyId/end': {
    as,
    stranger,
    path: ({ familyId }) => `/v1/shielding/${familyId}/end`,
    body: () => ({ reason: 'no-longer-a-risk' }),
  },
} as const satisfies Readonly<Partial<Record<CommandRoute, ExampleCommand>>>;
