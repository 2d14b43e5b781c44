import type { FeedEnvelope, FeedRow } from '@common-thread/projecting/feed-row';

/**
 * A row as CloudEvents 1.0 JSON: the envelope's attributes, our extensions, and the body as `data`, which
 * is absent once the row has been withdrawn.
 */
export type CloudEvent = FeedEnvelope & {
  readonly hash: string;
  readonly withdrawnby?: string;
  readonly data?: Readonly<Record<string, unknown>>;
};

export function cloudEventOf({ envelope, hash, body, withdrawnBy }: FeedRow): CloudEvent {
  return {
    ...envelope,
    hash,
    ...(withdrawnBy === null ? {} : { withdrawnby: withdrawnBy }),
    ...(body === null ? {} : { data: body }),
  };
}
