import { derivedId } from '@common-thread/eventing/identifiers';
import type { Revealed } from '@common-thread/platform/revealing';
import type { FaultPoint } from '../../apps/vault/fault-points.js';
import { bucketOf } from '../../apps/vault/keys/master-key.js';
import { SealedFileMasterKey } from '../../apps/vault/keys/sealed-file-master-key.js';
import { postgresStores, VaultCore } from '../../apps/vault/vault-core.js';
import { freshPlace } from '../engines/postgres.js';
import { Erasing } from './erasing.js';
import { MovedClock } from './moved-clock.js';
import { VaultUnderTest } from './vault-under-test.js';

const HUB = 'fairholme-hub';
const LARKFIELD = 'larkfield-centres';
const erased = { withheld: 'erased', erased: { on: '2026-01-05', ground: 'retention-ended' } };

describe('two vaults at one erasure', () => {
  let clock: MovedClock;
  let vault: VaultUnderTest;
  let other: VaultCore;
  let erasing: Erasing;
  let neighbour: { readonly personId: string; readonly name: unknown };
  let proposalId: string;

  beforeEach(async () => {
    clock = new MovedClock();
    const directory = freshPlace();
    vault = await VaultUnderTest.open(clock, await SealedFileMasterKey.open({ directory }));
    const masterKey = await SealedFileMasterKey.open({ directory });
    const stores = await postgresStores(vault.pool, { masterKey, clock });
    other = await VaultCore.start(stores, { log: vault.log, masterKey, clock });
    erasing = new Erasing(vault.recorder, clock, vault.core);
    neighbour = await neighbourOf(vault.home.childId);
    await erasing.erased(vault.home.childId, LARKFIELD);
    proposalId = await erasing.proposed(vault.home.childId, HUB);
    await erasing.confirmed(vault.home.childId, proposalId);
    await erasing.ready();
    await other.follower.past(clock.now(), 10_000);
  });
  afterEach(async () => {
    await other.stop();
    await vault.close();
  });

  /** Of the same family, and wrapped under the same bucket key as the child. */
  async function neighbourOf(childId: string) {
    let personId = childId;
    for (let nth = 0; personId === childId || bucketOf(personId) !== bucketOf(childId); nth += 1) {
      personId = derivedId('neighbour', nth);
    }
    const { data } = await vault.recorder.record(`person-${personId}`, {
      type: 'PersonRegistered',
      data: { personId, kind: 'child', givenName: 'Bo', familyName: 'Quillfeather' },
    });
    const { familyId } = vault.home;
    await vault.recorder.record(`membership-${derivedId('neighbour', 'member')}`, {
      type: 'MembershipBegan',
      data: { familyId, personId, position: 'child', address: '1 Gorse Lane' },
    });
    return { personId, name: data['givenName'] };
  }

  /** The child’s family name and the neighbour’s given name, as each of the vaults opens them. */
  async function opened(): Promise<readonly (readonly Revealed[])[]> {
    const page = vault.page([vault.name(), vault.asked(neighbour.name, 'givenName')]);
    const answers = [vault.core, other].map((core) => core.reveals.reveal(vault.worker, page));
    return (await Promise.all(answers)).map(({ revealed }) => revealed);
  }

  async function expectErasedOnce(): Promise<void> {
    const [one, two] = [vault.core, other].map((core) => core.shredding.retired(proposalId));
    expect(one?.destroyedAt).toBeDefined();
    expect(two).toEqual(one);
    const bucket = bucketOf(vault.home.childId);
    await vault.masterKey.refresh();
    expect(await vault.masterKey.versionsOf(bucket)).toHaveLength(1);
    const { rows } = await vault.pool.query<{ wraps: number; dead: number; destroyed: number }>(
      `select (select count(*)::int from vault.wraps where subject = $1) as wraps,
              (select count(*)::int from vault.keys
                where erased_at is not null and $1 = any (subjects)) as dead,
              destroyed from vault.shreddings where proposal_id = $2`,
      [vault.home.childId, proposalId],
    );
    expect(rows[0]!.wraps).toBe(0);
    expect(rows[0]!.destroyed).toBeGreaterThan(0);
    expect(rows[0]!.destroyed).toBe(rows[0]!.dead);
    expect(await opened()).toEqual([
      [erased, { text: 'Bo' }],
      [erased, { text: 'Bo' }],
    ]);
  }

  it('come to one end, and both go on opening and sealing what shares the bucket', async () => {
    expect(await opened()).toEqual([
      [erased, { text: 'Bo' }],
      [erased, { text: 'Bo' }],
    ]);
    await Promise.all([vault.core.shredding.work(), other.shredding.work()]);
    await expectErasedOnce();
    const sealed = [vault.core, other].map((core, nth) =>
      core.sealing.seal(
        [
          {
            plaintext: `${nth} Gorse Lane`,
            subjects: [neighbour.personId],
            recordClass: 'contact',
            controller: LARKFIELD,
            streamId: `membership-${derivedId('neighbour', 'member')}`,
            eventId: derivedId('sealed', nth),
            eventType: 'AddressChanged',
            field: 'address',
            version: 1,
          },
        ],
        { nth },
      ),
    );
    expect(await Promise.all(sealed)).toHaveLength(2);
  });

  const points: readonly FaultPoint[] = [
    'bucket-announced',
    'bucket-rotated',
    'subject-shredded',
    'bucket-destroyed',
  ];
  it.each(points)('come to one end where the first is killed at %s', async (point) => {
    vault.faults.at = point;
    const both = [vault.core, other].map((core) => core.shredding.work());
    const [first, second] = await Promise.allSettled(both);
    expect(second).toMatchObject({ status: 'fulfilled' });
    vault.faults.at = undefined;
    if (first?.status === 'rejected') expect(first.reason).toMatchObject({ message: 'killed' });
    await vault.core.shredding.work();
    await expectErasedOnce();
  });
});
