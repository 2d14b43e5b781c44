import type { AgencyFeed } from '@common-thread/projecting/agency-feed';
import type { Registry } from 'prom-client';
import { Counter } from 'prom-client';
import { gauge, secondsSince } from './gauges.js';

/** How far an agency's feed and read models have come. */
export function measureFeed(feed: AgencyFeed, recipient: string, metrics: Registry): void {
  const ofFeed = { recipient };
  gauge(
    metrics,
    {
      name: 'common_thread_feed_age_seconds',
      help: 'Since the inbox last held everything the pages had',
      labels: ['recipient'],
    },
    () => [{ labels: ofFeed, value: secondsSince(feed.status.receiver.completeAt) }],
  );
  gauge(
    metrics,
    {
      name: 'common_thread_feed_receiving',
      help: '1 while the feed is received, 0 while it waits for the relay or has stopped on a fault',
      labels: ['recipient'],
    },
    () => [{ labels: ofFeed, value: feed.status.receiver.state === 'receiving' ? 1 : 0 }],
  );
  new Counter({
    name: 'common_thread_feed_rows_total',
    help: 'Rows brought into the inbox, by the way they came first: pages, or tail where there is a broker',
    labelNames: ['recipient', 'from'],
    registers: [metrics],
    collect() {
      this.reset();
      for (const [from, rows] of Object.entries(feed.status.received)) {
        this.inc({ recipient, from }, rows);
      }
    },
  });
  measureReadModels(feed, recipient, metrics);
}

function measureReadModels(feed: AgencyFeed, recipient: string, metrics: Registry): void {
  const labels = ['recipient', 'projection'];
  const each = (
    value: (model: AgencyFeed['status']['readModels'][number]) => number | undefined,
  ) =>
    feed.status.readModels.map((model) => ({
      labels: { recipient, projection: model.name },
      value: value(model),
    }));
  gauge(
    metrics,
    {
      name: 'common_thread_projection_age_seconds',
      help: 'Since the read model last showed everything the relay had told',
      labels,
    },
    () => each(({ freshAsOf }) => secondsSince(freshAsOf)),
  );
  gauge(
    metrics,
    {
      name: 'common_thread_projection_sequence',
      help: 'Last row of the feed folded into the read model',
      labels,
    },
    () => each(({ sequence }) => sequence),
  );
  gauge(
    metrics,
    {
      name: 'common_thread_projection_parked_lines',
      help: 'Families and contacts whose line a poison row has stopped',
      labels,
    },
    () => each(({ parked }) => parked),
  );
}
