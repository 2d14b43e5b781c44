import type { RetentionEnd } from '@common-thread/domain/erasure/retention';
import { daysAfter, londonDay } from '@common-thread/domain/london-day';
import type { Actor } from '@common-thread/platform/actor';
import type { DueList, DueRecords, KeptRecords, KeysHeld } from '@common-thread/platform/erasing';
import type { Clock } from '../clock.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { KeyStore } from '../keys/key-store.js';
import type { LivingHold } from '../keys/shreddings.js';
import type { DatedWork, DueDates, EndedWork } from './due-dates.js';

/** What becomes due within this is listed, so that officers can see it coming. */
const DAYS_AHEAD = 365;
/** More than officers decide about in a month; the rest moves up. */
const LISTED_MAX = 500;

export interface DueEngines {
  readonly fold: VaultFold;
  readonly store: KeyStore;
  readonly dates: DueDates;
  readonly isCarriedOut: (proposalId: string) => boolean;
  readonly clock: Clock;
}

interface OfHolder extends Omit<EndedWork, 'closed'> {
  /** Absent while any of it goes on. */
  readonly closed?: string;
}

/**
 * What is due to be destroyed: the work of each organisation about each person that has ended, by when the
 * time to keep its records is over. Only what somebody still holds a key to is on it.
 */
export class RecordsDue {
  constructor(private readonly engines: DueEngines) {}

  /** @throws VaultUnavailable */
  async list(reader: Actor): Promise<DueList> {
    const { fold, dates, clock } = this.engines;
    const asOf = londonDay(clock.now().toISOString());
    const until = daysAfter(asOf, DAYS_AHEAD);
    const work = fold.people.flatMap((id) => this.#workOf(id));
    const ended = await dates.of(reader, work.filter(hasEnded));
    const soon = ended.filter(({ end }) => end && end.on <= until);
    const held = await this.#heldBy([...new Set(soon.map(({ personId }) => personId))]);
    const due = soon.flatMap((each) => {
      const recordClasses = held(each.personId, each.organisation);
      return recordClasses.length === 0 ? [] : this.#dueOf(each, recordClasses);
    });
    due.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
    const notCounted = ended.filter(
      ({ personId, end }) => !end && !fold.erasures.isConfirmedOf(personId),
    );
    const more = Math.max(0, due.length - LISTED_MAX);
    return {
      ...{ asOf, until, more },
      due: due.slice(0, LISTED_MAX),
      notCounted: notCounted.length,
    };
  }

  /** What each organisation that did anything about somebody holds of them. @throws VaultUnavailable */
  async keptOf(reader: Actor, personId: string): Promise<readonly KeptRecords[]> {
    const work = this.#workOf(personId);
    const dated = await this.engines.dates.of(reader, work.filter(hasEnded));
    const held = await this.#heldBy([personId]);
    return work.map((each) => {
      const end = dated.find(({ organisation }) => organisation === each.organisation)?.end;
      return {
        holder: each.organisation,
        recordClasses: held(personId, each.organisation),
        isOpen: !hasEnded(each),
        ...(end ? { due: dueIn(end) } : {}),
      };
    });
  }

  /** By class and controller, the keys that still open something of a person’s, and who holds them. */
  async keysOf(personId: string): Promise<readonly KeysHeld[]> {
    const kinds = new Map<string, LivingHold[]>();
    for (const key of await this.engines.store.living([personId])) {
      const name = [key.recordClass, key.controller, ...this.#holdersOf(key)].join(' ');
      kinds.set(name, [...(kinds.get(name) ?? []), key]);
    }
    return [...kinds.entries()].toSorted().flatMap(([, [key, ...others]]) => {
      if (!key) return [];
      const { recordClass, controller } = key;
      return { recordClass, controller, keys: 1 + others.length, holders: this.#holdersOf(key) };
    });
  }

  /** The organisations that still hold a key. */
  #holdersOf({ subject, recordClass, controller, releasedBy }: LivingHold): readonly string[] {
    const told = this.engines.fold.holdersOf(subject).get(recordClass) ?? [];
    return [...new Set([controller, ...told])].filter((holder) => !releasedBy.includes(holder));
  }

  /** By person and organisation: the classes of record it holds a key to. */
  async #heldBy(
    people: readonly string[],
  ): Promise<(personId: string, organisation: string) => readonly string[]> {
    const held = new Map<string, Set<string>>();
    for (const key of await this.engines.store.living(people)) {
      for (const holder of this.#holdersOf(key)) {
        const name = `${key.subject} ${holder}`;
        held.set(name, (held.get(name) ?? new Set()).add(key.recordClass));
      }
    }
    return (personId, organisation) =>
      [...(held.get(`${personId} ${organisation}`) ?? [])].toSorted();
  }

  #dueOf(
    { personId, organisation: holder, end }: DatedWork,
    recordClasses: readonly string[],
  ): DueRecords[] {
    if (!end) return [];
    const { fold } = this.engines;
    const waiting = fold.erasures.proposals.find(
      (proposal) =>
        proposal.personId === personId &&
        proposal.holder === holder &&
        !proposal.declined &&
        !this.engines.isCarriedOut(proposal.proposalId),
    );
    return [
      {
        ...{ personId, holder, recordClasses, due: dueIn(end), isOpen: false },
        familyIds: fold.familiesEverOf(personId),
        holds: [...(fold.erasures.holds.get(personId)?.keys() ?? [])],
        ...(waiting ? { proposalId: waiting.proposalId } : {}),
      },
    ];
  }

  #workOf(personId: string): readonly OfHolder[] {
    const work = this.engines.fold.workAbout(personId);
    const organisations = [...new Set(work.map(({ organisation }) => organisation))];
    return organisations.toSorted().map((organisation) => {
      const theirs = work.filter((each) => each.organisation === organisation);
      const days = theirs.flatMap(({ closed }) => closed ?? []).toSorted();
      const closed = days.length === theirs.length ? days.at(-1) : undefined;
      return { personId, organisation, work: theirs, ...(closed === undefined ? {} : { closed }) };
    });
  }
}

function dueIn({ on: from, kind, from: countedFrom }: RetentionEnd): DueRecords['due'] {
  return { from, kind, countedFrom };
}

function hasEnded(work: OfHolder): work is OfHolder & EndedWork {
  return work.closed !== undefined;
}

function placeOf({ due, personId, holder }: DueRecords): string {
  return [due.from, personId, holder].join(' ');
}
