import type { Unpublished } from '../../apps/feed-relay/publishing/published-marks.js';
import { PublishedMarks } from '../../apps/feed-relay/publishing/published-marks.js';
import { FenceLost } from '../../apps/feed-relay/store/relay-store.js';
import type { ToldFeed } from './told-feed.js';

/** The mark of one feed, over the feed itself. */
export class MarksOfOne extends PublishedMarks {
  fence = 0;
  published = 0;

  constructor(private readonly feed: ToldFeed) {
    super();
  }

  async takeOver(): Promise<number> {
    return (this.fence += 1);
  }

  async unpublished(): Promise<readonly Unpublished[]> {
    const { published } = this;
    const { recipient, head } = this.feed;
    return head > published ? [{ recipient, published, head }] : [];
  }

  async advance(fence: number, _recipient: string, to: number): Promise<void> {
    if (fence !== this.fence) throw new FenceLost('another relay publishes now');
    this.published = to;
  }
}
