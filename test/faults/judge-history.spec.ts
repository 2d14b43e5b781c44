import { derivedId } from '@common-thread/eventing/identifiers';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { Verdict } from './finding.js';
import { answers, inForce, recorded } from './doctored-answers.js';
import { audits } from './doctored-audits.js';
import type { Doctored } from './doctored-audits.js';
import { countsOf, verdicts } from './finding.js';
import {
  acknowledged,
  honest,
  LARKFIELD,
  raised,
  raiseId,
  raising,
  reaction,
  readOf,
  received,
  referral,
  referralId,
  rowOf,
  rows,
} from './honest-history.js';
import { judge } from './judge.js';
import { judgeFeeds } from './judge-feeds.js';
import { judgeLog } from './judge-log.js';
import { judgeReads } from './judge-reads.js';
import type { ObservedHistory } from './observed.js';

/* Each test doctors one thing in an honest history, and the judges have to name that thing. */

const again = { ...raised, id: derivedId('another'), revision: 2, cursor: '1.99.1' };
const [model] = honest.readModels;

const logs: readonly Doctored[] = [
  [
    'an acknowledgement of something that is not there',
    { log: honest.log.filter(({ id }) => id !== raised.id) },
    /key-1.* was acknowledged with ReferralRaised; the log has nothing/,
    'lost',
  ],
  [
    'half of what was acknowledged',
    {
      acknowledged: [
        { ...raising, expected: [{ commandId: raiseId, types: ['ReferralRaised', 'Second'] }] },
      ],
    },
    /was acknowledged with ReferralRaised, Second; the log has ReferralRaised/,
    'lost',
  ],
  [
    'an event recorded twice',
    { log: [...honest.log, again] },
    /command .* is in the log in more than one batch/,
    'duplicated',
  ],
  [
    'one command in two streams',
    { log: [...honest.log, { ...again, streamId: 'referral-other', revision: 0 }] },
    /more than one batch/,
    'duplicated',
  ],
  [
    'one event id twice',
    { log: [...honest.log, { ...acknowledged, revision: 2 }] },
    /event .* is in the log twice/,
    'duplicated',
  ],
  [
    'something refused that is there all the same',
    { acknowledged: [], refused: [raising] },
    /ReferralRaised .* was refused and is in the log/,
    'phantom',
  ],
  [
    'something nobody sent',
    { acknowledged: [] },
    /ReferralRaised .* is in the log and nobody was told so/,
    'phantom',
  ],
  [
    'a hole in a stream',
    { log: [raised, received, { ...acknowledged, revision: 2 }] },
    /has revision 2 where 1 is due/,
    'reordered',
  ],
  [
    'a stream in the wrong order',
    { log: [acknowledged, received, raised] },
    /has revision 1 where 0 is due/,
    'reordered',
  ],
  ['a referral without a contact', { log: [raised, acknowledged] }, /has 0 contacts/, 'lost'],
  [
    'a referral with two contacts',
    {
      log: [
        ...honest.log,
        reaction('open again', 'contact-other', 0, 'ContactReceived', 13, { referralId }),
      ],
    },
    /has 2 contacts/,
    'duplicated',
  ],
  ['a referral nobody answered', { log: [raised, received] }, /was acknowledged 0 times/, 'lost'],
];

const moved = rowOf(2, received);
const feeds: readonly Doctored[] = [
  [
    'an envelope altered',
    feedOf([rows[0]!, { ...rows[1]!, envelope: { ...rows[1]!.envelope, ground: 'relation' } }]),
    /row 2 does not match its hash/,
    'divergent',
  ],
  [
    'a body altered',
    feedOf([{ ...rows[0]!, body: { salt: 'other' } }, rows[1]!]),
    /row 1 does not match the hash of its body/,
    'divergent',
  ],
  ['a body gone', feedOf([{ ...rows[0]!, body: null }, rows[1]!]), /row 1 lost its body/, 'lost'],
  [
    'a hole',
    feedOf([rows[0]!, rowOf(3, acknowledged)]),
    /row 3 stands where 2 is due/,
    'reordered',
  ],
  [
    'a row told twice',
    feedOf([...rows, rowOf(3, acknowledged)]),
    /row 3 tells again/,
    'duplicated',
  ],
  [
    'an inbox that lacks a row',
    { inboxes: new Map([[LARKFIELD, [rows[0]!]]]) },
    /row 2 differs between pages and inbox/,
    'lost',
  ],
  [
    'an acknowledged command its sender was never told of',
    feedOf([rowOf(1, acknowledged)]),
    /was never told of its \/v1\/referrals \(key-1\)/,
    'lost',
  ],
  [
    'a read model that differs from its rebuild',
    { readModels: [{ ...model!, different: ['referral'] }] },
    /our-referrals of .* differs from its rebuild in referral/,
    'untrue',
  ],
  [
    'a read model that stands still',
    { readModels: [{ ...model!, sequence: 1 }] },
    /has folded 1 of 2 rows/,
    'stuck',
  ],
  [
    'a parked line',
    { readModels: [{ ...model!, parkedLines: ['family/one'] }] },
    /has parked family\/one/,
    'stuck',
  ],
  [
    'words whose key is lost',
    { words: [{ key: 'key-1', sent: 'A bruise', opened: 'erased' }] },
    /the words of key-1 are now read as erased/,
    'lost',
  ],
  ['a follower that hangs', { isAtRest: false }, /never came to the end of the log/, 'stuck'],
  ['a reaction set aside', { reactionFaults: 1 }, /1 reactions are set aside/, 'stuck'],
  [
    'a row of something that never happened',
    feedOf([...rows, rowOf(3, { ...acknowledged, id: derivedId('never') })]),
    /row 3 tells of nothing that is in the log/,
    'phantom',
  ],
  [
    'an inbox with another value of a row',
    { inboxes: new Map([[LARKFIELD, [rows[0]!, moved]]]) },
    /row 2 differs between pages and inbox/,
    'divergent',
  ],
];

