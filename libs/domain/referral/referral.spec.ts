import type { CommandContext } from '@common-thread/eventing/decider';
import type { GivenFact } from '@common-thread/eventing/given-when-then';
import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import { referenceOf } from '../reference-number.js';
import type { ReferralEvent } from './events.js';
import type { AnswerReferral, RaiseReferral, ReferralCommand } from './referral.js';
import { referral } from './referral.js';

type Fact = GivenFact<ReferralEvent> & { readonly id: string };

const now = '2026-03-02T10:00:00.000Z';
const referralId = derivedId('spec', 'referral');
const contactId = derivedId('spec', 'contact');
const otherContact = derivedId('spec', 'other contact');

function asked<Type extends ReferralCommand['type']>(
  type: Type,
  data: Extract<ReferralCommand, { type: Type }>['data'],
  change: Partial<CommandContext> = {},
) {
  const context = contextAt(now, { subjectId: referralId, ...change });
  return { type, data, context } as Extract<ReferralCommand, { type: Type }>;
}

const request: RaiseReferral['data'] = {
  familyId: derivedId('spec', 'family'),
  childIds: [derivedId('spec', 'maya')],
  from: 'larkfield-centres.childrens-centre',
  to: 'fairholme-hub.safeguarding-hub',
  need: 'N1',
  level: '4',
  statement: 'witnessed',
  parentsInformed: 'informed-agree',
  concern: 'Maya came with a bruise on her cheek.',
};
const raise = (change: Partial<RaiseReferral['data']> = {}) =>
  asked('RaiseReferral', { ...request, ...change });

const fact = (event: ReferralEvent): Fact => ({ ...event, id: derivedId('spec', event.type) });
const raised = fact({
  type: 'ReferralRaised',
  data: { ...request, concern: 'box.v1.e.e', reference: 'CT-0000-0000' },
});
const acknowledged = fact({ type: 'ReferralAcknowledged', data: { contactId } });
const accepted = fact({ type: 'ReferralAccepted', data: { outcomes: ['new-referral'] } });
const returned = fact({
  type: 'ReferralReturned',
  data: { outcomes: ['advice'], reason: 'below-threshold' },
});
const told = fact({ type: 'ReferrerTold', data: { contactId } });
const closed = fact({ type: 'ReferralClosed', data: { contactId } });
const withdrawn = (withdraws: string): Fact =>
  fact({ type: 'RecordWithdrawn', data: { withdraws, reason: 'wrong-family' } });

const answers = {
  acknowledge: asked('AcknowledgeReferral', { contactId }),
  accept: asked('AcceptReferral', { outcomes: ['new-referral'] }),
  return: asked('ReturnReferral', { outcomes: ['advice'], reason: 'below-threshold' }),
  tell: asked('RecordReferrerTold', { contactId }),
  close: asked('CloseReferral', { contactId }),
};

/** Pasts by the status they leave. */
const pasts = {
  raised: [raised],
  acknowledged: [raised, acknowledged],
  accepted: [raised, acknowledged, accepted],
  returned: [raised, acknowledged, returned],
  told: [raised, acknowledged, accepted, told],
  closed: [raised, acknowledged, accepted, told, closed],
} as const satisfies Record<string, readonly Fact[]>;

describe('raising a referral', () => {
  it('records the request with a reference to quote', () => {
    expect(given(referral, []).when(raise()).events).toEqual([
      { type: 'ReferralRaised', data: { ...request, reference: referenceOf(referralId) } },
    ]);
  });

  it('is refused a second time, and after it was withdrawn', () => {
    for (const past of [pasts.raised, [raised, withdrawn(raised.id)]]) {
      expect(given(referral, past).when(raise()).refused).toBe('referral/already-raised');
    }
  });

  it.each([
    [
      'to anyone but a hub',
      raise({ to: 'fairholme-health.health-visiting' }),
      'recipient/other-audience',
    ],
    ['about no child', raise({ childIds: [] }), 'list/empty'],
    [
      'without telling the parents or saying why',
      raise({ parentsInformed: 'not-informed' }),
      'referral/ground-missing',
    ],
    [
      'with a ground and parents who know',
      raise({ groundNotInformed: 'raises-harm' }),
      'referral/ground-without-need',
    ],
    ['without a concern', raise({ concern: ' ' }), 'referral/concern-missing'],
    ['with a narrative too long', raise({ concern: 'x'.repeat(20_001) }), 'text/too-long'],
    ['with a blank part', raise({ supportTried: '' }), 'text/blank'],
    ['with a NUL', raise({ safeContact: 'ring\u0000' }), 'text/unstorable-character'],
    [
      'dated tomorrow',
      asked('RaiseReferral', request, { occurredAt: '2026-03-03T10:00:00.000Z' }),
      'occurrence/in-the-future',
    ],
  ])('is refused %s', (_, command, code) => {
    expect(given(referral, []).when(command).refused).toBe(code);
  });

  it('may keep it from the parents on a ground', () => {
    const data = { parentsInformed: 'not-informed', groundNotInformed: 'raises-harm' } as const;
    expect(given(referral, []).when(raise(data)).events).toHaveLength(1);
  });
});

