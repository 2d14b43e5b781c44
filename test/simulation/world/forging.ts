import type { FeedRow } from '@common-thread/projecting/feed-row';
import { hashOf } from '@common-thread/projecting/feed-row';

/** Another value of a row, true to itself: as from a relay that told something else. */
export function forged(row: FeedRow): FeedRow {
  const envelope = { ...row.envelope, ground: `${row.envelope.ground}+told` };
  return { ...row, envelope, hash: hashOf(envelope) };
}
