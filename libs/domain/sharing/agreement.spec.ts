import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { AgreementCommand, NarrowAgreement, SignAgreement } from './agreement.js';
import { agreement } from './agreement.js';

const context = contextAt('2026-03-02T10:00:00.000Z', {
  subjectId: derivedId('spec', 'agreement'),
  actor: officerOf('hub-council.safeguarding-hub'),
});

function officerOf(recipient: string) {
  const [organisation = ''] = recipient.split('.');
  return { id: 'officer-1', organisation, recipient, role: 'information-governance' };
}

const signatories = ['hub-council/director-of-childrens-services', 'elm/caldicott-guardian'];
const terms: SignAgreement['data'] = {
  parties: ['hub-council', 'elm'],
  purpose: 'early-help',
  lawfulBases: ['uk-gdpr-6-1-e', 'uk-gdpr-9-2-g', 'ca-2004-s10'],
  content: ['household', 'attendance'],
  notice: ['registration'],
  existence: [],
  from: '2026-03-02',
  until: '2027-03-01',
  signatories,
  takesBackAtExpiry: true,
};
const ask = (type: AgreementCommand['type'], data: object = {}, at = context) =>
  ({ type, data, context: at }) as AgreementCommand;
const sign = (change: Partial<SignAgreement['data']> = {}) =>
  ask('SignAgreement', { ...terms, ...change });
const less: NarrowAgreement['data'] = {
  content: ['household'],
  notice: ['attendance'],
  existence: ['registration'],
  reason: 'more-than-needed',
  signatories,
  takesBack: false,
};
const ending = { reason: 'party-withdrew', endedBy: 'elm', takesBack: true } as const;
const signed = { type: 'AgreementSigned', data: terms } as const;
const inForce = { type: 'AgreementTookEffect', data: { agreementVersion: 1 } } as const;
const narrowed = { type: 'AgreementNarrowed', data: { ...less, agreementVersion: 2 } } as const;
const ended = { type: 'AgreementEnded', data: ending } as const;
const nothing = { events: [], refused: undefined };

describe('signing an agreement', () => {
  it('records all its terms, and that it is in force where its first day has come', () => {
    expect(given(agreement, []).when(sign()).events).toEqual([signed, inForce]);
    const later = { from: '2026-03-03' };
    expect(given(agreement, []).when(sign(later)).events).toEqual([
      { type: 'AgreementSigned', data: { ...terms, ...later } },
    ]);
  });

  it('records nothing when it is signed so already, and refuses other terms', () => {
    expect(given(agreement, [signed, inForce]).when(sign())).toEqual(nothing);
    expect(given(agreement, [signed]).when(sign({ until: '2028-03-01' })).refused).toBe(
      'agreement/signed-already',
    );
  });

  it.each([
    ['one party', { parties: ['elm'], signatories: ['elm/caldicott-guardian'] }, 'one-party'],
    ['no basis of Article 9', { lawfulBases: ['uk-gdpr-6-1-e'] }, 'no-lawful-basis'],
    ['no basis of Article 6', { lawfulBases: ['uk-gdpr-9-2-h'] }, 'no-lawful-basis'],
    ['nothing to share', { content: [], notice: [] }, 'nothing-shared'],
    ['a first day that is none', { from: '2026-02-30' }, 'days'],
    ['a last day before the first', { until: '2026-03-01' }, 'days'],
    ['a party that has not signed', { signatories: signatories.slice(1) }, 'not-signed-by-all'],
    [
      'a signature of somebody else',
      { signatories: [...signatories, 'oak/caldicott-guardian'] },
      'not-signed-by-all',
    ],
  ] satisfies readonly (readonly [string, Partial<SignAgreement['data']>, string])[])(
    'refuses %s',
    (_, change, code) => {
      expect(given(agreement, []).when(sign(change)).refused).toBe(`agreement/${code}`);
    },
  );

  it('refuses a kind of fact named at two grades', () => {
    expect(given(agreement, []).when(sign({ notice: ['household'] })).refused).toBe(
      'list/repeated',
    );
  });
});

