import { gauge, secondsSince } from '@common-thread/running/gauges';
import type { Registry } from 'prom-client';
import type { FeedRelay } from './create-feed-relay.js';

/** How far the relay has come with telling. */
export function measureRelay(relay: Pick<FeedRelay, 'status'>, metrics: Registry): void {
  gauge(
    metrics,
    {
      name: 'common_thread_relay_oldest_unhandled_seconds',
      help: 'Age at most of the oldest event not told of yet; absent until the relay first caught up',
    },
    () => [{ value: secondsSince(relay.status().caughtUpTo) }],
  );
  gauge(
    metrics,
    {
      name: 'common_thread_relay_state',
      help: '1 for the state the relay is in',
      labels: ['state'],
    },
    () => [{ labels: { state: relay.status().state }, value: 1 }],
  );
}
