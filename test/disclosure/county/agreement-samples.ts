import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import { organisations } from './places.js';
import type { Step } from './sample-steps.js';
import { id } from './sample-steps.js';

const agreement = `agreement-${id('agreement of all')}`;
/** Everybody tells everybody. */
export const everybodyAgreed: readonly Step[] = [
  ['AgreementSigned', agreement, { data: { ...agreedByAll(organisations) } }],
  ['AgreementTookEffect', agreement, { data: { agreementVersion: 1 } }],
];
const other = `agreement-${id('agreement')}`;
const agreedTerms = agreedByAll(['elm-centres', 'oak-centres']);
const otherAgreed: readonly Step[] = [
  ['AgreementSigned', other, { data: { ...agreedTerms } }],
  ['AgreementTookEffect', other, { data: { agreementVersion: 1 } }],
];

/** What leads to each event of an agreement, ending with it. */
export const ofAgreements: Readonly<Record<string, readonly Step[]>> = {
  AgreementSigned: otherAgreed.slice(0, 1),
  AgreementTookEffect: otherAgreed,
  AgreementNarrowed: [
    ...otherAgreed,
    [
      'AgreementNarrowed',
      other,
      {
        data: {
          agreementVersion: 2,
          content: [],
          notice: ['household'],
          existence: [],
          reason: 'more-than-needed',
          signatories: agreedTerms.signatories,
          takesBack: true,
        },
      },
    ],
  ],
  AgreementEnded: [
    ...otherAgreed,
    [
      'AgreementEnded',
      other,
      { data: { reason: 'replaced', endedBy: 'elm-centres', takesBack: true } },
    ],
  ],
};
