import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { MemoryStore } from '@common-thread/adapters/memory/event-store';
import { codec } from '@common-thread/domain/event-catalogue';
import type { Followed, FollowOptions, NewEvent } from '@common-thread/eventing/event-log';
import { LogUnavailable } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { PolicyBehind, PolicyFollower } from './policy-follower.js';

function organisation(nth: number): NewEvent {
  const at = '2026-11-25T10:00:00.000Z';
  const id = derivedId('organisation', nth);
  return {
    id,
    type: 'OrganisationRecorded',
    version: 1,
    data: {
      organisationId: `centre-${nth}`,
      name: 'Centre',
      recipients: [`centre-${nth}.childrens-centre`],
    },
    metadata: {
      commandId: id,
      fingerprint: 'x',
      correlationId: id,
      organisation: 'hub',
      recordedBy: 'somebody',
      role: 'information-governance',
      occurredAt: at,
      recordedAt: at,
    },
  };
}

describe('the policy', () => {
  const store = new MemoryStore();
  const log = new MemoryEventLog(store);
  const append = (nth: number) =>
    log.append(`organisation-centre-${nth}`, 'no-stream', [organisation(nth)]);

  it('holds whatever was acknowledged before it was asked for', async () => {
    const follower = new PolicyFollower(log, codec);
    for (let nth = 0; nth < 20; nth += 1) {
      await append(nth);
      const { recipients } = await follower.current();
      expect(recipients.has(`centre-${nth}.childrens-centre`)).toBe(true);
    }
    await follower.stop();
  });

  it('is read once for many who ask at once, and again for who asks later', async () => {
    let readings = 0;
    class Counting extends MemoryEventLog {
      override follow(options: FollowOptions) {
        readings += 1;
        return super.follow(options);
      }
    }
    const follower = new PolicyFollower(new Counting(store), codec);
    await Promise.all(Array.from({ length: 50 }, () => follower.current()));
    expect(readings).toBe(2); // one was under way when the others came
    await follower.current();
    expect(readings).toBe(3);
    await follower.stop();
  });

  it('does not rest on a reading that began before what it must hold', async () => {
    let release: () => void = () => undefined;
    let reached: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const atHead = new Promise<void>((resolve) => (reached = resolve));
    class Held extends MemoryEventLog {
      override async *follow(options: FollowOptions): AsyncGenerator<Followed> {
        for await (const followed of super.follow(options)) {
          if (followed.kind === 'caughtUp') {
            reached();
            await held;
          }
          yield followed;
        }
      }
    }
    const follower = new PolicyFollower(new Held(store), codec);
    const early = follower.current();
    await atHead;
    await append(20);
    const late = follower.current().then(({ recipients }) => recipients.size);
    release();
    await early;
    expect(await late).toBe(21);
    await follower.stop();
  });

  it('says after a while that it is behind, and goes on reading', async () => {
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    class Slow extends MemoryEventLog {
      override async *follow(options: FollowOptions): AsyncGenerator<Followed> {
        await held;
        yield* super.follow(options);
      }
    }
    const follower = new PolicyFollower(new Slow(store), codec, 20);
    await expect(follower.current()).rejects.toThrow(PolicyBehind);
    go();
    expect((await follower.current()).recipients.size).toBeGreaterThan(0);
    await follower.stop();
  });

  it('says that the log cannot be reached, and recovers by itself', async () => {
    const follower = new PolicyFollower(log, codec);
    store.reachable = false;
    await expect(follower.current()).rejects.toThrow(LogUnavailable);
    store.reachable = true;
    expect((await follower.current()).recipients.size).toBeGreaterThan(0);
    await follower.stop();
  });

  it('begins again where the log was restored behind it', async () => {
    const restored = { log: new MemoryEventLog(store) };
    class Restored extends MemoryEventLog {
      override follow(options: FollowOptions) {
        return restored.log.follow(options);
      }
    }
    const follower = new PolicyFollower(new Restored(store), codec);
    const before = await follower.current();
    const older = store.restored(3);
    older.openEpoch('restored');
    restored.log = new MemoryEventLog(older);
    const after = await follower.current();
    expect(before.recipients.size).toBe(21);
    expect([...after.recipients]).toEqual(
      [0, 1, 2].map((nth) => `centre-${nth}.childrens-centre`),
    );
    await follower.stop();
  });
});
