import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { ErasureCommand } from './erasure.js';
import { erasure } from './erasure.js';

const proposalId = derivedId('spec', 'proposal');
const base = contextAt('2050-03-02T10:00:00.000Z');
const first = { ...base, actor: { ...base.actor, id: 'officer-1' } };
const second = { ...base, actor: { ...base.actor, id: 'officer-2' } };
type Terms = Extract<ErasureCommand, { type: 'ProposeShredding' }>['data'];
const terms: Terms = {
  holder: 'fairholme-hub',
  recordClasses: ['contact', 'identity'],
  ground: 'retention-ended',
};

/** As the log keeps it: by the first officer. */
const proposed = { type: 'ShreddingProposed', data: terms, id: proposalId } as const;
const held = { type: 'LegalHoldPlaced', data: { ground: 'litigation' } } as const;
const confirmed = { type: 'ShreddingConfirmed', data: { proposalId } } as const;
const declined = {
  type: 'ShreddingDeclined',
  data: { proposalId, reason: 'still-needed' },
} as const;
const nothing = { events: [], refused: undefined };

const propose = (change: Partial<Terms> = {}): ErasureCommand => ({
  type: 'ProposeShredding',
  data: { ...terms, ...change },
  context: first,
});
const confirm = (context = second): ErasureCommand => ({
  type: 'ConfirmShredding',
  data: { proposalId },
  context,
});
const decline: ErasureCommand = {
  type: 'DeclineShredding',
  data: declined.data,
  context: second,
};
const place: ErasureCommand = { type: 'PlaceLegalHold', data: held.data, context: first };
const lift: ErasureCommand = {
  type: 'LiftLegalHold',
  data: { ground: 'litigation', reason: 'concluded' },
  context: first,
};
const lifted = { type: 'LegalHoldLifted', data: lift.data } as const;

describe('a legal hold', () => {
  it('is placed and lifted once, each by its ground', () => {
    expect(given(erasure, []).when(place).events).toEqual([held]);
    expect(given(erasure, [held]).when(place)).toEqual(nothing);
    expect(given(erasure, [held]).when(lift).events).toEqual([lifted]);
    expect(given(erasure, []).when(lift)).toEqual(nothing);
  });

  it('lets nothing be proposed or confirmed, until the last is lifted', () => {
    const refused = 'erasure/on-hold';
    expect(given(erasure, [held]).when(propose()).refused).toBe(refused);
    expect(given(erasure, [proposed, held]).when(confirm()).refused).toBe(refused);
    const other = { type: 'LegalHoldPlaced', data: { ground: 'public-inquiry' } } as const;
    expect(given(erasure, [proposed, held, other, lifted]).when(confirm()).refused).toBe(refused);
    expect(given(erasure, [proposed, held, lifted]).when(confirm()).events).toEqual([confirmed]);
  });
});

describe('a shredding', () => {
  it('is proposed once, and beside no other', () => {
    const event = { type: 'ShreddingProposed', data: terms };
    expect(given(erasure, []).when(propose()).events).toEqual([event]);
    const again = propose({ recordClasses: ['identity', 'contact'] });
    expect(given(erasure, [proposed]).when(again)).toEqual(nothing);
    expect(given(erasure, [proposed]).when(propose({ holder: 'elm-centres' })).refused).toBe(
      'erasure/proposed-already',
    );
    expect(given(erasure, [proposed, declined]).when(propose()).events).toEqual([event]);
  });

  it.each([
    ['none', [], 'list/empty'],
    ['one twice', ['contact', 'contact'], 'list/repeated'],
  ] as const)('of %s of the classes is refused', (_, recordClasses, refused) => {
    expect(given(erasure, []).when(propose({ recordClasses: [...recordClasses] })).refused).toBe(
      refused,
    );
  });

  it('is confirmed by another officer, once, and never by whoever proposed it', () => {
    expect(given(erasure, [proposed]).when(confirm()).events).toEqual([confirmed]);
    expect(given(erasure, [proposed, confirmed]).when(confirm())).toEqual(nothing);
    const proposer = { ...first, actor: { ...first.actor, id: 'worker-0' } };
    expect(given(erasure, [proposed]).when(confirm(proposer)).refused).toBe(
      'erasure/same-officer',
    );
  });

  it('is declined by anybody who may, once, and then not confirmed', () => {
    expect(given(erasure, [proposed]).when(decline).events).toEqual([declined]);
    expect(given(erasure, [proposed, declined]).when(decline)).toEqual(nothing);
    const refused = 'erasure/no-such-proposal';
    expect(given(erasure, [proposed, declined]).when(confirm()).refused).toBe(refused);
    expect(given(erasure, [proposed, confirmed]).when(decline).refused).toBe(refused);
    expect(given(erasure, []).when(confirm()).refused).toBe(refused);
  });
});
