import type { Pause } from '@common-thread/eventing/pause';
import { pause } from '@common-thread/eventing/pause';
import type { NarrowingFold } from '@common-thread/disclosure/narrowing-folds';
import { narrowingMark } from '@common-thread/disclosure/narrowing-folds';
import type { PolicyFollower } from '../authorisation/policy-follower.js';
import { Answered } from './answering.js';

/** How long it is waited for; after that it is recorded, and said not to be in force yet. */
const TRIES = 40;
const TRY_EVERY_MS = 50;

/**
 * Whether what narrows who may know is in force: a restriction or its lifting, the end of a relationship or of an
 * agreement, known to everything that decides. Recorded alone it stops nobody, because relay and vault fold
 * the log on their own.
 */
export class InForce {
  constructor(
    private readonly policy: Pick<PolicyFollower, 'current'>,
    private readonly folds: readonly NarrowingFold[],
    private readonly pauseFor: Pause = pause,
  ) {}

  /** Resolves once it is, or after 2 s with false. @throws PolicyBehind, LogUnavailable */
  async of(streamId: string): Promise<boolean> {
    const waiting = new AbortController();
    for (let nth = 0; nth < TRIES; nth += 1) {
      const mark = narrowingMark(await this.policy.current(), streamId);
      const marks = await Promise.all(this.folds.map((fold) => fold.markOf(streamId)));
      if (marks.every((known) => known === mark)) return true;
      await this.pauseFor(TRY_EVERY_MS, waiting.signal);
    }
    return false;
  }

  /** The answer to a command with whether it is in force; 202 where it is not yet. */
  async said(answered: Answered, streamId: string): Promise<Answered> {
    const { answer, location, body } = answered;
    if (answer.outcome !== 'recorded' && answer.outcome !== 'unchanged') return answered;
    const inForce = await this.of(streamId);
    return new Answered(answer, location, { ...body, inForce }, !inForce);
  }
}
