import type { FeedPage } from '@common-thread/projecting/feed-pages';
import { FeedPages, FeedUnavailable } from '@common-thread/projecting/feed-pages';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { RelayStore } from '../../../apps/feed-relay/store/relay-store.js';
import { StoreUnavailable } from '../../../apps/feed-relay/store/relay-store.js';
import type { Bell } from '../machine/bell.js';
import { listenTo } from '../machine/bell.js';
import type { Life } from '../machine/life.js';
import type { Weather } from '../machine/weather.js';

/** Some news never come. */
const NEWS_MS_MAX = 60_000;

/** Told of what an agency reads. */
export interface PagesWatch {
  read(rows: readonly FeedRow[]): void;
  torn(recipient: string): void;
}

/** The relay's pages as one life of an agency reaches them. */
export class SimulatedPages extends FeedPages {
  constructor(
    private readonly store: RelayStore,
    private readonly told: Bell,
    private readonly life: Life,
    private readonly weather: Weather,
    private readonly watch?: PagesWatch,
  ) {
    super();
  }

  override async page(recipient: string, after: number, limit: number): Promise<FeedPage> {
    try {
      const page = await this.store.page(recipient, after, limit);
      this.watch?.read(page.rows);
      return this.#torn(recipient, page, after > 0 ? 1 : 0);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      throw new FeedUnavailable('the simulated pages cannot be read');
    }
  }

  /** Now and then the first row after those known is missing on the way. */
  #torn(recipient: string, page: FeedPage, known: number): FeedPage {
    if (!this.watch || page.rows.length <= known) return page;
    if (!this.weather.happens('torn pages', 0.04)) return page;
    this.watch.torn(recipient);
    return { ...page, rows: page.rows.filter((_, nth) => nth !== known) };
  }

  override async changed(_recipient: string, _after: number, signal: AbortSignal): Promise<void> {
    const isDeaf = this.weather.happens('delays', 0.2);
    if (isDeaf) await this.life.pause(NEWS_MS_MAX, signal);
    else await this.life.untilRung(listenTo(this.told), NEWS_MS_MAX, signal);
  }
}