describe('the days of an agreement', () => {
  const later = { ...signed, data: { ...terms, from: '2026-03-03' } };
  const on = (day: string) => contextAt(`${day}T10:00:00.000Z`, { subjectId: context.subjectId });

  it('bring it into force on the first, once', () => {
    const begin = ask('BringAgreementIntoForce', {}, on('2026-03-03'));
    expect(given(agreement, [later]).when(begin).events).toEqual([inForce]);
    expect(given(agreement, [later, inForce]).when(begin)).toEqual(nothing);
    expect(given(agreement, [later]).when(ask('BringAgreementIntoForce')).refused).toBe(
      'agreement/not-yet',
    );
    expect(given(agreement, []).when(begin).refused).toBe('agreement/not-signed');
  });

  it('end it after the last, once, as its terms say', () => {
    const expire = ask('ExpireAgreement', {}, on('2027-03-02'));
    expect(given(agreement, [signed, inForce]).when(expire).events).toEqual([
      { type: 'AgreementEnded', data: { reason: 'expired', takesBack: true } },
    ]);
    // Ended before by whoever, and with another answer to what was told: there is nothing to do.
    for (const takesBack of [true, false]) {
      const before = { ...ended, data: { ...ending, takesBack } };
      expect(given(agreement, [signed, inForce, before]).when(expire)).toEqual(nothing);
    }
    const lastDay = ask('ExpireAgreement', {}, on('2027-03-01'));
    expect(given(agreement, [signed, inForce]).when(lastDay).refused).toBe('agreement/not-yet');
    expect(given(agreement, []).when(expire).refused).toBe('agreement/not-signed');
  });
});

describe('narrowing an agreement', () => {
  it('records the new version, once', () => {
    const narrow = ask('NarrowAgreement', less);
    expect(given(agreement, [signed, inForce]).when(narrow).events).toEqual([narrowed]);
    expect(given(agreement, [signed, inForce, narrowed]).when(narrow)).toEqual(nothing);
  });

  it.each([
    [
      'to share more',
      { content: ['household', 'registration'], existence: [] },
      [signed],
      'agreement/wider',
    ],
    [
      'to share nothing',
      { content: [], notice: [], existence: [] },
      [signed],
      'agreement/nothing-shared',
    ],
    ['unsigned', { signatories: [] }, [signed], 'agreement/not-signed-by-all'],
    ['what has ended', {}, [signed, inForce, ended], 'agreement/ended'],
    ['what was never signed', {}, [], 'agreement/not-signed'],
    [
      'to the same and taking more back',
      { takesBack: true },
      [signed, inForce, narrowed],
      'agreement/narrowed-otherwise',
    ],
    [
      'to the same for another reason',
      { reason: 'terms-breached' },
      [signed, inForce, narrowed],
      'agreement/narrowed-otherwise',
    ],
    [
      'to the same, signed by others',
      { signatories: [...signatories.slice(1), 'hub-council/caldicott-guardian'] },
      [signed, inForce, narrowed],
      'agreement/narrowed-otherwise',
    ],
    [
      'to what it shares once it has ended',
      { content: terms.content, notice: terms.notice, existence: [] },
      [signed, inForce, ended],
      'agreement/ended',
    ],
  ] as const)('is refused %s', (_, change, history, refused) => {
    const narrow = ask('NarrowAgreement', { ...less, ...change });
    expect(given(agreement, history).when(narrow).refused).toBe(refused);
  });
});

describe('ending an agreement', () => {
  it('records who ended it, why, and what becomes of what was told, once', () => {
    const end = ask('EndAgreement', ending);
    expect(given(agreement, [signed, inForce]).when(end).events).toEqual([ended]);
    expect(given(agreement, [signed, inForce, ended]).when(end)).toEqual(nothing);
  });

  it.each([
    ['taking more back', { takesBack: true }],
    ['by another party', { endedBy: 'hub-council' }],
    ['for another reason', { reason: 'replaced' }],
  ])('is refused %s than was recorded', (_, change) => {
    const kept = { ...ended, data: { ...ending, takesBack: false } };
    const end = ask('EndAgreement', { ...kept.data, ...change });
    expect(given(agreement, [signed, inForce, kept]).when(end).refused).toBe(
      'agreement/ended-otherwise',
    );
  });

  it('is refused once its last day has passed', () => {
    const expired = {
      type: 'AgreementEnded',
      data: { reason: 'expired', takesBack: true },
    } as const;
    expect(
      given(agreement, [signed, inForce, expired]).when(ask('EndAgreement', ending)).refused,
    ).toBe('agreement/ended-otherwise');
  });

  it('is a party’s, of what was signed', () => {
    const end = ask('EndAgreement', { ...ending, endedBy: 'oak' });
    expect(given(agreement, [signed]).when(end).refused).toBe('agreement/not-a-party');
    expect(given(agreement, []).when(end).refused).toBe('agreement/not-signed');
  });

  it.each([
    ['the party itself', 'elm.childrens-centre', undefined],
    ['a hub, for whichever party', 'hub-council.safeguarding-hub', undefined],
    ['another party', 'hub-council.childrens-centre', 'agreement/ended-for-another'],
  ])('is recorded for a party by an officer of %s', (_, recipient, refused) => {
    const end = ask('EndAgreement', ending, { ...context, actor: officerOf(recipient) });
    expect(given(agreement, [signed, inForce]).when(end).refused).toBe(refused);
    // Nor is it acknowledged to them where it has ended so.
    expect(given(agreement, [signed, inForce, ended]).when(end).refused).toBe(refused);
  });
});
