import type { Table } from './disclosure-changes.js';
import type { Feeds } from './feed-changes.js';
import type { JsonSchema } from './json-schema.js';
import type { Release } from './release.js';
import disclosure from './released/disclosure.json' with { type: 'json' };
import events from './released/events.json' with { type: 'json' };
import feeds from './released/feeds.json' with { type: 'json' };
import samples from './released/samples.json' with { type: 'json' };

/** What has gone out. It only grows: written by `npm run catalogue -- --release`, never by hand. */
export const released: Release = {
  events: events satisfies Record<string, JsonSchema>,
  feeds: feeds satisfies Feeds,
  samples: samples satisfies Record<string, string>,
};

/** By which rules rows of its version were told. */
export const releasedTable = disclosure as Table;
