import type { NewEvent } from '@common-thread/eventing/event-log';

/** About 900 bytes: a referral with one sealed narrative. One body for all, to spare the collector. */
export const SEALED_REFERRAL: Omit<NewEvent, 'id'> = {
  type: 'ReferralRaised',
  version: 1,
  data: {
    familyId: '5f0f9a3e-6a53-5c0e-9f0a-0c1d2e3f4a5b',
    childIds: ['0c7e5b62-1f0f-5b64-8a3a-9d6f3f1f7a11', '7b1c2d3e-4f50-5162-8374-8595a6b7c8d9'],
    level: '4',
    concern: `box.v1.${'Qm94'.repeat(80)}`,
  },
  metadata: {
    commandId: '1a2b3c4d-5e6f-5071-8293-a4b5c6d7e8f9',
    fingerprint: `fp.v1.${'f'.repeat(43)}`,
    correlationId: '9f8e7d6c-5b4a-5938-8271-605f4e3d2c1b',
    organisation: 'larkfield-centres',
    recordedBy: 'e2f3a4b5-c6d7-5e8f-9a0b-1c2d3e4f5a6b',
    role: 'centre-worker',
    occurredAt: '2026-01-05T09:00:00.000Z',
    recordedAt: '2026-01-05T09:00:00.000Z',
  },
};
