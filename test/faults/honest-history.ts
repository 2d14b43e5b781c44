import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { hashOf } from '@common-thread/projecting/feed-row';
import { markOf } from './judge-reads.js';
import type { Answered, AuditedCall, ObservedHistory, PageRead, Shown } from './observed.js';

export const LARKFIELD = 'larkfield-centres.childrens-centre';
export const raiseId = derivedId(
  'command',
  'larkfield-centres',
  'worker',
  'POST /v1/referrals',
  'key-1',
);
export const referralId = derivedId(raiseId, 'referral');
export const referral = `referral-${referralId}`;
const contact = `contact-${derivedId('contact')}`;

export const raised = event(raiseId, referral, 0, 'ReferralRaised', 10, {});
export const received = reaction('open', contact, 0, 'ContactReceived', 11, { referralId });
export const acknowledged = reaction('acknowledge', referral, 1, 'ReferralAcknowledged', 12, {});

export const raising: Answered = {
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

export const rows = [rowOf(1, raised), rowOf(2, acknowledged)];

export const opened: Shown = {
  page: 'openings/s0/1',
  user: 'larkfield-worker-1',
  asked: 2,
  outcomes: ['granted', 'not-entitled'],
};
export const entry: AuditedCall = {
  page: opened.page,
  user: opened.user,
  outcomes: opened.outcomes,
  isDelivered: true,
};

/** A history in which nothing went wrong: a referral raised and its contact opened. */
export const honest: ObservedHistory = {
  before: new Set(),
  acknowledged: [raising],
  refused: [],
  log: [raised, received, acknowledged],
  feeds: new Map([[LARKFIELD, rows]]),
  reads: [readOf(rows)],
  inboxes: new Map([[LARKFIELD, rows]]),
  readModels: [
    { recipient: LARKFIELD, name: 'our-referrals', sequence: 2, different: [], parkedLines: [] },
  ],
  repeated: [{ first: raising, again: raising.answer }],
  words: [{ key: 'key-1', sent: 'A bruise', opened: 'A bruise' }],
  isAtRest: true,
  reactionFaults: 0,
  shown: [opened],
  notShown: [],
  audit: [entry],
  ended: 1,
};

/** A read of the whole feed, between 10 and 20 ms. */
export function readOf(seen: readonly FeedRow[]): PageRead {
  return {
    recipient: LARKFIELD,
    after: 0,
    invokedAt: 10,
    answeredAt: 20,
    isFull: false,
    rows: seen.map(({ envelope, hash }) => [envelope.sequence, markOf(hash)] as const),
  };
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

export function reaction(
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

export function rowOf(sequence: number, { id, metadata }: StoredEvent): FeedRow {
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
