import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { BlindIndex } from '../blind-index/blind-index.js';
import type { IndexKind, IndexRow } from '../blind-index/index-row.js';
import type { Clock } from '../clock.js';
import type { LogFollower } from '../following/log-follower.js';
import { STALE_MS } from '../following/log-follower.js';
import type { VaultFold } from '../following/vault-fold.js';

export interface FinderEngines {
  readonly index: BlindIndex;
  readonly fold: VaultFold;
  readonly follower: LogFollower;
  readonly clock: Clock;
}

/**
 * The hashes each person is found by now: of each kind the one last told, corrections included.
 */
export type CurrentMacs = ReadonlyMap<string, ReadonlyMap<IndexKind, Buffer>>;

/**
 * Finds people by what was last told of them. An index row is written before its event is
 * appended, so it counts only once the log holds that event: a command that never happened finds
 * nobody.
 */
export class PeopleFinder {
  constructor(private readonly engines: FinderEngines) {}

  /** The people of whom some current hash is among those wanted. @throws VaultUnavailable */
  async find(
    wanted: readonly { readonly kind: IndexKind; readonly mac: Buffer }[],
  ): Promise<CurrentMacs> {
    if (wanted.length === 0) return new Map();
    const { clock, fold, follower } = this.engines;
    const arrival = clock.now();
    const rows = await this.#rows(wanted);
    const isAhead = rows.some(({ personId, eventId }) => !fold.knowsTold(personId, eventId));
    if (isAhead && !(await follower.past(arrival, STALE_MS))) {
      throw new VaultUnavailable('the vault is behind the log');
    }
    const current = this.#current(rows);
    for (const [personId, macs] of current) {
      const isFound = wanted.some(({ kind, mac }) => macs.get(kind)?.equals(mac));
      if (!isFound) current.delete(personId);
    }
    return current;
  }

  async #rows(
    wanted: readonly { readonly kind: IndexKind; readonly mac: Buffer }[],
  ): Promise<readonly IndexRow[]> {
    try {
      return await this.engines.index.rowsOfMatching(wanted);
    } catch (cause) {
      throw new VaultUnavailable('the index cannot be reached', { cause });
    }
  }

  #current(rows: readonly IndexRow[]): Map<string, Map<IndexKind, Buffer>> {
    const byEvent = new Map<string, IndexRow[]>();
    for (const row of rows) byEvent.set(row.eventId, [...(byEvent.get(row.eventId) ?? []), row]);
    const current = new Map<string, Map<IndexKind, Buffer>>();
    for (const personId of new Set(rows.map((row) => row.personId))) {
      const macs = new Map<IndexKind, Buffer>();
      for (const eventId of this.engines.fold.identityEventsOf(personId)) {
        for (const { kind, mac } of byEvent.get(eventId) ?? []) macs.set(kind, mac);
      }
      if (macs.size > 0) current.set(personId, macs);
    }
    return current;
  }
}
