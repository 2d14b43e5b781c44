import type { DoubleLog } from './double-log.js';

/** What all calls of one double share: its log, and the faults a test has asked for. */
export class DoubleState {
  /** Set to true, every call is refused as by wrong credentials. */
  denies = false;
  /** Set to true, subscriptions say nothing any more, without ending. */
  isSilent = false;
  /** Reads and subscriptions ever asked for. */
  reads = 0;

  constructor(readonly log: DoubleLog) {}
}
