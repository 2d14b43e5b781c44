import type { FeedPage } from '@common-thread/projecting/feed-pages';
import { hashOf } from '@common-thread/projecting/feed-row';
import { MemoryRelayStore } from '../../../apps/feed-relay/store/memory-relay-store.js';

/** A store whose rows of one type are made again under the table now in force: what must never be. */
export class RecomputingStore extends MemoryRelayStore {
  #recomputed = false;

  recompute(): void {
    this.#recomputed = true;
  }

  override async page(recipient: string, after: number, limit: number): Promise<FeedPage> {
    const page = await super.page(recipient, after, limit);
    if (!this.#recomputed) return page;
    const rows = page.rows.map((row) => {
      if (!row.envelope.type.includes('.registration.')) return row;
      const envelope = { ...row.envelope, tableversion: 2 };
      return { ...row, envelope, hash: hashOf(envelope) };
    });
    return { ...page, rows };
  }
}