const readFirst = readOf(rows.slice(0, 1));
const later = { invokedAt: 30, answeredAt: 40 };
const reads: readonly Doctored[] = [
  [
    'a row rewritten, hash and all',
    feedOf([rows[0]!, moved]),
    /row 2 is not what was read before/,
    'divergent',
  ],
  ['a row taken back', feedOf([rows[0]!]), /row 2 is not what was read before/, 'lost'],
  [
    'a feed nobody looked at',
    { reads: [] },
    /nobody read the feed of larkfield-centres\.childrens-centre/,
    'lost',
  ],
  [
    'a row seen with two hashes',
    { reads: [readOf(rows), { ...readOf([rows[0]!, moved]), ...later }] },
    /row 2 was read with two hashes/,
    'divergent',
  ],
  ['a row that nobody ever read', { reads: [readFirst] }, /row 2 was never read/, 'lost'],
  [
    'a read that skips a row',
    { reads: [readOf(rows), { ...readOf([rows[1]!]), ...later }] },
    /read after 0: 2 where 1 is due/,
    'reordered',
  ],
  [
    'a read in the wrong order',
    { reads: [readOf([rows[1]!, rows[0]!])] },
    /read after 0: 2 where 1 is due/,
    'reordered',
  ],
  [
    'a read that sees less than one before it',
    { reads: [readOf(rows), { ...readFirst, ...later }] },
    /rows after 1 are gone that were read before/,
    'lost',
  ],
];

describe('the judges', () => {
  it('find nothing where nothing went wrong', () => {
    expect(judge(honest)).toEqual([]);
  });

  it('let a withdrawn referral have no contact', () => {
    const withdrawal = reaction('withdraw', referral, 1, 'RecordWithdrawn', 13, {
      withdraws: raised.id,
    });
    expect(judgeLog({ ...honest, log: [raised, withdrawal] })).toEqual([]);
  });

  it('let an answer lack its tag, and then have it', () => {
    const untagged = { ...raising, answer: { ...raising.answer, tag: undefined } };
    const repeated = [{ first: untagged, again: raising.answer }];
    expect(judgeFeeds({ ...honest, repeated })).toEqual([]);
  });

  it('let an answer be recorded, and then in force', () => {
    const repeated = [{ first: recorded, again: inForce.answer }];
    expect(judgeFeeds({ ...honest, repeated })).toEqual([]);
  });

  it('let a read that began before another was answered see less, and a full page end', () => {
    const meanwhile = { ...readFirst, invokedAt: 15, answeredAt: 40 };
    const full = { ...readFirst, ...later, isFull: true };
    expect(judgeReads({ ...honest, reads: [readOf(rows), meanwhile, full] })).toEqual([]);
  });

  it.each(logs)('name %s', (_, doctored, sentence, verdict) => {
    expectNamed(judgeLog({ ...honest, ...doctored }), sentence, verdict);
  });

  it.each([...feeds, ...answers])('name %s', (_, doctored, sentence, verdict) => {
    expectNamed(judgeFeeds({ ...honest, ...doctored }), sentence, verdict);
  });

  it.each(reads)('name %s', (_, doctored, sentence, verdict) => {
    expectNamed(judgeReads({ ...honest, ...doctored }), sentence, verdict);
  });

  it('have been seen to use every verdict', () => {
    const used = new Set(
      [...logs, ...feeds, ...answers, ...reads, ...audits].map(([, , , verdict]) => verdict),
    );
    expect([...used].sort()).toEqual([...verdicts].sort());
    const counts = countsOf(judge({ ...honest, isAtRest: false }));
    expect(counts).toMatchObject({ stuck: 1, lost: 0 });
  });
});

function expectNamed(found: unknown, sentence: RegExp, verdict: Verdict): void {
  expect(found).toContainEqual({ verdict, words: expect.stringMatching(sentence) as string });
}

function feedOf(doctored: readonly FeedRow[]): Partial<ObservedHistory> {
  return { feeds: new Map([[LARKFIELD, doctored]]) };
}
