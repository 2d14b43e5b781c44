import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { hashOf } from '@common-thread/projecting/feed-row';
import { judgeFeeds } from './judge-feeds.js';
import { judgeLog } from './judge-log.js';
import type { Answered, ObservedHistory } from './observed.js';

/*
 * A history in which nothing went wrong: a referral raised and its contact opened. Each test doctors one
 * thing in it, and the judges have to name that thing.
 */

const LARKFIELD = 'larkfield-centres.childrens-centre';
const raiseId = derivedId('command', 'larkfield-centres', 'worker', 'POST /v1/referrals', 'key-1');
const referralId = derivedId(raiseId, 'referral');
const referral = `referral-${referralId}`;
const contact = `contact-${derivedId('contact')}`;

const raised = event(raiseId, referral, 0, 'ReferralRaised', 10, {});
const received = reaction('open', contact, 0, 'ContactReceived', 11, { referralId });
const acknowledged = reaction('acknowledge', referral, 1, 'ReferralAcknowledged', 12, {});

const raising: Answered = {
  user: 'larkfield-worker-1',
  recipient: LARKFIELD,
  path: '/v1/referrals',
  key: 'key-1',
  body: {},
  commandId: raiseId,
  expected: [{ commandId: raiseId, types: ['ReferralRaised'] }],
  answer: { status: 201, tag: '"tag"', body: { id: referralId } },
  tries: 2,
};

const rows = [rowOf(1, raised), rowOf(2, acknowledged)];

const honest: ObservedHistory = {
  before: new Set(),
  acknowledged: [raising],
  refused: [],
  log: [raised, received, acknowledged],
  feeds: new Map([[LARKFIELD, rows]]),
  sighted: new Map([
    [LARKFIELD, { hashes: new Map(rows.map((row, nth) => [nth + 1, row.hash])), changes: [] }],
  ]),
  inboxes: new Map([[LARKFIELD, rows]]),
  readModels: [
    { recipient: LARKFIELD, name: 'our-referrals', sequence: 2, different: [], parkedLines: [] },
  ],
  repeated: [{ first: raising, again: raising.answer }],
  words: [{ key: 'key-1', sent: 'A bruise', opened: 'A bruise' }],
  isAtRest: true,
  reactionFaults: 0,
};

const again = { ...raised, id: derivedId('another'), revision: 2, cursor: '1.99.1' };
const [model] = honest.readModels;

const logs: readonly (readonly [string, Partial<ObservedHistory>, RegExp])[] = [
  [
    'an acknowledgement of something that is not there',
    { log: honest.log.filter(({ id }) => id !== raised.id) },
    /key-1.* was acknowledged with ReferralRaised; the log has nothing/,
  ],
  [
    'half of what was acknowledged',
    {
      acknowledged: [
        { ...raising, expected: [{ commandId: raiseId, types: ['ReferralRaised', 'Second'] }] },
      ],
    },
    /was acknowledged with ReferralRaised, Second; the log has ReferralRaised/,
  ],
  [
    'an event recorded twice',
    { log: [...honest.log, again] },
    /command .* is in the log in more than one batch/,
  ],
  [
    'one command in two streams',
    { log: [...honest.log, { ...again, streamId: 'referral-other', revision: 0 }] },
    /more than one batch/,
  ],
  [
    'one event id twice',
    { log: [...honest.log, { ...acknowledged, revision: 2 }] },
    /event .* is in the log twice/,
  ],
  [
    'something refused that is there all the same',
    { acknowledged: [], refused: [raising] },
    /ReferralRaised .* was refused and is in the log/,
  ],
  [
    'something nobody sent',
    { acknowledged: [] },
    /ReferralRaised .* is in the log and nobody was told so/,
  ],
  [
    'a hole in a stream',
    { log: [raised, received, { ...acknowledged, revision: 2 }] },
    /has revision 2 where 1 is due/,
  ],
  [
    'a stream in the wrong order',
    { log: [acknowledged, received, raised] },
    /has revision 1 where 0 is due/,
  ],
  ['a referral without a contact', { log: [raised, acknowledged] }, /has 0 contacts/],
  [
    'a referral with two contacts',
    {
      log: [
        ...honest.log,
        reaction('open again', 'contact-other', 0, 'ContactReceived', 13, { referralId }),
      ],
    },
    /has 2 contacts/,
  ],
  ['a referral nobody answered', { log: [raised, received] }, /was acknowledged 0 times/],
];

