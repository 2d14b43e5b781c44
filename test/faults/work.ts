import type { Random } from '../../apps/standalone/seeding/random.js';
import type { Answered } from './observed.js';
import type { Submitter } from './submitter.js';
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
  /** A place of each organisation. */
  readonly places: ReadonlyMap<string, string>;
  readonly forCaseload: WaitingList<RegisteredFamily>;
  readonly forLinking: WaitingList<RegisteredFamily>;
  readonly forRating: WaitingList<Matter>;
  readonly forDecision: WaitingList<Matter>;
}

export function workFor(
  submitter: Submitter,
  random: Random,
  signal: AbortSignal,
  places: ReadonlyMap<string, string>,
): Work {
  const lists = {
    forCaseload: new WaitingList<RegisteredFamily>(),
    forLinking: new WaitingList<RegisteredFamily>(),
    forRating: new WaitingList<Matter>(),
    forDecision: new WaitingList<Matter>(),
  };
  return { submitter, random, signal, places, ...lists };
}
/** Of what a command recorded, as it was answered. */
export function idOf({ answer }: Answered): string {
  return String(answer.body.id);
}
