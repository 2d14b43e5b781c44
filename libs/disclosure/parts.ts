import type { RecipientId } from '@common-thread/domain/identifiers';
import type { Policy } from './policy.js';

/** The columns that name a recipient by its part in a stream. */
export function partsOf(
  policy: Policy,
  recipient: RecipientId,
  streamId: string,
): ('author' | 'referrer')[] {
  const stream = policy.streams.get(streamId);
  if (!stream) return [];
  return [
    ...(stream.author === recipient ? (['author'] as const) : []),
    ...(stream.referrer === recipient ? (['referrer'] as const) : []),
  ];
}
