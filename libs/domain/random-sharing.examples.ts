import { derivedId } from '@common-thread/eventing/identifiers';
import fc from 'fast-check';
import type { FamilySharingCommand } from './need-to-know/family-sharing.js';
import type { ShieldingCommand } from './need-to-know/shielding.js';
import { steps } from './random-commands.examples.js';
import { anyText, ask, centre, hub, takesBack } from './random-steps.examples.js';

const entry = { hub: fc.constantFrom(hub, hub, hub, centre, 'elsewhere.safeguarding-hub') };
const agency = { agency: fc.constantFrom('police', 'school') };
const ground = fc.constantFrom('raises-harm', 'delay');
/** Of the consents that the earlier steps gave. */
const consentId = fc.nat({ max: 20 }).map((nth) => derivedId(derivedId('random', nth), 'consent'));
const consented = {
  ...entry,
  whose: fc.constantFrom('parents', 'child'),
  parties: fc.constant(['elm', 'oak']),
  content: fc.constantFrom(['household'], ['household', 'reviews'], []),
  words: anyText,
};
export const sharings = steps<FamilySharingCommand>(
  [
    ask('DecideToShare', {
      ...entry,
      ...agency,
      channel: fc.constant('phone'),
      consent: fc.constantFrom('given', 'refused'),
      reason: anyText,
      words: anyText,
    }),
    ask('DecideToShare', {
      ...entry,
      ...agency,
      channel: fc.constant('email'),
      consent: fc.constant('not-asked'),
      groundOverridden: ground,
      reason: anyText,
      words: anyText,
    }),
    ask('DecideNotToShare', {
      ...entry,
      ...agency,
      because: fc.constant('not-necessary'),
      reason: anyText,
    }),
    ask('RecordViews', {
      ...entry,
      whose: fc.constantFrom('parents', 'child'),
      informed: fc.constantFrom('informed-agree', 'not-informed'),
      words: anyText,
    }),
    ask('RecordConsent', consented),
    ask('RecordConsent', consented),
  ],
  // Consent is withdrawn, an entry never.
  ask('WithdrawConsent', { consentId, takesBack }),
);
export const shieldings = steps<ShieldingCommand>(
  [ask('MakeAddressConfidential', { ground: fc.constant('domestic-abuse') })],
  ask('EndAddressConfidentiality', { reason: fc.constant('no-longer-a-risk') }),
);
