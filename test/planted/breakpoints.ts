import type { EventLog } from '@common-thread/eventing/event-log';
import type { FeedPages } from '@common-thread/projecting/feed-pages';
import type { ProjectionStore, ProjectionUnit } from '@common-thread/projecting/projection-store';
import type { RelayStore } from '../../apps/feed-relay/store/relay-store.js';
import type { Audit } from '../../apps/vault/audit/audit.js';
import { over } from './over.js';
import { withEnvelope } from './relay-bugs.js';
import type { Seams } from './seams.js';
import { untouched } from './seams.js';

/** Moments at which a process can be held, in order to be killed there or to have its wire cut. */
export const points = [
  /** An append is about to be sent to the store. */
  'append-asked',
  /** An append is durable and nobody has been told yet. */
  'append-done',
  /** An append of a reaction is durable, and the checkpoint is not moved. */
  'reaction-done',
  /** The relay is about to take over from whoever was the relay before. */
  'relay-takes-over',
  /** The relay is about to commit rows. */
  'relay-commit',
  /** A read model has written rows; its transaction is open. */
  'rows-written',
  /** A read model is about to move its checkpoint. */
  'checkpoint-moves',
  /** An agency has a page of rows; it goes on without the first of those that it does not hold. */
  'row-goes-missing',
  /** An agency has a page of rows; it goes on with another value of the row before them. */
  'row-comes-altered',
  /** An entry of the audit is about to be sent to its store. */
  'audit-asked',
  /** An entry is durable, and nothing has been shown yet. */
  'audit-done',
] as const;

export type Point = (typeof points)[number];
/** A point, or one of a category of streams, a read model or a kind of entry alone: `audit-done/reveal`. */
export type Armed = Point | `${Point}/${string}`;

export interface Breakpoints {
  /**
   * False at once unless the point is armed, everywhere or there: then true, when whoever armed it says
   * so.
   */
  reached(point: Point, where?: string): Promise<boolean>;
}

/** A system that can be held at each of the points. */
export function heldAt(breakpoints: Breakpoints): Seams {
  const reached: Reached = (point, where) => breakpoints.reached(point, where);
  return {
    ...untouched,
    commandLog: (log) => heldLog(log, reached),
    relayStore: (store) => heldRelayStore(store, reached),
    pages: (pages) => heldPages(pages, reached),
    projectionStore: (store) => heldProjectionStore(store, reached),
    audit: (audit) => heldAudit(audit, reached),
  };
}

type Reached = Breakpoints['reached'];

function heldLog(log: EventLog, reached: Reached): EventLog {
  return over(log, (inner) => ({
    append: async (streamId, expected, events) => {
      const category = streamId.slice(0, streamId.indexOf('-'));
      await reached('append-asked', category);
      const appended = await inner.append(streamId, expected, events);
      const byReaction = events.some(({ metadata }) => metadata.role === 'reaction');
      await reached(byReaction ? 'reaction-done' : 'append-done', category);
      return appended;
    },
  }));
}

function heldRelayStore(store: RelayStore, reached: Reached): RelayStore {
  return over(store, (inner) => ({
    takeOver: async () => {
      await reached('relay-takes-over');
      return inner.takeOver();
    },
    commit: async (...commit) => {
      if (commit[3].rows.size > 0) await reached('relay-commit');
      return inner.commit(...commit);
    },
  }));
}

function heldAudit(audit: Audit, reached: Reached): Audit {
  return over(audit, (inner) => ({
    commit: async (entry) => {
      await reached('audit-asked', entry.kind);
      const entryId = await inner.commit(entry);
      await reached('audit-done', entry.kind);
      return entryId;
    },
  }));
}

/** The way from the pages to an agency, which may lose a row or bring a false one. */
function heldPages(pages: FeedPages, reached: Reached): FeedPages {
  return over(pages, (inner) => ({
    page: async (recipient, after, limit) => {
      const { rows, head } = await inner.page(recipient, after, limit);
      const known = after > 0 ? 1 : 0; // each page begins with the last row that is held
      if (rows.length > known + 1 && (await reached('row-goes-missing'))) {
        return { rows: rows.filter((_, nth) => nth !== known), head };
      }
      if (rows.length > 0 && after > 0 && (await reached('row-comes-altered'))) {
        const before = await inner.page(recipient, after - 1, 1);
        const altered = before.rows.map((row) => withEnvelope(row, { ground: 'told' }));
        return { rows: [...altered, ...rows], head };
      }
      return { rows, head };
    },
  }));
}

function heldProjectionStore(store: ProjectionStore, reached: Reached): ProjectionStore {
  return over(store, (inner) => ({
    transact: (model, generation, work) =>
      inner.transact(model, generation, (unit) => work(heldUnit(unit, model.name, reached))),
  }));
}

function heldUnit(unit: ProjectionUnit, model: string, reached: Reached): ProjectionUnit {
  return over(unit, (inner) => ({
    write: async (table, changes) => {
      await inner.write(table, changes);
      if (changes.size > 0) await reached('rows-written', model);
    },
    advance: async (sequence) => {
      await reached('checkpoint-moves', model);
      await inner.advance(sequence);
    },
  }));
}
