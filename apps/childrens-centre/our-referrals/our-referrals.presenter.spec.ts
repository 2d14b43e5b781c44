import { DirectoryNames } from '@common-thread/presenting/directory-names';
import type { OpenedBoxes } from '@common-thread/presenting/page-reveal';
import { ourReferralsView, referralView } from './our-referrals.presenter.js';
import type { OurReferral } from './queries.js';

const names = new DirectoryNames({ organisations: new Map(), places: new Map() }, 'larkfield');
const opened: OpenedBoxes = {
  reachable: true,
  of: (_line, _field, box) => (box === null ? { withheld: 'not-told' } : { text: box }),
};
const referral: OurReferral = {
  referralId: '1',
  tag: 'tag',
  line: 'family/1',
  familyId: '1',
  reference: 'CT-4F7K-29QD',
  status: 'raised',
  childIds: [],
  need: 'N1',
  level: '4',
  to: 'fairholme-hub.safeguarding-hub',
  raisedBy: null,
  concern: 'What was written',
  raisedAt: new Date('2026-03-12T10:00:00Z'),
  acknowledgedAt: null,
  answer: null,
  toldAt: null,
  closedAt: null,
  contact: null,
};
const row = (changes: Partial<OurReferral>) =>
  ourReferralsView({ referrals: [{ ...referral, ...changes }], total: 1 }, () => 'Wren', 1, false)
    .referrals[0];

describe('our referrals', () => {
  it.each([
    ['raised', 'Sent'],
    ['acknowledged', 'With the hub'],
    ['accepted', 'Accepted'],
    ['returned', 'Returned'],
    ['closed', 'Closed'],
    ['withdrawn', 'Withdrawn'],
  ] as const)('stand as %s in the words “%s”', (status, words) => {
    expect(row({ status })?.status.text).toBe(words);
  });

  it('say what was decided, and why where it was returned', () => {
    const at = new Date('2026-03-13T10:00:00Z');
    const outcomes = ['early-help', 'advice'];
    const answer = { kind: 'returned', outcomes, returnReason: 'other-service', at } as const;
    expect(row({ answer })?.outcome).toBe(
      'Early help; Advice and information given: another service is better placed to help',
    );
    expect(row({})?.outcome).toBeUndefined();
  });

  it('tell the steps that happened, and the hub’s own words', () => {
    const at = new Date('2026-03-13T12:00:00Z');
    const view = referralView(
      {
        ...referral,
        status: 'closed',
        acknowledgedAt: new Date('2026-03-12T10:00:05Z'),
        answer: { kind: 'accepted', outcomes: ['new-referral'], returnReason: null, at },
        contact: {
          contactId: '2',
          line: 'contact/2',
          decision: null,
          feedback: { channel: 'phone', words: 'Thank you', at },
          inErrorAt: null,
        },
      },
      opened,
      names,
    );
    expect(view.steps.map(({ text }) => text)).toEqual([
      'Sent',
      'The hub has it',
      'Accepted',
      'You were told the outcome',
    ]);
    expect(view.feedback).toEqual({
      how: 'telephone',
      at: '13 March 2026 at midday',
      words: 'Thank you',
    });
    expect(view.concern).toBe('What was written');
  });
});
