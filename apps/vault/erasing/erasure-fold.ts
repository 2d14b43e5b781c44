import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { isErasureEvent } from '@common-thread/domain/erasure/events';
import type { ErasureEvent } from '@common-thread/domain/erasure/events';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { londonDay } from '@common-thread/domain/london-day';
import { idOfStream } from '@common-thread/eventing/identifiers';
import { isBox } from '@common-thread/eventing/sealing';
import type { ErasedBy } from '@common-thread/platform/revealing';
import { readBox } from '../boxes/box.js';

type Proposed = DataOf<ErasureEvent, 'ShreddingProposed'>;

/** When something was decided, and by whom. */
export interface DecidedBy {
  readonly by: string;
  /** RFC 3339 UTC instant */
  readonly at: string;
}

/** One proposal to destroy, as the log has it so far. */
export interface Proposal extends Proposed {
  readonly proposalId: string;
  readonly personId: string;
  /** The person, and contacts and referrals that are about nobody else. */
  readonly subjects: readonly string[];
  /** The person’s own events that told who they are by then, each with the organisation that recorded it. */
  readonly told: readonly ToldBy[];
  readonly proposed: DecidedBy;
  declined?: DecidedBy;
  confirmed?: DecidedBy;
  /** Who may hold a copy of each class, as it was when it was confirmed. */
  holders?: ReadonlyMap<string, readonly string[]>;
  /** What was recorded after it was confirmed and sealed before, by key: events it does not reach. */
  readonly sealedSince: Map<string, Set<string>>;
}

export interface ToldBy {
  readonly eventId: string;
  readonly organisation: string;
}

type Confirmed = Proposal & Required<Pick<Proposal, 'confirmed'>>;

/** Nothing where a key died by itself. */
interface Erased {
  readonly erased?: ErasedBy;
}

interface RetiredKey {
  readonly keyId: string;
  readonly subjects: readonly string[];
  readonly retiredFor: readonly string[];
}

/** What else of the log an erasure rests on. */
export interface KnownOfPeople {
  subjectsOf(personId: string): readonly string[];
  toldOf(personId: string): readonly ToldBy[];
  /** By record class: the organisations that have been told what it holds, or may have been. */
  holdersOf(personId: string): ReadonlyMap<string, readonly string[]>;
}

/** Legal holds, and what officers proposed, confirmed and declined to destroy. */
export class ErasureFold {
  readonly #holds = new Map<string, Map<string, DecidedBy>>();
  readonly #proposals = new Map<string, Proposal>();
  /** Confirmed, and not known to be carried out. */
  readonly #unsettled = new Set<Proposal>();

  constructor(private readonly known: KnownOfPeople) {}

  /** Every proposal, in log order. */
  get proposals(): readonly Proposal[] {
    return [...this.#proposals.values()];
  }

  /** Grounds of the legal holds in force on each person who has any. */
  get holds(): ReadonlyMap<string, ReadonlyMap<string, DecidedBy>> {
    return this.#holds;
  }

  isHeld(personId: string): boolean {
    return this.#holds.has(personId);
  }

  /** Whether anything of somebody’s has been given up for good. */
  isConfirmedOf(personId: string): boolean {
    return this.proposals.some((proposal) => proposal.personId === personId && proposal.confirmed);
  }

  proposal(proposalId: string): Proposal | undefined {
    return this.#proposals.get(proposalId);
  }

  /** Carried out on these keys: what is recorded from now on is sealed with others. */
  settle(proposal: Proposal, keyIds: readonly string[]): void {
    this.#unsettled.delete(proposal);
    for (const keyId of proposal.sealedSince.keys()) {
      if (!keyIds.includes(keyId)) proposal.sealedSince.delete(keyId);
    }
  }

  /** Whether an organisation has let go of everybody that an event’s text is about. */
  hasLetGo(organisation: string, eventId: string, key: RetiredKey): boolean {
    const letGo = key.retiredFor.flatMap((id) => {
      const proposal = this.#proposals.get(id);
      if (!proposal?.confirmed || proposal.holder !== organisation) return [];
      return proposal.sealedSince.get(key.keyId)?.has(eventId) ? [] : proposal.subjects;
    });
    return letGo.length > 0 && key.subjects.every((subject) => letGo.includes(subject));
  }

  /** By which decision a key’s texts are erased for an organisation: its own, else the last about that key. */
  erasedBy(organisation: string, { retiredFor }: Pick<RetiredKey, 'retiredFor'>): Erased {
    const confirmed = retiredFor
      .flatMap((id) => this.#proposals.get(id) ?? [])
      .filter(isConfirmed);
    const own = confirmed.find(({ holder }) => holder === organisation);
    const decided = own ?? confirmed.toSorted(byConfirmation).at(-1);
    if (!decided) return {};
    const {
      ground,
      confirmed: { at },
    } = decided;
    return { erased: { on: londonDay(at), ground } };
  }

  fold(event: RecordedCommonThreadEvent): void {
    if (isErasureEvent(event)) this.#foldErasure(event);
    else if (this.#unsettled.size > 0) this.#noteKeys(event);
  }

  #foldErasure(event: Extract<RecordedCommonThreadEvent, ErasureEvent>): void {
    const personId = idOfStream('erasure', event.streamId);
    const decided = { by: event.metadata.recordedBy, at: event.metadata.recordedAt };
    switch (event.type) {
      case 'LegalHoldPlaced': {
        const held = this.#holds.get(personId) ?? new Map<string, DecidedBy>();
        this.#holds.set(personId, held.set(event.data.ground, decided));
        break;
      }
      case 'LegalHoldLifted': {
        const held = this.#holds.get(personId);
        held?.delete(event.data.ground);
        if (held?.size === 0) this.#holds.delete(personId);
        break;
      }
      case 'ShreddingProposed': {
        const { known } = this;
        const subjects = known.subjectsOf(personId);
        const told = known.toldOf(personId);
        const about = { proposalId: event.id, personId, subjects, told };
        const proposal = { ...event.data, ...about, proposed: decided, sealedSince: new Map() };
        this.#proposals.set(event.id, proposal);
        break;
      }
      case 'ShreddingDeclined': {
        const proposal = this.#proposals.get(event.data.proposalId);
        if (proposal) proposal.declined = decided;
        break;
      }
      case 'ShreddingConfirmed': {
        const proposal = this.#proposals.get(event.data.proposalId);
        if (!proposal) break;
        proposal.confirmed = decided;
        proposal.holders = this.known.holdersOf(personId);
        this.#unsettled.add(proposal);
        break;
      }
    }
  }

  /** A box whose own event came earlier is carried: what it says was decided about already. */
  #noteKeys({ id, data }: RecordedCommonThreadEvent): void {
    for (const value of Object.values(data)) {
      const header = isBox(value) ? readBox(value)?.header : undefined;
      if (header?.eventId !== id) continue;
      for (const { sealedSince } of this.#unsettled) {
        sealedSince.set(header.keyId, (sealedSince.get(header.keyId) ?? new Set()).add(id));
      }
    }
  }
}

function isConfirmed(proposal: Proposal): proposal is Confirmed {
  return proposal.confirmed !== undefined;
}

function byConfirmation(one: Confirmed, other: Confirmed): number {
  return one.confirmed.at.localeCompare(other.confirmed.at);
}
