import type { EventLog } from '@common-thread/eventing/event-log';
import type { FeedPages } from '@common-thread/projecting/feed-pages';
import type { Inbox } from '@common-thread/projecting/inbox';
import type { ProjectionStore } from '@common-thread/projecting/projection-store';
import type { Reaction } from '../../../apps/command-api/reactions/reaction.js';
import type { RelayStore } from '../../../apps/feed-relay/store/relay-store.js';
import type { Life } from '../machine/life.js';

/** Where the parts of the run are put together and a bug may be planted, between a port and its user. */
export interface Seams {
  /** The log of relay and reactions. */
  log(log: EventLog, life: Life): EventLog;
  /** The log of the commands, taken over after `log`. */
  commandLog(log: EventLog, life: Life): EventLog;
  relayStore(store: RelayStore): RelayStore;
  /** The pages as agencies receive them. */
  pages(pages: FeedPages): FeedPages;
  inbox(inbox: Inbox): Inbox;
  projectionStore(store: ProjectionStore): ProjectionStore;
  reaction(reaction: Reaction): Reaction;
}

const as = <Part>(part: Part): Part => part;

/** The product as it is. */
export const untouched: Seams = {
  log: as,
  commandLog: as,
  relayStore: as,
  pages: as,
  inbox: as,
  projectionStore: as,
  reaction: as,
};
