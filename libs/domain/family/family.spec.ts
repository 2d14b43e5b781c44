import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { RecordRelationship } from './family.js';
import { family } from './family.js';

const now = '2026-03-02T10:00:00.000Z';
const familyId = derivedId('spec', 'family');
const ada = derivedId('spec', 'ada');
const maya = derivedId('spec', 'maya');
const recording = derivedId('spec', 'recording');
const context = contextAt(now, { subjectId: familyId });

const parent = {
  personId: ada,
  relatedPersonId: maya,
  relationship: 'parent',
  parentalResponsibility: true,
} as const;

const relate = (change: Partial<RecordRelationship['data']> = {}): RecordRelationship => ({
  type: 'RecordRelationship',
  data: { ...parent, ...change },
  context,
});
const related = (change: Partial<RecordRelationship['data']> = {}) =>
  ({
    type: 'RelationshipRecorded',
    id: recording,
    data: { ...parent, ...change, familyId },
  }) as const;
const withdraw = {
  type: 'WithdrawRecord',
  data: { withdraws: recording, reason: 'entered-in-error' },
  context,
} as const;
const withdrawn = {
  type: 'RecordWithdrawn',
  data: { withdraws: recording, reason: 'entered-in-error' },
} as const;

/** The other way round. */
const reversed = { personId: maya, relatedPersonId: ada };
const siblings = { relationship: 'sibling', parentalResponsibility: false } as const;

describe('recording a relationship', () => {
  it('records who is whose and who has parental responsibility', () => {
    expect(given(family, []).when(relate()).events).toEqual([
      { type: 'RelationshipRecorded', data: { ...parent, familyId } },
    ]);
  });

  it('records nothing when it is known, from either side where it is mutual', () => {
    expect(given(family, [related()]).when(relate()).events).toEqual([]);
    expect(given(family, [related(siblings)]).when(relate({ ...siblings, ...reversed }))).toEqual({
      events: [],
      refused: undefined,
    });
  });

  it('records a change of parental responsibility, and back again', () => {
    const without = { parentalResponsibility: false };
    expect(given(family, [related()]).when(relate(without)).events).toHaveLength(1);
    const past = [related(), { ...related(without), id: derivedId('spec', 'second') }];
    expect(given(family, past).when(relate(without)).events).toEqual([]);
    expect(given(family, past).when(relate()).events).toHaveLength(1);
  });

  it('records the same relationship of one of them to somebody else', () => {
    const tom = derivedId('spec', 'tom');
    for (const change of [{ relatedPersonId: tom }, { personId: tom }]) {
      expect(given(family, [related()]).when(relate(change)).events).toHaveLength(1);
    }
    const parentOfAda = relate({ personId: tom, relatedPersonId: ada });
    const parentByMaya = relate({ personId: maya, relatedPersonId: tom });
    for (const command of [parentOfAda, parentByMaya]) {
      expect(given(family, [related()]).when(command).events).toHaveLength(1);
    }
  });

  it('lets two people be related in more than one way', () => {
    const partners = { relationship: 'partner', parentalResponsibility: false } as const;
    const friends = { relationship: 'friend', parentalResponsibility: false } as const;
    expect(given(family, [related(partners)]).when(relate(friends)).events).toHaveLength(1);
  });

  it.each([
    ['to oneself', [], relate({ relatedPersonId: ada }), 'family/related-to-oneself'],
    [
      'with parental responsibility between partners',
      [],
      relate({ relationship: 'partner' }),
      'family/responsibility-impossible',
    ],
    [
      'that makes a child the parent of its parent',
      [related()],
      relate(reversed),
      'family/relationship-contradicted',
    ],
  ])('refuses one %s', (_, past, command, code) => {
    expect(given(family, past).when(command).refused).toBe(code);
  });
});

describe('withdrawing a relationship', () => {
  it('records it, once, and frees the other way round', () => {
    expect(given(family, [related()]).when(withdraw).events).toEqual([withdrawn]);
    const after = given(family, [related(), withdrawn]);
    expect(after.when(withdraw)).toEqual({ events: [], refused: undefined });
    expect(after.when(relate(reversed)).events).toHaveLength(1);
  });

  it('is refused for what is not recorded', () => {
    expect(given(family, []).when(withdraw).refused).toBe('withdrawal/nothing-to-withdraw');
  });
});
