import type { HistoryLine } from '@common-thread/adapters/postgres/history-reader';
import { columns, isFollowing } from '@common-thread/disclosure/disclosure-table';
import { disclosure } from '@common-thread/disclosure/disclosure';
import type { AnyLine } from '@common-thread/disclosure/disclosure-table';
import { lineInWords } from './history-words.js';

const line: HistoryLine = {
  id: '0b0e0b0e-0000-4000-8000-000000000001',
  sequence: 1,
  name: 'contact.rated',
  subject: 'contact/1',
  occurredAt: new Date('2026-03-12T10:00:00Z'),
  occurredPrecision: null,
  learnedAt: null,
  recordedAt: new Date('2026-03-12T10:00:00Z'),
  disclosedAt: new Date('2026-03-12T10:00:00Z'),
  late: false,
  joined: false,
  imported: false,
  author: false,
  referrer: false,
  organisation: null,
  fields: {},
  firstTold: null,
  corrections: [],
  withdrawnAt: null,
};
const namedAsItCame = (name: string) => name.replaceAll(/[.-]/g, ' ');

/** Everything that may be told of a family: what is added to the table needs words, or a place beside. */
const told = Object.values<AnyLine>(disclosure).flatMap((cells) => {
  if (isFollowing(cells) || cells.reaches === 'directory') return [];
  return columns.some((column) => cells[column].grade !== 'withheld') ? [cells.publicType] : [];
});

describe('a history in words', () => {
  it.each([...told, 'involvement.began', 'involvement.ended', 'family.shared'])(
    'has words for %s',
    (name) => {
      const said = lineInWords({ ...line, name });
      expect(said?.heading).not.toBe(namedAsItCame(name));
    },
  );

  it('names an event it has no words for as it came, rather than hiding it', () => {
    expect(lineInWords({ ...line, name: 'plan.made-new' })?.heading).toBe('plan made new');
  });

  it('shows every field of a referral that was told, codes in words', () => {
    const fields = {
      reference: 'CT-4F7K-29QD',
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'not-informed',
      groundNotInformed: 'raises-harm',
    };
    expect(lineInWords({ ...line, name: 'referral.raised', fields })?.facts).toEqual([
      ['Reference', 'CT-4F7K-29QD'],
      ['Main need', 'Abuse or neglect'],
      ['Level', 'Level 4: specialist'],
      ['What it rests on', 'Witnessed by the person referring'],
      ['Parents', 'Parents have not been told'],
      ['Because', 'Telling them could put the child at more risk'],
    ]);
  });

  it('says nothing of what a mere notice does not tell', () => {
    const said = lineInWords({ ...line, name: 'referral.raised' });
    expect(said).toMatchObject({ heading: 'Referred to the safeguarding hub', facts: [] });
  });
});