const moved = rowOf(2, received);
const feeds: readonly (readonly [string, Partial<ObservedHistory>, RegExp])[] = [
  ['a row rewritten, hash and all', feedOf([rows[0]!, moved]), /row 2 is not what was seen/],
  [
    'an envelope altered',
    feedOf([rows[0]!, { ...rows[1]!, envelope: { ...rows[1]!.envelope, ground: 'relation' } }]),
    /row 2 does not match its hash/,
  ],
  [
    'a body altered',
    feedOf([{ ...rows[0]!, body: { salt: 'other' } }, rows[1]!]),
    /row 1 does not match the hash of its body/,
  ],
  ['a body gone', feedOf([{ ...rows[0]!, body: null }, rows[1]!]), /row 1 lost its body/],
  ['a hole', feedOf([rows[0]!, rowOf(3, acknowledged)]), /row 3 stands where 2 is due/],
  ['a row told twice', feedOf([...rows, rowOf(3, acknowledged)]), /row 3 tells again/],
  ['a row taken back', feedOf([rows[0]!]), /row 2 is not what was seen before/],
  [
    'a feed nobody looked at',
    { sighted: new Map() },
    /nobody read the feed of larkfield-centres\.childrens-centre/,
  ],
  [
    'a change seen on the way',
    {
      sighted: new Map([[LARKFIELD, { hashes: new Map(), changes: ['row 1 changed its hash'] }]]),
    },
    /row 1 changed its hash/,
  ],
  [
    'an inbox that lacks a row',
    { inboxes: new Map([[LARKFIELD, [rows[0]!]]]) },
    /row 2 differs between pages and inbox/,
  ],
  [
    'an acknowledged command its sender was never told of',
    feedOf([rowOf(1, acknowledged)]),
    /was never told of its \/v1\/referrals \(key-1\)/,
  ],
  [
    'a read model that differs from its rebuild',
    { readModels: [{ ...model!, different: ['referral'] }] },
    /our-referrals of .* differs from its rebuild in referral/,
  ],
  [
    'a read model that stands still',
    { readModels: [{ ...model!, sequence: 1 }] },
    /has folded 1 of 2 rows/,
  ],
  [
    'a parked line',
    { readModels: [{ ...model!, parkedLines: ['family/one'] }] },
    /has parked family\/one/,
  ],
  [
    'another answer to the same key',
    { repeated: [{ first: raising, again: { ...raising.answer, tag: '"other"' } }] },
    /\(key-1\) answered .*tag.*, then .*other/,
  ],
  [
    'words whose key is lost',
    { words: [{ key: 'key-1', sent: 'A bruise', opened: 'erased' }] },
    /the words of key-1 are now read as erased/,
  ],
  ['a follower that hangs', { isAtRest: false }, /never came to the end of the log/],
  ['a reaction set aside', { reactionFaults: 1 }, /1 reactions are set aside/],
];

describe('the judges', () => {
  it('find nothing where nothing went wrong', () => {
    expect([...judgeLog(honest), ...judgeFeeds(honest)]).toEqual([]);
  });

  it('let a withdrawn referral have no contact', () => {
    const withdrawal = reaction('withdraw', referral, 1, 'RecordWithdrawn', 13, {
      withdraws: raised.id,
    });
    expect(judgeLog({ ...honest, log: [raised, withdrawal] })).toEqual([]);
  });

  it.each(logs)('name %s', (_, doctored, sentence) => {
    expect(judgeLog({ ...honest, ...doctored })).toContainEqual(expect.stringMatching(sentence));
  });

  it.each(feeds)('name %s', (_, doctored, sentence) => {
    expect(judgeFeeds({ ...honest, ...doctored })).toContainEqual(expect.stringMatching(sentence));
  });
});

function feedOf(doctored: readonly FeedRow[]): Partial<ObservedHistory> {
  return { feeds: new Map([[LARKFIELD, doctored]]) };
}

function event(
  commandId: string,
  streamId: string,
  revision: number,
  type: string,
  transaction: number,
  data: StoredEvent['data'],
): StoredEvent {
  return {
    id: derivedId(commandId, streamId, 0),
    type,
    version: 1,
    data,
    streamId,
    revision,
    cursor: `1.${transaction}.1`,
    metadata: {
      commandId,
      fingerprint: '',
      correlationId: '',
      organisation: 'larkfield-centres',
      recordedBy: 'worker',
      role: 'centre-worker',
      occurredAt: '2026-05-04T10:00:00Z',
      recordedAt: '2026-05-04T10:00:00Z',
    },
  };
}

function reaction(
  step: string,
  streamId: string,
  revision: number,
  type: string,
  transaction: number,
  data: StoredEvent['data'],
): StoredEvent {
  const told = event(derivedId(raised.id, step), streamId, revision, type, transaction, data);
  return { ...told, metadata: { ...told.metadata, causationId: raised.id } };
}

function rowOf(sequence: number, { id, metadata }: StoredEvent): FeedRow {
  const body = { salt: 'grain' };
  const envelope: FeedRow['envelope'] = {
    specversion: '1.0',
    id: derivedId('row', id),
    source: '/common-thread',
    type: 'uk.common-thread.referral.raised.v1',
    subject: `referral/${referralId}`,
    datacontenttype: 'application/json',
    dataschema: '/v1/schemas/referral.raised',
    feed: LARKFIELD,
    sequence,
    partitionkey: 'family/one',
    time: metadata.occurredAt,
    recordedtime: metadata.recordedAt,
    disclosedtime: metadata.recordedAt,
    occurrenceid: occurrenceIdOf(id, LARKFIELD),
    tableversion: 1,
    ground: 'author',
    bodyhash: hashOf(body),
  };
  return { envelope, hash: hashOf(envelope), body, withdrawnBy: null };
}
