import { disclosureVersion } from '@common-thread/disclosure/disclosure';
import { allTables, tableOf } from '@common-thread/disclosure/tables';
import type { FactKind } from '@common-thread/domain/code-lists';
import type { SharingAgreement } from '@common-thread/platform/sharing-agreements';
import { DirectoryNames } from '@common-thread/presenting/directory-names';
import { endingView } from './ending.presenter.js';

const known = [
  ['fairholme-hub', 'Fairholme Safeguarding Hub', 'fairholme-hub.safeguarding-hub'],
  ['larkfield-centres', 'Larkfield Family Centres', 'larkfield-centres.childrens-centre'],
] as const;
const names = new DirectoryNames(
  {
    organisations: new Map(
      known.map(([organisationId, name, recipient]) => [
        organisationId,
        { organisationId, name, recipients: [recipient], telephone: null },
      ]),
    ),
    places: new Map(),
  },
  'fairholme-hub',
);
const table = tableOf(allTables, disclosureVersion);

function agreement(
  agreementId: string,
  parties: readonly string[],
  content: readonly FactKind[],
  state: SharingAgreement['state'] = 'in-force',
): SharingAgreement {
  const signed = { version: 1, at: '2026-03-02T10:00:00.000Z', by: 'o', signatories: [] };
  return {
    agreementId,
    state,
    parties,
    purpose: 'early-help',
    lawfulBases: [],
    from: '2026-03-02',
    until: '2027-03-02',
    takesBackAtExpiry: false,
    versions: [{ ...signed, content, notice: [], existence: [] }],
  };
}

const both = ['fairholme-hub', 'larkfield-centres'];
const household = agreement('household', both, ['household']);

function view(ending: SharingAgreement, others: readonly SharingAgreement[] = []) {
  const told = { asOf: '2026-03-02T10:00:00.000Z', tableVersion: 1 };
  const agreements = [ending, ...others];
  const answers = { reason: 'replaced', endedBy: 'fairholme-hub', takesBack: false } as const;
  return endingView(
    { agreement: ending, told: { ...told, agreements }, answers, hidden: [] },
    names,
    table,
  );
}

describe('before an agreement ends', () => {
  it('other agreements are named only where there is one that goes on telling', () => {
    const same = agreement('same', both, ['household']);
    const { ceases, goesOn, whenNothing } = view(household, [same]);
    expect(ceases).toEqual([]);
    expect(goesOn).not.toEqual([]);
    expect(whenNothing).toBe('Nothing: other agreements in force let as much be told.');
  });

  it('it is said that nothing is told under it where nothing is', () => {
    const nothingTold = agreement('nothing', both, []);
    const { ceases, goesOn, whenNothing } = view(nothingTold, [household]);
    expect([ceases, goesOn]).toEqual([[], []]);
    expect(whenNothing).toBe('Nothing is told under it.');
    expect(view(agreement('coming', both, ['household'], 'signed')).whenNothing).toBe(
      'Nothing: it has not taken effect, and will not.',
    );
  });

  it('it is not said of a party that the directory does not know', () => {
    expect(view(household).unknown).toBeUndefined();
    const withElm = agreement('elm', ['fairholme-hub', 'elm'], ['household']);
    const { ceases, unknown } = view(withElm);
    expect(unknown).toBe('elm');
    expect(ceases.map(({ name }) => name)).toEqual([
      'Fairholme Safeguarding Hub (safeguarding hub)',
    ]);
    const some = view(agreement('none', ['fairholme-hub', 'elm'], []));
    expect(some.whenNothing).toBe('To the others nothing is told under it.');
    const none = view(agreement('oak', ['oak', 'elm'], ['household']));
    expect([none.whenNothing, none.unknown]).toEqual([undefined, 'oak and elm']);
  });
});
