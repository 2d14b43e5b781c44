/** Topics, groups and settings of the feeds' tails; applied by infra/kafka and by the publisher. */

const DAY_MS = 24 * 60 * 60 * 1_000;

export const FEED_TOPIC_PREFIX = 'common-thread.feed.';
/** One order for a whole feed; the load fits. */
export const FEED_PARTITIONS = 1;

/** @param recipient `<organisation>.<audience>` */
export function topicOf(recipient: string): string {
  return `${FEED_TOPIC_PREFIX}${recipient}.v1`;
}

/** Every group of one recipient begins with it; the point at its end keeps `elm` out of `elm-two`. */
export function groupPrefixOf(recipient: string): string {
  return `common-thread.agency.${recipient}.`;
}

export function inboxGroupOf(recipient: string): string {
  return `${groupPrefixOf(recipient)}inbox`;
}

/**
 * A fast tail and no archive. Segments are closed every six hours, because only a closed one leaves
 * the disk when its records were deleted. A batch may hold what an append of 512 KiB became.
 */
export const feedTopicSettings: Readonly<Record<string, string>> = {
  'cleanup.policy': 'delete',
  'retention.ms': String(14 * DAY_MS),
  'segment.ms': String(DAY_MS / 4),
  'max.message.bytes': String(4 * 1024 * 1024),
  'message.timestamp.type': 'LogAppendTime',
};
