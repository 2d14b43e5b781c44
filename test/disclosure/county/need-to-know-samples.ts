import type { Step } from './sample-steps.js';
import { boxes, CENTRE, F, HUB, id } from './sample-steps.js';

const entry = { familyId: F, hub: HUB };
const kept = (type: Step[0], data: Record<string, unknown>): Step => [
  type,
  `sharing-${F}`,
  { owner: HUB, family: F, data },
];
const shielded = (type: Step[0], data: Record<string, unknown>): Step => [
  type,
  `shielding-${F}`,
  { family: F, data },
];
const consentId = id('consent');
const consented = kept('ConsentRecorded', {
  ...entry,
  consentId,
  whose: 'parents',
  parties: ['elm-centres', 'east-trust'],
  content: ['household'],
  ...boxes('words'),
});
const confidential = shielded('AddressMadeConfidential', {
  familyId: F,
  ground: 'domestic-abuse',
});

/** What leads to each decision to share, consent and confidential address, ending with it. */
export const ofNeedToKnow: Readonly<Record<string, readonly Step[]>> = {
  SharingDecided: [
    kept('SharingDecided', {
      ...entry,
      agency: 'childrens-centre',
      recipient: CENTRE,
      channel: 'email',
      consent: 'not-asked',
      groundOverridden: 'raises-harm',
      ...boxes('reason', 'words'),
    }),
  ],
  SharingDeclined: [
    kept('SharingDeclined', {
      ...entry,
      agency: 'childrens-centre',
      recipient: CENTRE,
      because: 'not-necessary',
      ...boxes('reason'),
    }),
  ],
  ViewsRecorded: [
    kept('ViewsRecorded', {
      ...entry,
      whose: 'parents',
      informed: 'not-informed',
      groundNotInformed: 'delay',
      ...boxes('words'),
    }),
  ],
  ConsentRecorded: [consented],
  ConsentWithdrawn: [consented, kept('ConsentWithdrawn', { consentId, takesBack: true })],
  AddressMadeConfidential: [confidential],
  AddressConfidentialityEnded: [
    confidential,
    shielded('AddressConfidentialityEnded', { reason: 'family-asked' }),
  ],
};
