import type { ToldAsked, ToldFact } from '@common-thread/platform/tellings';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { RowRecord } from '../relay/told-rows.js';
import type { TellingRow } from './relay-store.js';

/** A row as it was told, and what is remembered of it. */
export interface Told {
  readonly record: RowRecord;
  row: FeedRow;
}

type Feeds = ReadonlyMap<string, readonly Told[]>;

/** As `RelayStore.telling` answers. */
export function tellingIn(
  feeds: Feeds,
  streamIds: readonly string[],
  field: string,
): TellingRow[] {
  return byRecipient(feeds)
    .filter(({ record }) => streamIds.includes(record.event.streamId))
    .filter(({ record }) => record.fields.includes(field))
    .map(({ record: { recipient, sequence, line, withdrawnBy }, row: { envelope } }) => ({
      recipient,
      sequence,
      line,
      envelope,
      withdrawnBy,
    }));
}

/** As `RelayStore.toldAbout` answers. */
export function toldAboutIn(feeds: Feeds, { eventIds, lines, personId }: ToldAsked): ToldFact[] {
  const events = new Set(eventIds);
  return byRecipient(feeds)
    .filter(({ record }) => events.has(record.event.eventId))
    .filter(({ record }) => lines.includes(record.line))
    .filter(({ record }) => ['', personId].includes(record.personId))
    .map(({ record: { event, recipient, grade, withdrawnBy }, row: { envelope } }) => ({
      eventId: event.eventId,
      recipient,
      grade,
      toldAt: envelope.disclosedtime,
      withdrawn: withdrawnBy !== null,
    }));
}

function byRecipient(feeds: Feeds): Told[] {
  return [...feeds].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, feed]) => [...feed]);
}
