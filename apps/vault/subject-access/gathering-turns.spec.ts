import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { Followed, FollowOptions } from '@common-thread/eventing/event-log';
import { LogUnavailable } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import { SystemClock } from '../clock.js';
import { GatheringTurns } from './gathering-turns.js';

/** A log of which it is counted how many read it at once; it tells nothing while it is held. */
class CountedLog extends MemoryEventLog {
  isHeld = false;
  reading = 0;
  readingMost = 0;

  override async *follow(options: FollowOptions): AsyncGenerator<Followed> {
    this.reading += 1;
    this.readingMost = Math.max(this.reading, this.readingMost);
    try {
      if (this.isHeld) await aborted(options.signal);
      yield* super.follow(options);
    } finally {
      this.reading -= 1;
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

describe('gathering what is held about people', () => {
  const people = ['one', 'two', 'three'].map((name) => derivedId(name));
  const begin = () => {
    const log = new CountedLog();
    return { log, turns: new GatheringTurns({ log, clock: new SystemClock() }) };
  };

  it('reads the log for one at a time, and for each of them', async () => {
    const { log, turns } = begin();
    const all = await Promise.all(people.map((id) => turns.gather(id)));
    expect(all.map(({ gathered }) => gathered.isKnown)).toEqual([false, false, false]);
    expect([log.readingMost, log.reading]).toEqual([1, 0]);
  });

  it('stops reading for whoever has left, and goes on with the next', async () => {
    const { log, turns } = begin();
    log.isHeld = true;
    const leaving = new AbortController();
    const left = turns.gather(people[0]!, { signal: leaving.signal });
    const leftWaiting = turns.gather(people[1]!, { signal: AbortSignal.abort() });
    const next = turns.gather(people[2]!);
    leaving.abort();
    await expect(left).rejects.toThrow(VaultUnavailable);
    log.isHeld = false;
    await expect(leftWaiting).rejects.toThrow(VaultUnavailable);
    expect((await next).asOf).toMatch(/^2/);
    expect([log.readingMost, log.reading]).toEqual([1, 0]);
  });

  it('goes on with the next where the log could not be read', async () => {
    const { log, turns } = begin();
    log.store.reachable = false;
    await expect(turns.gather(people[0]!)).rejects.toThrow(LogUnavailable);
    log.store.reachable = true;
    expect((await turns.gather(people[1]!)).gathered.isKnown).toBe(false);
  });
});
