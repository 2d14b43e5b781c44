import { relates } from '@common-thread/disclosure/policy';
import { categoryOf } from '@common-thread/eventing/identifiers';
import type { FeedEnvelope } from '@common-thread/projecting/feed-row';
import type { RowRecord } from './told-rows.js';

/** A row that may have to be taken back when its family is restricted. */
export interface Beginning {
  readonly record: RowRecord;
  /** Whether it says of itself that an entitlement begins with it. */
  readonly marked: boolean;
}

/** What a row begins; undefined where it begins nothing. A withdrawal is never withdrawn. */
export function beginningIn(
  record: RowRecord,
  { entitlement }: Pick<FeedEnvelope, 'entitlement'>,
): Beginning | undefined {
  if (record.follows !== null) return undefined;
  const marked = entitlement === 'begins';
  const { streamId, type } = record.event;
  const unmarked = record.own && relates(categoryOf(streamId)) && type.endsWith('Began');
  return marked || unmarked ? { record, marked } : undefined;
}

/** The last of several, in the order of the feed; those that say so come before those that do not. */
export function lastBeginning(beginnings: readonly Beginning[]): Beginning | undefined {
  return beginnings.findLast(({ marked }) => marked) ?? beginnings.at(-1);
}
