import { given } from '@common-thread/eventing/given-when-then';
import type { DecideContact } from './contact.js';
import { contact } from './contact.js';
import {
  asked,
  received,
  receivedByReferral,
  rated,
  decided,
  told,
  inError,
} from './contact.examples.js';

const nothing = { events: [], refused: undefined };

describe('deciding a contact', () => {
  const advice: DecideContact['data'] = {
    outcomes: ['advice'],
    rationale: 'Known to school; parents engage.',
    decidedBy: 'manager-1',
  };
  const decide = (change: Partial<DecideContact['data']> = {}) =>
    asked('DecideContact', { ...advice, ...change });

  it('records a set of outcomes, the rationale and whose decision it is', () => {
    const outcomes = ['new-referral', 'child-protection-enquiry'] as const;
    expect(
      given(contact, [received, rated]).when(decide({ outcomes: [...outcomes] })).events,
    ).toEqual([{ type: 'ContactDecided', data: { ...advice, outcomes } }]);
  });

  it('records nothing when it is decided so already, and is refused otherwise', () => {
    const past = [received, rated, decided];
    expect(given(contact, past).when(decide())).toEqual(nothing);
    expect(given(contact, past).when(decide({ outcomes: ['early-help'] })).refused).toBe(
      'contact/already-decided',
    );
    expect(given(contact, past).when(decide({ decidedBy: 'manager-2' })).refused).toBe(
      'contact/already-decided',
    );
  });

  it('returns the referral behind it with a reason, or takes it on without one', () => {
    const past = [receivedByReferral, rated];
    const reason = { returnReason: 'below-threshold' } as const;
    expect(given(contact, past).when(decide(reason)).events).toHaveLength(1);
    expect(given(contact, past).when(decide()).refused).toBe('contact/return-reason-missing');
    for (const outcome of [
      'new-referral',
      'existing-referral',
      'child-protection-enquiry',
    ] as const) {
      const taken = { outcomes: ['advice' as const, outcome] };
      expect(given(contact, past).when(decide(taken)).events).toHaveLength(1);
      expect(given(contact, past).when(decide({ ...taken, ...reason })).refused).toBe(
        'contact/return-reason-without-return',
      );
    }
  });

  const ready = [received, rated];
  it.each([
    ['without outcomes', ready, decide({ outcomes: [] }), 'list/empty'],
    ['without a rationale', ready, decide({ rationale: ' ' }), 'contact/rationale-missing'],
    ['without a decider', ready, decide({ decidedBy: '' }), 'contact/decider-missing'],
    [
      'as no further action beside a referral',
      ready,
      decide({ outcomes: ['no-further-action', 'new-referral'] }),
      'contact/contradictory-outcomes',
    ],
    [
      'as no further action beside an enquiry',
      ready,
      decide({ outcomes: ['child-protection-enquiry', 'no-further-action'] }),
      'contact/contradictory-outcomes',
    ],
    [
      'as returned where no referral is behind it',
      ready,
      decide({ returnReason: 'duplicate' }),
      'contact/return-reason-without-return',
    ],
    ['unrated', [received], decide(), 'contact/not-rated'],
    ['once in error', [received, rated, inError], decide(), 'contact/in-error'],
    ['before it is received', [], decide(), 'contact/not-received'],
  ])('is refused %s', (_, past, command, code) => {
    expect(given(contact, past).when(command).refused).toBe(code);
  });

  it('takes a decision on an unrated contact from an extract, but not without rationale', () => {
    const imported = { imported: true } as const;
    const past = [received];
    expect(
      given(contact, past).when(asked('DecideContact', advice, imported)).events,
    ).toHaveLength(1);
    const silent = asked('DecideContact', { ...advice, rationale: '' }, imported);
    expect(given(contact, past).when(silent).refused).toBe('contact/rationale-missing');
  });
});

describe('telling the referrer', () => {
  const tell = (words = 'Thank you; early help will ring you.') =>
    asked('GiveFeedback', { channel: 'phone', words });

  it('records the words, once decided', () => {
    expect(given(contact, [received, rated, decided]).when(tell()).events).toEqual([
      { type: 'FeedbackGiven', data: { channel: 'phone', words: tell().data.words } },
    ]);
  });

  it.each([
    ['before a decision', [received, rated], tell(), 'contact/not-decided'],
    ['without words', [received, rated, decided], tell(' '), 'contact/words-missing'],
    ['twice', [received, rated, decided, told], tell(), 'contact/feedback-already-given'],
    ['once in error', [received, rated, decided, inError], tell(), 'contact/in-error'],
  ])('is refused %s', (_, past, command, code) => {
    expect(given(contact, past).when(command).refused).toBe(code);
  });
});
