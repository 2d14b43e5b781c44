import { setImmediate as turn } from 'node:timers/promises';
import { completeOn } from '@common-thread/domain/erasure/retention';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import type { Revealed } from '@common-thread/platform/revealing';
import type { FaultPoint } from '../../apps/vault/fault-points.js';
import { readBox } from '../../apps/vault/boxes/box.js';
import { bucketOf } from '../../apps/vault/keys/master-key.js';
import { PostgresKeyStore } from '../../apps/vault/keys/postgres-key-store.js';
import { rewrap } from '../../apps/vault/keys/wrapped-keys.js';
import { VaultCore } from '../../apps/vault/vault-core.js';
import { hub, workerOf } from './county.js';
import { Erasing } from './erasing.js';
import { MovedClock } from './moved-clock.js';
import { VaultUnderTest } from './vault-under-test.js';

const HUB = 'fairholme-hub';
const LARKFIELD = 'larkfield-centres';
const erasedOn = (ground: string) => ({
  withheld: 'erased',
  erased: { on: '2026-01-05', ground },
});
const erasedAnswer = erasedOn('retention-ended');

describe('erasing a child', () => {
  let clock: MovedClock;
  let vault: VaultUnderTest;
  let erasing: Erasing;
  let sibling: { readonly personId: string; readonly name: unknown };
  const others: VaultCore[] = [];

  beforeEach(async () => {
    clock = new MovedClock();
    vault = await VaultUnderTest.open(clock);
    erasing = new Erasing(vault.recorder, clock, vault.core);
    sibling = await siblingOf(vault.home.familyId);
  });
  afterEach(async () => {
    for (const core of others.splice(0)) await core.stop();
    await vault.close();
  });

  /** Born in the same family, and recorded by the hub too. */
  async function siblingOf(familyId: string) {
    const personId = derivedId('erasure', 'sibling');
    const { data } = await vault.recorder.record(`person-${personId}`, {
      type: 'PersonRegistered',
      data: { personId, kind: 'child', givenName: 'Bo', familyName: 'Quillfeather' },
    });
    await vault.recorder.record(`membership-${derivedId('erasure', 'sibling')}`, {
      type: 'MembershipBegan',
      data: { familyId, personId, position: 'child', address: '1 Gorse Lane' },
    });
    await erasing.caughtUp();
    return { personId, name: data['givenName'] };
  }

  /** A contact of the hub's about both children, so that the hub has the family in hand. */
  async function contact(childIds: readonly string[], name = 'contact') {
    const event = await vault.recorder.record(`contact-${derivedId('erasure', name)}`, {
      type: 'ContactReceived',
      data: {
        hub,
        channel: 'phone',
        source: '9',
        reference: 'CT-4F7K-29QD',
        familyId: vault.home.familyId,
        childIds: [...childIds],
        concern: 'Seen alone in the street',
        callerDetails: 'A neighbour, 01632 960001',
      },
    });
    await erasing.caughtUp();
    return event.data;
  }

  async function read(actor: Actor, box: unknown, field: string): Promise<Revealed | undefined> {
    const purpose = actor.recipient === hub ? 'triage' : 'centre-support';
    const [answer] = await vault.reveal(actor, [vault.asked(box, field)], { purpose });
    return answer;
  }
  const childName = (actor = vault.worker) =>
    read(actor, vault.home.child['givenName'], 'givenName');
  const siblingName = () => read(vault.worker, sibling.name, 'givenName');

  async function restarted(): Promise<VaultCore> {
    const { stores, log, masterKey } = vault;
    const core = await VaultCore.start(stores, { log, masterKey, clock });
    others.push(core);
    erasing.core = core;
    await erasing.caughtUp();
    return core;
  }

  const wrapsOf = async (subject: string) =>
    (await vault.pool.query('select from vault.wraps where subject = $1', [subject])).rowCount;
  const rowsOf = async (personId: string) =>
    (await vault.pool.query('select from vault.blind_index where person_id = $1', [personId]))
      .rowCount;

  /** Every wrap that the database holds of the key a box was sealed with. */
  async function wrapsRestored(box: unknown) {
    const keyId = readBox(String(box))!.header.keyId;
    const [key] = await new PostgresKeyStore(vault.pool).read([keyId]);
    return key!.wraps.map((wrap) => ({ ...wrap, keyId }));
  }

  it('leaves nothing of the child, and the sibling as they were', async () => {
    const { childId } = vault.home;
    expect(await childName()).toEqual({ text: 'Ada' });
    expect(await rowsOf(childId)).toBeGreaterThan(0);
    const before = await vault.masterKey.versionsOf(bucketOf(childId));
    const proposalId = await erasing.erased(childId, LARKFIELD, HUB);
    expect(await childName()).toEqual(erasedAnswer);
    expect(await siblingName()).toEqual({ text: 'Bo' });
    expect(await wrapsOf(childId)).toBe(0);
    expect(await rowsOf(childId)).toBe(0);
    const after = await vault.masterKey.versionsOf(bucketOf(childId));
    expect(after).toHaveLength(1);
    expect(before).not.toContain(after[0]);
    expect(erasing.core.shredding.retired(proposalId)?.destroyedAt).toBeDefined();
  });

  it('ends one holder’s reading, and the key with its last holder', async () => {
    const { childId } = vault.home;
    await contact([childId]);
    const triage = workerOf(hub);
    await erasing.erased(childId, LARKFIELD);
    expect(await childName()).toEqual(erasedAnswer);
    expect(await childName(triage)).toEqual({ text: 'Ada' });
    expect(await wrapsOf(childId)).toBeGreaterThan(0);
    erasing.ground = 'court-order';
    await erasing.erased(childId, HUB);
    expect(await childName(triage)).toEqual(erasedOn('court-order'));
    // Each is told of what was decided about its own copy.
    expect(await childName()).toEqual(erasedAnswer);
    expect(await wrapsOf(childId)).toBe(0);
  });

  it('leaves a text about several to the others, and takes the caller with the last of them', async () => {
    const { childId } = vault.home;
    const { concern, callerDetails } = await contact([childId, sibling.personId]);
    const triage = workerOf(hub);
    await erasing.erased(childId, HUB);
    expect(await read(triage, concern, 'concern')).toEqual({ text: 'Seen alone in the street' });
    expect(await read(triage, callerDetails, 'callerDetails')).toEqual({
      text: 'A neighbour, 01632 960001',
    });
    await erasing.erased(sibling.personId, HUB);
    expect(await read(triage, concern, 'concern')).toEqual(erasedAnswer);
    expect(await read(triage, callerDetails, 'callerDetails')).toEqual(erasedAnswer);
  });

  it('stays erased where the database of before is restored beside today’s bucket keys', async () => {
    const { childId } = vault.home;
    const tables = ['shreddings', 'bucket_keys', 'keys', 'wraps', 'blind_index'];
    await vault.pool.query('create schema backup');
    for (const table of tables) {
      await vault.pool.query(`create table backup.${table} as table vault.${table}`);
    }
    await erasing.erased(childId, LARKFIELD, HUB);
    await vault.pool.query(`truncate ${tables.map((table) => `vault.${table}`).join()} cascade`);
    for (const table of tables) {
      await vault.pool.query(`insert into vault.${table} select * from backup.${table}`);
    }
    expect(await wrapsOf(childId)).toBeGreaterThan(0);
    const erased = await wrapsRestored(vault.home.child['givenName']);
    expect(erased.length).toBeGreaterThan(0);
    expect(await rewrap(vault.masterKey, erased)).toEqual([]);
    const kept = await wrapsRestored(sibling.name);
    expect(await rewrap(vault.masterKey, kept)).toHaveLength(kept.length);
  });

  it('says to the hub’s officers alone when it is complete', async () => {
    const { childId } = vault.home;
    const proposalId = await erasing.erased(childId, LARKFIELD, HUB);
    const officer = workerOf(hub, { id: 'officer-1', role: 'information-governance' });
    const read = await vault.core.erasures.erasures(officer);
    const { destroyedAt } = vault.core.shredding.retired(proposalId)!;
    const day = completeOn(destroyedAt!.toISOString());
    expect(read?.answer).toHaveLength(2);
    expect(read?.answer[0]).toMatchObject({ proposalId, personId: childId, completeOn: day });
    expect(await vault.core.erasures.erasures(workerOf(hub))).toBeUndefined();
  });

  const points: readonly FaultPoint[] = [
    'keys-retired',
    'bucket-announced',
    'bucket-rotated',
    'subject-shredded',
    'bucket-destroyed',
  ];
  it.each(points)('comes to the same end where the vault is killed at %s', async (point) => {
    const { childId } = vault.home;
    await erasing.erased(childId, LARKFIELD);
    const proposalId = await erasing.proposed(childId, HUB).catch((error: unknown) => error);
    vault.faults.at = point;
    await erasing.confirmed(childId, String(proposalId));
    if (point === 'keys-retired') await restarted();
    else await expect(erasing.carriedOut()).rejects.toThrow('killed');
    vault.faults.at = undefined;
    const core = await restarted();
    await erasing.carriedOut();
    expect(core.shredding.retired(String(proposalId))?.destroyedAt).toBeDefined();
    const answered = await core.reveals.reveal(
      vault.worker,
      vault.page([vault.name(), vault.asked(sibling.name, 'givenName')]),
    );
    expect(answered.revealed).toEqual([erasedAnswer, { text: 'Bo' }]);
    expect(await wrapsOf(childId)).toBe(0);
    expect(await vault.masterKey.versionsOf(bucketOf(childId))).toHaveLength(1);
  });

  it('waits while a legal hold stands, also one placed after it was confirmed', async () => {
    const { childId } = vault.home;
    await erasing.erased(childId, LARKFIELD);
    const proposalId = await erasing.proposed(childId, HUB);
    await erasing.confirmed(childId, proposalId);
    const stream = `erasure-${childId}`;
    const ground = 'litigation';
    await vault.recorder.record(stream, { type: 'LegalHoldPlaced', data: { ground } });
    await erasing.carriedOut();
    expect(await wrapsOf(childId)).toBeGreaterThan(0);
    const lifted = { ground, reason: 'concluded' } as const;
    await vault.recorder.record(stream, { type: 'LegalHoldLifted', data: lifted });
    await erasing.carriedOut();
    expect(await wrapsOf(childId)).toBe(0);
  });
});

