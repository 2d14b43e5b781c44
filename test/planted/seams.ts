import type { EventLog } from '@common-thread/eventing/event-log';
import type { FeedPages } from '@common-thread/projecting/feed-pages';
import type { Inbox } from '@common-thread/projecting/inbox';
import type { ProjectionStore } from '@common-thread/projecting/projection-store';
import type { Pool } from 'pg';
import type { Reaction } from '../../apps/command-api/reactions/reaction.js';
import type { RelayStore } from '../../apps/feed-relay/store/relay-store.js';
import type { Audit } from '../../apps/vault/audit/audit.js';

/** What a port stands on, for whoever takes it over. */
export interface Ground {
  /** Of the same database. */
  readonly pool: Pool;
  /** Schema of the agency whose port it is; empty for ports that are nobody's own. */
  readonly schema: string;
}

/** Where the parts of a system are put together, and may be taken over. */
export interface Seams {
  /** The log of relay, vault and reactions. */
  log(log: EventLog, ground: Ground): EventLog;
  /** The log of the commands, taken over after `log`. */
  commandLog(log: EventLog, ground: Ground): EventLog;
  relayStore(store: RelayStore, ground: Ground): RelayStore;
  /** The pages as agencies receive them. */
  pages(pages: FeedPages): FeedPages;
  inbox(inbox: Inbox, ground: Ground): Inbox;
  projectionStore(store: ProjectionStore, ground: Ground): ProjectionStore;
  reaction(reaction: Reaction): Reaction;
  /** Of what the vault opens. */
  audit(audit: Audit): Audit;
}

const as = <Part>(part: Part): Part => part;

/** A system as it is. */
export const untouched: Seams = {
  log: as,
  commandLog: as,
  relayStore: as,
  pages: as,
  inbox: as,
  projectionStore: as,
  reaction: as,
  audit: as,
};

/** First one, and over what that leaves the other. */
export function then(first: Seams, second: Seams): Seams {
  return {
    log: (log, ground) => second.log(first.log(log, ground), ground),
    commandLog: (log, ground) => second.commandLog(first.commandLog(log, ground), ground),
    relayStore: (store, ground) => second.relayStore(first.relayStore(store, ground), ground),
    pages: (pages) => second.pages(first.pages(pages)),
    inbox: (inbox, ground) => second.inbox(first.inbox(inbox, ground), ground),
    projectionStore: (store, ground) =>
      second.projectionStore(first.projectionStore(store, ground), ground),
    reaction: (reaction) => second.reaction(first.reaction(reaction)),
    audit: (audit) => second.audit(first.audit(audit)),
  };
}
