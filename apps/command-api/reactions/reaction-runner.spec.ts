import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { codec } from '@common-thread/domain/event-catalogue';
import type { EventLog } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import { Commands } from '../commands.js';
import { ExampleCounty, larkfield, people } from '../examples/example-county.js';
import { Records } from '../records.js';
import { MemoryReactionJournal } from './memory-reaction-journal.js';
import type { Consequence, Reaction } from './reaction.js';
import { ReactionRunner } from './reaction-runner.js';

/** Watches what is set aside and settled, so that a test waits for it and not for a while. */
class WatchedJournal extends MemoryReactionJournal {
  tries: { readonly reason: string; readonly nextTryAt: string; readonly tries: number }[] = [];
  #waiting: (() => void)[] = [];

  override async setAside(fault: Parameters<MemoryReactionJournal['setAside']>[0]) {
    await super.setAside(fault);
    this.tries.push(fault);
    this.#tell();
  }

  override async settle(fault: Parameters<MemoryReactionJournal['settle']>[0]) {
    await super.settle(fault);
    this.#tell();
  }

  override async advance(...reached: Parameters<MemoryReactionJournal['advance']>) {
    await super.advance(...reached);
    this.#tell();
  }

  async until(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

describe('a reaction that fails', () => {
  let county: ExampleCounty;
  let journal: WatchedJournal;
  let runner: ReactionRunner;
  const reacted: string[] = [];
  let poisoned = true;

  /** Fails for one place, and notes the others. */
  const noting: Reaction = {
    name: 'note-places',
    on: ['PlaceRecorded'],
    async react(cause) {
      if (cause.type !== 'PlaceRecorded') return [];
      const { placeId } = cause.data;
      if (poisoned && placeId === 'oak-lane') throw new TypeError(`cannot read ${placeId}`);
      reacted.push(placeId);
      return [];
    },
  };

  /** Its consequence breaks a rule: nobody is on that caseload. */
  const refused: Reaction = {
    name: 'schedule-for-nobody',
    on: ['OrganisationRecorded'],
    async react(cause): Promise<readonly Consequence[]> {
      if (cause.streamId !== 'organisation-larkfield-centres') return [];
      const data = { childId: derivedId('nobody'), reviews: [] };
      return [
        {
          step: 'schedule',
          intent: { category: 'caseload', id: derivedId('none'), type: 'ScheduleReviews', data },
          inTheNameOf: larkfield,
          occurredAt: cause.metadata.occurredAt,
        },
      ];
    },
  };

  function runnerOver(log: EventLog, ...reactions: readonly Reaction[]): ReactionRunner {
    const { sealing, deriving, clock } = county;
    const policy = new PolicyFollower(log, codec);
    const commands = new Commands({ log, codec, sealing }, policy, clock);
    const records = new Records(log, codec);
    return new ReactionRunner(
      { log, codec, commands, records, policy, deriving, journal, clock },
      reactions,
    );
  }

  beforeEach(async () => {
    county = await ExampleCounty.open();
    journal = new WatchedJournal();
    poisoned = true;
    reacted.length = 0;
  });
  afterEach(async () => {
    await runner.stop();
    await county.close();
  });

  it('is set aside, holds up nobody, is tried again ever later, and settled when it succeeds', async () => {
    runner = runnerOver(county.log, noting);
    runner.start();
    await journal.until(async () => reacted.length > 0);
    expect(reacted).toEqual(['brook-street']);
    const [first] = journal.tries;
    expect(first).toMatchObject({ reason: 'TypeError', tries: 1 });
    expect(first?.nextTryAt).toBe('2026-11-25T10:00:01.000Z');
    expect(await runner.faults()).toEqual({ faults: 1, oldestAt: county.clock.at });

    county.clock.at = '2026-11-25T10:00:01.000Z';
    await journal.until(async () => journal.tries.length === 2);
    expect(journal.tries[1]).toMatchObject({ tries: 2, nextTryAt: '2026-11-25T10:00:03.000Z' });
    expect((await runner.faults()).oldestAt).toBe('2026-11-25T10:00:00.000Z');

    poisoned = false;
    county.clock.at = '2026-11-25T10:00:03.000Z';
    await journal.until(async () => (await journal.count()).faults === 0);
    expect(reacted).toEqual(['brook-street', 'oak-lane']);
  });

  it('is set aside by the code of its refusal, and found again after a restart', async () => {
    runner = runnerOver(county.log, refused, noting);
    poisoned = false;
    runner.start();
    await journal.until(async () => reacted.length === 2);
    expect(journal.tries).toMatchObject([{ reason: 'caseload/not-begun', tries: 1 }]);
    await runner.stop();
    county.clock.at = '2026-11-25T11:00:00.000Z';
    runner = runnerOver(county.log, refused, noting);
    runner.start();
    await journal.until(async () => journal.tries.length === 2);
    expect(journal.tries[1]).toMatchObject({ reason: 'caseload/not-begun', tries: 2 });
    expect(reacted).toHaveLength(2);
  });

  it('is forgotten with the reaction, once nobody reacts so any more', async () => {
    runner = runnerOver(county.log, noting);
    runner.start();
    await journal.until(async () => (await journal.count()).faults === 1);
    await runner.stop();
    county.clock.at = '2026-11-25T11:00:00.000Z';
    runner = runnerOver(county.log);
    runner.start();
    await journal.until(async () => (await journal.count()).faults === 0);
  });

  it('goes on from the beginning where the log was restored behind its checkpoint', async () => {
    poisoned = false;
    runner = runnerOver(county.log, noting);
    runner.start();
    await journal.until(async () => reacted.length === 2);
    await runner.stop();
    // Nobody has said that it was restored: only the cursor tells.
    runner = runnerOver(new MemoryEventLog(county.store.restored(8)), noting);
    runner.start();
    await journal.until(async () => reacted.length === 3);
    expect(reacted).toEqual(['oak-lane', 'brook-street', 'oak-lane']);
  });

  it('acts again on what a restore has kept, for what followed from it may be lost', async () => {
    poisoned = false;
    const last = (await county.events()).at(-1);
    await journal.advance(county.store.epoch, last?.cursor);
    const restored = county.store.restored((await county.events()).length);
    restored.openEpoch('restored from the dump of this morning');
    runner = runnerOver(new MemoryEventLog(restored), noting);
    runner.start();
    await journal.until(async () => reacted.length === 2);
    await journal.until(async () => (await journal.checkpoint(restored.epoch)) === last?.cursor);
  });

  it('is seen in health by its count alone, and turns no command away', async () => {
    runner = runnerOver(county.log);
    const show = async () =>
      (await county.api.app.inject({ url: '/health/reactions' })).json<object>();
    expect(await show()).toEqual({ status: 'ok', faults: 0 });
    await county.journal.setAside({
      causeId: derivedId('cause'),
      reaction: 'open-contact',
      streamId: 'referral-1',
      revision: 0,
      eventType: 'ReferralRaised',
      reason: 'TypeError',
      tries: 1,
      firstFailedAt: county.clock.at,
      nextTryAt: '2027-01-01T00:00:00.000Z',
    });
    const faulty = { status: 'faults-set-aside', faults: 1, oldestAt: county.clock.at };
    expect(await show()).toEqual(faulty);
    const ready = await county.api.app.inject({ url: '/health/ready' });
    expect(ready.statusCode).toBe(200);
    const kim = { kind: 'adult', givenName: 'Kim' };
    expect((await county.post(people.visitor, '/v1/people', kim)).status).toBe(201);
  });
});
