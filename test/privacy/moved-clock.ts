import { Clock } from '../../apps/vault/clock.js';

/** The system's clock, so much ahead. */
export class MovedClock extends Clock {
  aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}
