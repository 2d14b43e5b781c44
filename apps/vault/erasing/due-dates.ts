import type { RetentionEnd, RetentionFacts } from '@common-thread/domain/erasure/retention';
import { dueOn, toldAsDue } from '@common-thread/domain/erasure/retention';
import { isDay } from '@common-thread/domain/london-day';
import type { Actor } from '@common-thread/platform/actor';
import type { Audit } from '../audit/audit.js';
import type { KnownIdentity } from '../blind-index/indexing.js';
import type { Clock } from '../clock.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { HoldersWork } from './holders-work.js';

export interface DueDatesEngines {
  readonly fold: VaultFold;
  readonly identity: KnownIdentity;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** Work of one organisation about one person, all of it ended. */
export interface EndedWork {
  readonly personId: string;
  readonly organisation: string;
  readonly work: readonly HoldersWork[];
  readonly closed: string;
}

export interface DatedWork extends EndedWork {
  /** When its records may go; undefined where a birth is not known. */
  readonly end: RetentionEnd | undefined;
}

/** So that whoever opens a record meanwhile need not wait. */
const OPENED_AT_ONCE = 50;

/**
 * When the time to keep somebody’s records is over. It is counted from births, which are opened for that
 * within the vault; what is given and remembered is the month alone.
 */
export class DueDates {
  readonly #known = new Map<string, RetentionEnd | undefined>();

  constructor(private readonly engines: DueDatesEngines) {}

  /**
   * In the order given. In the audit are the people whose births were opened for it.
   * @throws VaultUnavailable
   */
  async of(reader: Actor, ended: readonly EndedWork[]): Promise<readonly DatedWork[]> {
    const missing = ended.filter((each) => !this.#known.has(this.#nameOf(each)));
    for (let from = 0; from < missing.length; from += OPENED_AT_ONCE) {
      await this.#count(reader, missing.slice(from, from + OPENED_AT_ONCE));
    }
    return ended.map((each) => ({ ...each, end: this.#known.get(this.#nameOf(each)) }));
  }

  async #count(reader: Actor, ended: readonly EndedWork[]): Promise<void> {
    const { audit, clock, fold, identity } = this.engines;
    const people = new Set(ended.flatMap(({ personId }) => fold.countedFor(personId)));
    const asked = { kind: 'derive', purpose: 'derive', page: 'retention' } as const;
    const about = [...people];
    const entryId = await audit.commit({
      ...asked,
      at: clock.now(),
      asker: reader,
      about,
      items: [],
    });
    const opened = about.map(async (id) => {
      const { dateOfBirth = '' } = await identity.of(id);
      // What is no day was imported as it came: it counts as not known.
      return [id, isDay(dateOfBirth) ? dateOfBirth : undefined] as const;
    });
    const births = new Map(await Promise.all(opened));
    for (const each of ended) {
      const end = this.#endOf(each, births);
      this.#known.set(this.#nameOf(each), end && { ...end, on: toldAsDue(end.on) });
    }
    audit.delivered(entryId);
  }

  /** An adult’s are kept as long as those of the last child they belong with, while any is left. */
  #endOf(
    { personId, work, closed }: EndedWork,
    births: ReadonlyMap<string, string | undefined>,
  ): RetentionEnd | undefined {
    const { fold } = this.engines;
    const counted = fold.countedFor(personId);
    const left = counted.filter((id) => births.get(id) || !fold.erasures.isConfirmedOf(id));
    const kinds = [...new Set(work.map(({ kept }) => kept))];
    const [kind] = kinds;
    if (kind && counted.length > 0 && left.length === 0)
      return { on: closed, kind, from: 'closed' };
    let last: RetentionEnd | undefined;
    for (const id of left) {
      const end = dueOn(kinds, factsOf(births.get(id), closed));
      if (!end) return undefined;
      if (!last || end.on > last.on) last = end;
    }
    return last;
  }

  /** Another name, and it is counted anew, once anything of it has changed. */
  #nameOf({ personId, organisation, work, closed }: EndedWork): string {
    const { fold } = this.engines;
    const told = fold
      .countedFor(personId)
      .map((id) => [id, fold.eventsTelling(id).length, fold.identityEventsOf(id).length]);
    const kept = work.map(({ kept }) => kept);
    return JSON.stringify([personId, organisation, closed, kept, told]);
  }
}

function factsOf(born: string | undefined, closed: string): RetentionFacts {
  return { closed, ...(born === undefined ? {} : { born }) };
}
