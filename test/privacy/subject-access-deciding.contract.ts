import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { memoryStores } from '../../apps/vault/memory-stores.js';
import { Reveals } from '../../apps/vault/revealing/reveals.js';
import { createVaultSchema } from '../../apps/vault/schema.js';
import type { VaultStores } from '../../apps/vault/vault-core.js';
import { NoCopy } from '../../apps/vault/subject-access/subject-access.js';
import { BesideHousehold } from './beside-household.js';
import { household, hub, workerOf } from './county.js';
import { VaultUnderTest } from './vault-under-test.js';

const officer = workerOf(hub, { id: 'officer-1', role: 'information-governance' });
const NUMBER = 'CT-7H2M-19QX';

describe('what officers decide of a copy', () => {
  let vault: VaultUnderTest;
  let beside: BesideHousehold;
  beforeAll(async () => {
    vault = await VaultUnderTest.open();
    beside = new BesideHousehold(vault.recorder);
  });
  afterAll(() => vault.close());

  /** A child of whom there is a contact with a number, and requests of three people for their copy. */
  async function asked(seed: string) {
    const home = await household(vault.recorder, seed);
    await beside.withSibling(home, seed);
    await vault.core.follower.past(new Date(), 5_000);
    const request = (nth: number) =>
      vault.core.subjectAccess.request(officer, {
        ...{ personId: home.childId, askedBy: 'parent', receivedOn: '2026-03-02' },
        ...{ reason: `Parent ${nth}; passport seen.`, key: derivedId(seed, `form ${nth}`) },
      });
    const recorded = [await request(1), await request(2), await request(3)] as const;
    return { home, ids: recorded.map(({ request: { requestId } }) => requestId) };
  }

  const leaveOut = (id = '') => vault.core.subjectAccess.leaveOut(officer, id, NUMBER);
  const give = (id = '') => vault.core.subjectAccess.giveAfterAll(officer, id, NUMBER);

  it('left out again after it was given, in whichever request it is said, holds for each', async () => {
    for (const [seed, again] of [
      ['the first', 0],
      ['a third', 2],
    ] as const) {
      const { home, ids } = await asked(seed);
      await leaveOut(ids[0]);
      await give(ids[1]);
      const givenIn = ids[1]!;
      expect((await vault.core.subjectAccess.copyOf(officer, givenIn))?.pack.held).toContainEqual(
        expect.objectContaining({ name: 'contact.received' }),
      );
      await leaveOut(ids[again]);
      const made = await vault.core.subjectAccess.copyOf(officer, givenIn);
      expect(made?.pack.held.map(({ name }) => name)).not.toContain('contact.received');
      const entries = await vault.core.audit.read({ subject: home.childId, limit: 20 });
      const said = entries.filter(({ page }) => page.endsWith('/leave-out'));
      expect(said).toHaveLength(2);
    }
  });

  it('asked for at once are made one after the other', async () => {
    const { ids } = await asked('at once');
    let [reading, readingMost] = [0, 0];
    const { log } = vault;
    const follow: (typeof log)['follow'] = async function* (options) {
      readingMost = Math.max(++reading, readingMost);
      try {
        yield* MemoryEventLog.prototype.follow.call(log, options);
      } finally {
        reading -= 1;
      }
    };
    Object.assign(log, { follow });
    const { subjectAccess } = vault.core;
    const copies = ids.slice(1).map((id) => subjectAccess.copyOf(officer, id));
    const made = await Promise.all([...copies, leaveOut(ids[0])]);
    expect(made.every((each) => each !== undefined)).toBe(true);
    expect([reading, readingMost]).toEqual([0, 1]);
  });

  it('made before it was asked whether a copy was taken counts as taken, and nothing later does', async () => {
    const { ids } = await asked('before');
    const { requests } = vault.stores;
    const upgrade = () => createVaultSchema(vault.pool, vault.masterKey);
    await vault.core.subjectAccess.copyOf(officer, ids[0]!);
    await vault.pool.query('drop table vault.subject_access_taken');
    await upgrade();
    expect(await requests.lastTaken(ids[0]!)).toEqual((await requests.lastMade(ids[0]!))?.at);
    await vault.core.subjectAccess.copyOf(officer, ids[1]!);
    await upgrade();
    expect(await requests.lastTaken(ids[1]!)).toBeUndefined();
  });

  it('left out while a copy is being made is in no copy that is made', async () => {
    const { ids } = await asked('meanwhile');
    onceOpened(vault.core.reveals, () => leaveOut(ids[1]));
    const made = vault.core.subjectAccess.copyOf(officer, ids[0]!);
    await expect(made).rejects.toThrow(NoCopy);
    await expect(made).rejects.toThrow('recorded meanwhile');
    expect(await vault.stores.requests.lastMade(ids[0]!)).toBeUndefined();
    const again = await vault.core.subjectAccess.copyOf(officer, ids[0]!);
    expect(again?.pack.held.map(({ name }) => name)).not.toContain('contact.received');
  });

  describe.each<[string, () => Pick<VaultStores, 'requests' | 'audit'>]>([
    ['in memory', memoryStores],
    ['in tables', () => vault.stores],
  ])('kept %s', (where, stores) => {
    const kept = async (name: string) => {
      const { audit, requests } = stores();
      const personId = derivedId(where, name);
      const at = new Date('2026-03-02T10:00:00.000Z');
      const { id, organisation, recipient, role } = officer;
      const purpose = 'subject-access' as const;
      const entry = {
        ...{ at, kind: purpose, purpose, page: 'test', about: [personId], items: [] },
        asker: { id, organisation, recipient, role },
      };
      const ids = ['one', 'two', 'three'].map((nth) => derivedId(where, name, nth));
      for (const requestId of ids) {
        const days = { receivedOn: '2026-03-02', dueOn: '2026-04-02', recordedAt: at };
        await requests.record(
          {
            ...{ requestId, personId, askedBy: 'self', officer: id, reason: 'sealed' },
            ...{ ...days, organisation, recipient },
          },
          entry,
        );
      }
      const say = (nth: number, isLeftOut: boolean) =>
        requests.leaveOut(
          { requestId: ids[nth]!, number: NUMBER, isLeftOut, at, officer: id },
          entry,
        );
      const leftOut = () =>
        Promise.all(ids.map(async (each) => (await requests.leftOut(each)).length > 0));
      const said = async () =>
        (await audit.read({ subject: personId, limit: 50 })).length - ids.length;
      return { say, leftOut, said, requests, ids, entry };
    };

    it('is taken whole by whoever made it, once', async () => {
      const { requests, ids, entry, said } = await kept('taken');
      const [requestId] = ids as [string];
      const at = new Date('2026-03-03T10:00:00.000Z');
      const pack = { requestId, at, officer: officer.id, facts: 1, withheld: [] };
      const packId = await requests.made(pack);
      await requests.made(pack);
      const take = (change: object = {}) =>
        requests.taken({ ...{ requestId, packId, at, officer: officer.id }, ...change }, entry);
      expect(await take({ requestId: ids[1] })).toBe(false);
      expect(await requests.lastTaken(requestId)).toBeUndefined();
      expect([await take(), await take()]).toEqual([true, true]);
      expect(await requests.lastTaken(requestId)).toEqual(at);
      expect(await requests.lastTaken(ids[1]!)).toBeUndefined();
      expect(await said()).toBe(1);
    });

    it('is the newest word, written where it changes something', async () => {
      const { leftOut, said, say } = await kept('newest');
      await say(1, false);
      expect(await said()).toBe(0);
      await say(0, true);
      await say(2, true);
      expect([await leftOut(), await said()]).toEqual([[true, true, true], 1]);
      await say(1, false);
      await say(1, false);
      expect([await leftOut(), await said()]).toEqual([[true, false, true], 2]);
      await say(2, true);
      expect([await leftOut(), await said()]).toEqual([[true, true, true], 3]);
    });
  });
});

/** Does something at the end of the next opening, and never again. */
function onceOpened(reveals: Reveals, work: () => Promise<unknown>): void {
  const reveal: Reveals['reveal'] = async (...opening) => {
    const opened = await Reveals.prototype.reveal.apply(reveals, opening);
    Reflect.deleteProperty(reveals, 'reveal');
    await work();
    return opened;
  };
  Object.assign(reveals, { reveal });
}
