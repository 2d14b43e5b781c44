import { factKinds } from '@common-thread/domain/code-lists';
import type { SignAgreement } from '@common-thread/domain/sharing/agreement';
import { daysAfter } from '@common-thread/domain/london-day';

/** Longer than any county is shown for; a real one is looked at again every year or two. */
const AGREED_FOR_DAYS = 3_653;

/** What the demonstration agencies have signed: as much as the disclosure table tells, from `day` on. */
export function countyAgreement(parties: readonly string[], day: string): SignAgreement['data'] {
  return {
    parties: [...parties],
    purpose: 'safeguarding-and-welfare',
    lawfulBases: ['uk-gdpr-6-1-e', 'uk-gdpr-9-2-g', 'uk-gdpr-9-2-h', 'ca-2004-s10', 'ca-2004-s11'],
    content: [...factKinds],
    notice: [],
    existence: [],
    from: day,
    until: daysAfter(day, AGREED_FOR_DAYS),
    signatories: parties.map((party) => `${party}/information-governance-lead`),
    takesBackAtExpiry: false,
  };
}