describe('answering a referral', () => {
  const inTurn: [string, readonly Fact[], AnswerReferral, Fact][] = [
    ['acknowledged once raised', pasts.raised, answers.acknowledge, acknowledged],
    ['accepted once acknowledged', pasts.acknowledged, answers.accept, accepted],
    ['returned once acknowledged', pasts.acknowledged, answers.return, returned],
    ['told once accepted', pasts.accepted, answers.tell, told],
    ['told once returned', pasts.returned, answers.tell, told],
    ['closed once told', pasts.told, answers.close, closed],
    ['closed while its contact turns out an error', pasts.raised, answers.close, closed],
  ];
  it.each(inTurn)('records it as %s', (_, past, command, { type, data }) => {
    expect(given(referral, past).when(command).events).toEqual([{ type, data }]);
  });

  it.each([
    ['acknowledged', pasts.acknowledged, answers.acknowledge],
    ['acknowledged, long after', pasts.closed, answers.acknowledge],
    ['accepted', pasts.accepted, answers.accept],
    ['accepted and told', pasts.told, answers.accept],
    ['returned', pasts.returned, answers.return],
    ['told', pasts.told, answers.tell],
    ['told and closed', pasts.closed, answers.tell],
    ['closed', pasts.closed, answers.close],
  ])('records nothing when it is %s already', (_, past, command) => {
    expect(given(referral, past).when(command)).toEqual({ events: [], refused: undefined });
  });

  it.each([
    ['accepted before it was acknowledged', pasts.raised, answers.accept],
    ['returned once accepted', pasts.accepted, answers.return],
    ['accepted once returned', pasts.returned, answers.accept],
    ['told before it was answered', pasts.acknowledged, answers.tell],
    [
      'accepted once closed',
      [raised, acknowledged, closed],
      asked('AcceptReferral', { outcomes: ['new-referral'] }),
    ],
    [
      'accepted otherwise once accepted',
      pasts.accepted,
      asked('AcceptReferral', { outcomes: ['child-protection-enquiry'] }),
    ],
  ])('is refused %s', (_, past, command) => {
    expect(given(referral, past).when(command).refused).toBe('referral/out-of-turn');
  });

  it.each([
    ['nothing was raised', [], answers.acknowledge, 'referral/not-raised'],
    [
      'it was withdrawn',
      [raised, withdrawn(raised.id)],
      answers.acknowledge,
      'referral/not-raised',
    ],
    [
      'another contact answers',
      pasts.accepted,
      asked('RecordReferrerTold', { contactId: otherContact }),
      'referral/other-contact',
    ],
    [
      'no outcome takes it on',
      pasts.acknowledged,
      asked('AcceptReferral', { outcomes: ['advice'] }),
      'referral/outcomes-contradict',
    ],
    [
      'an outcome takes on what is returned',
      pasts.acknowledged,
      asked('ReturnReferral', { outcomes: ['existing-referral'], reason: 'already-open' }),
      'referral/outcomes-contradict',
    ],
    [
      'outcomes contradict each other',
      pasts.acknowledged,
      asked('AcceptReferral', { outcomes: ['new-referral', 'no-further-action'] }),
      'contact/contradictory-outcomes',
    ],
    [
      'it is dated before it was raised',
      pasts.raised,
      asked('AcknowledgeReferral', { contactId }, { occurredAt: '2026-01-02T09:00:00.000Z' }),
      'occurrence/before-it-began',
    ],
  ])('is refused where %s', (_, past, command, code) => {
    expect(given(referral, past).when(command).refused).toBe(code);
  });
});

describe('withdrawing a referral', () => {
  const withdraw = (withdraws: string) =>
    asked('WithdrawRecord', { withdraws, reason: 'wrong-family' });

  it('withdraws with it what the hub answered, the referral first', () => {
    const { events } = given(referral, pasts.told).when(withdraw(raised.id));
    expect(events.map(({ data }) => data)).toEqual(
      pasts.told.map(({ id }) => ({ withdraws: id, reason: 'wrong-family' })),
    );
    const facts = events.map(fact);
    const state = given(referral, [...pasts.told, ...facts]).state();
    expect({ ...state, withdrawn: [] }).toEqual(referral.initialState);
  });

  it('records nothing the second time', () => {
    const past = [raised, withdrawn(raised.id)];
    expect(given(referral, past).when(withdraw(raised.id))).toEqual({
      events: [],
      refused: undefined,
    });
  });

  it("is refused for the hub's answer alone", () => {
    expect(given(referral, pasts.accepted).when(withdraw(accepted.id)).refused).toBe(
      'withdrawal/nothing-to-withdraw',
    );
  });
});
