import { factKinds } from '../code-lists.js';
import type { SignAgreement } from './agreement.js';

/**
 * Terms under which organisations tell each other everything that the disclosure table lets them: what a
 * county of the tests signs before anything else happens, where agreements are not what is tested.
 */
export function agreedByAll(parties: readonly string[]): SignAgreement['data'] {
  return {
    parties: [...parties],
    purpose: 'safeguarding-and-welfare',
    lawfulBases: ['uk-gdpr-6-1-e', 'uk-gdpr-9-2-g', 'ca-2004-s11'],
    content: [...factKinds],
    notice: [],
    existence: [],
    from: '2020-01-01',
    until: '2099-12-31',
    signatories: parties.map((party) => `${party}/information-governance-lead`),
    takesBackAtExpiry: false,
  };
}
