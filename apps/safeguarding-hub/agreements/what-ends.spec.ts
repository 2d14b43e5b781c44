import { disclosureVersion } from '@common-thread/disclosure/disclosure';
import { allTables, tableOf } from '@common-thread/disclosure/tables';
import type { AgreementScope, SharingAgreement } from '@common-thread/platform/sharing-agreements';
import { endFor, toldUnder } from './what-ends.js';

const table = tableOf(allTables, disclosureVersion);
const hub = 'fairholme-hub.safeguarding-hub';
const visiting = 'fairholme-health.health-visiting';
const nothing = { content: [], notice: [], existence: [] };

function agreement(
  agreementId: string,
  parties: readonly string[],
  scope: Partial<AgreementScope>,
  change: Partial<SharingAgreement> = {},
): SharingAgreement {
  const signed = { version: 1, at: '2026-03-02T10:00:00.000Z', by: 'o', signatories: [] };
  return {
    agreementId,
    state: 'in-force',
    parties,
    purpose: 'early-help',
    lawfulBases: [],
    from: '2026-03-02',
    until: '2027-03-02',
    takesBackAtExpiry: false,
    versions: [{ ...signed, ...nothing, ...scope }],
    ...change,
  };
}

const all = ['fairholme-hub', 'larkfield-centres', 'fairholme-health'];
const wide = agreement('wide', all, { content: ['household', 'attendance', 'contact'] });

/** `household content of larkfield-centres` */
function words(told: readonly { kind: string; grade: string; by: readonly string[] }[]) {
  return told.map(({ by, grade, kind }) => `${kind} ${grade} of ${by.join(' ')}`);
}

describe('what an agreement tells', () => {
  it('is no more than the table lets a recipient be told under one', () => {
    expect(words(toldUnder(wide, visiting, table))).toEqual([
      'household content of fairholme-hub larkfield-centres',
      'attendance content of fairholme-hub larkfield-centres',
      'contact notice of fairholme-hub larkfield-centres',
    ]);
    // A hub hears of contacts by duty.
    expect(words(toldUnder(wide, hub, table)).join()).not.toContain('contact');
  });
});

describe('what ends with an agreement', () => {
  it('is all of it where there is no other, and never what is told by duty', () => {
    const { byDuty, ceases, goesOn } = endFor(wide, hub, [wide], table);
    expect(words(ceases)).toEqual([
      'household content of larkfield-centres fairholme-health',
      'attendance content of larkfield-centres fairholme-health',
    ]);
    expect(goesOn).toEqual([]);
    expect(byDuty.map(({ kind }) => kind)).toContain('contact');
  });

  it('is what no other agreement in force between the two lets be told', () => {
    const two = ['larkfield-centres', 'fairholme-health'];
    const others = [
      agreement('same', two, { content: ['household'], notice: ['attendance'] }),
      agreement('over', all, { content: ['contact'] }, { state: 'ended' }),
      agreement('coming', all, { content: ['contact'] }, { state: 'signed' }),
    ];
    const { ceases, goesOn } = endFor(wide, visiting, [wide, ...others], table);
    expect(goesOn).toEqual([
      { kind: 'household', grade: 'content', by: ['larkfield-centres'], agreementId: 'same' },
    ]);
    expect(ceases.map(({ left, ...told }) => `${words([told]).join()}, left ${left}`)).toEqual([
      'household content of fairholme-hub, left withheld',
      'attendance content of fairholme-hub, left withheld',
      'attendance content of larkfield-centres, left notice',
      'contact notice of fairholme-hub larkfield-centres, left withheld',
    ]);
  });

  it('is nothing where it has not taken effect', () => {
    const coming = { ...wide, state: 'signed' } as const;
    expect(endFor(coming, hub, [coming], table)).toMatchObject({ ceases: [], goesOn: [] });
  });
});
