import type { Random } from '../../apps/standalone/seeding/random.js';
import type { Answered } from './observed.js';
import type { Submitter } from './submitter.js';
import { RefusedUnforeseen } from './submitter.js';
import { WaitingList } from './waiting-list.js';

export interface RegisteredFamily {
  readonly familyId: string;
  readonly childId: string;
  readonly person: object;
}

/** A contact and the tag under which whoever left it here last knew it. */
export interface Matter {
  readonly contactId: string;
  readonly tag: string;
}

/** What the writers share. */
export interface Work {
  readonly submitter: Submitter;
  readonly random: Random;
  /** Set where no more new commands are wanted; those sent are still seen through. */
  readonly signal: AbortSignal;
  /** Begins every key and name: what an earlier shift began, this one leaves alone. */
  readonly shift: string;
  /** A place of each organisation. */
  readonly places: ReadonlyMap<string, string>;
  readonly forCaseload: WaitingList<RegisteredFamily>;
  readonly forLinking: WaitingList<RegisteredFamily>;
  readonly forRating: WaitingList<Matter>;
  readonly forDecision: WaitingList<Matter>;
}

export type WorkParts = Pick<Work, 'submitter' | 'random' | 'signal' | 'shift' | 'places'>;

export function workFor(parts: WorkParts): Work {
  return {
    ...parts,
    forCaseload: new WaitingList<RegisteredFamily>(),
    forLinking: new WaitingList<RegisteredFamily>(),
    forRating: new WaitingList<Matter>(),
    forDecision: new WaitingList<Matter>(),
  };
}

/**
 * Something done from its beginning; where a step of it is refused, as rules and another's work may have
 * it, the rest is left undone and the next begins.
 */
export async function orLeaveIt(doing: () => Promise<void>): Promise<void> {
  try {
    await doing();
  } catch (error) {
    if (!(error instanceof RefusedUnforeseen)) throw error;
  }
}

/** Of what a command recorded, as it was answered. */
export function idOf({ answer }: Answered): string {
  return String(answer.body.id);
}
