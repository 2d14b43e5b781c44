import type { FeedPage } from '@common-thread/projecting/feed-pages';
import { FeedPages, FeedUnavailable } from '@common-thread/projecting/feed-pages';
import type { RelayStore } from '../store/relay-store.js';
import { StoreUnavailable } from '../store/relay-store.js';
import type { Announcements } from './announcements.js';

/** The permanent pages, read from the relay's own store. */
export class RelayPages extends FeedPages {
  constructor(
    private readonly store: RelayStore,
    private readonly announcements: Announcements,
  ) {
    super();
  }

  async page(recipient: string, after: number, limit: number): Promise<FeedPage> {
    try {
      return await this.store.page(recipient, after, limit);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw new FeedUnavailable('the pages cannot be read');
      throw error;
    }
  }

  async changed(recipient: string, after: number, signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const stop = () => enough.abort();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const announced = this.announcements.next(recipient, enough.signal);
    // Listening began before looking, so that nothing is told in between unheard.
    const { head } = await this.page(recipient, after, 1).catch(() => ({ head: after }));
    if (head > after) stop();
    await announced;
    signal.removeEventListener('abort', stop);
  }
}