describe('a shred racing seals', () => {
  it('leaves readable whatever was acknowledged after it was confirmed', async () => {
    const clock = new MovedClock();
    const vault = await VaultUnderTest.open(clock);
    const erasing = new Erasing(vault.recorder, clock, vault.core);
    const [personId, familyId] = [derivedId('race', 'child'), derivedId('race', 'family')];
    const recordAddress = async (nth: number) => {
      const streamId = `membership-${derivedId('race', nth)}`;
      const address = `${nth} Gorse Lane`;
      const { data } = await vault.recorder.record(streamId, {
        type: 'MembershipBegan',
        data: { familyId, personId, position: 'child', address },
      });
      // Others get a turn: a seal with a warm key waits for nobody.
      await turn();
      return data['address'];
    };
    const read = (boxes: readonly unknown[]) => {
      const asked = boxes.map((box) => vault.asked(box, 'address', `family/${familyId}`));
      return vault.reveal(workerOf(hub), asked, { purpose: 'triage' });
    };
    try {
      const before = await recordAddress(0);
      await vault.recorder.record(`contact-${derivedId('race', 'contact')}`, {
        type: 'ContactReceived',
        data: { hub, channel: 'phone', source: '9', reference: 'CT-4F7K-29QD', familyId },
      });
      const inFlight = await vault.recorder.sealed(`membership-${derivedId('race', 'late')}`, {
        type: 'MembershipBegan',
        data: { familyId, personId, position: 'child', address: 'Late Gorse Lane' },
      });
      const after: unknown[] = [];
      let [isConfirmed, isOver] = [false, false];
      const sealing = (async () => {
        for (let nth = 1; !isOver; nth += 1) {
          const isAfter = isConfirmed;
          const box = await recordAddress(nth);
          if (isAfter) after.push(box);
        }
      })();
      const proposalId = await erasing.proposed(personId, HUB);
      await erasing.confirmed(personId, proposalId);
      isConfirmed = true;
      // Sealed before it was proposed, and acknowledged after it was confirmed.
      await vault.log.append(`membership-${derivedId('race', 'late')}`, 'no-stream', [inFlight]);
      await erasing.carriedOut();
      isOver = true;
      await sealing;
      await erasing.caughtUp();
      const texts = await read([...after, inFlight.data['address']]);
      expect(after.length).toBeGreaterThan(0);
      expect(texts.filter((answer) => !('text' in answer))).toEqual([]);
      expect(await read([before])).toEqual([erasedAnswer]);
    } finally {
      await vault.close();
    }
  });
});
