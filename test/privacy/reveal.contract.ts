import { randomUUID } from 'node:crypto';
import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import type { RevealPage, RevealRequest } from '@common-thread/platform/revealing';
import { VaultStale } from '../../apps/vault/following/log-follower.js';
import { MasterKeyMismatch } from '../../apps/vault/keys/master-key.js';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import { VaultCore } from '../../apps/vault/vault-core.js';
import { brook, health, household, hub, larkfield, workerOf } from './county.js';
import { tampered } from './tampering.js';
import { VaultUnderTest } from './vault-under-test.js';

describe('revealing', () => {
  let vault: VaultUnderTest;
  beforeAll(async () => {
    vault = await VaultUnderTest.open();
  });
  afterAll(() => vault.close());

  it('opens for whoever is related, in the order asked', async () => {
    const requests = [
      vault.asked(vault.home.child.dateOfBirth, 'dateOfBirth'),
      vault.name(),
      vault.asked(vault.home.address, 'address'),
    ];
    expect(await vault.reveal(vault.worker, requests)).toEqual([
      { text: '2024-02-29' },
      { text: 'Quillfeather' },
      { text: '1 Gorse Lane' },
    ]);
  });

  it('says not entitled, and never why, to whoever is unrelated, of another purpose or another cell', async () => {
    const cases: [Actor, RevealRequest, Partial<RevealPage>][] = [
      [workerOf(brook), vault.name(), {}],
      [workerOf(hub), vault.name(), { purpose: 'triage' }],
      [workerOf(health), vault.name(), { purpose: 'direct-care' }],
      [vault.worker, vault.name(), { purpose: 'triage' }],
      [workerOf(larkfield, { role: 'information-governance' }), vault.name(), {}],
      [workerOf(larkfield, { role: 'agency-pages', kind: 'system' }), vault.name(), {}],
    ];
    for (const [actor, request, change] of cases) {
      expect(await vault.reveal(actor, [request], change)).toEqual([{ withheld: 'not-entitled' }]);
    }
  });

  it('opens for who works where the family is registered, and for nobody of another centre', async () => {
    const at = (...places: string[]) => ({ ...vault.worker, places });
    const opens = [{ text: 'Quillfeather' }];
    expect(await vault.reveal(at('oak'), [vault.name()])).toEqual(opens);
    expect(await vault.reveal(at('ash', 'oak'), [vault.name()])).toEqual(opens);
    expect(await vault.reveal(at('ash'), [vault.name()])).toEqual([{ withheld: 'not-entitled' }]);
  });

  it('refuses a box on a page it has no place on, and a field taken for another', async () => {
    const misplaced = [
      vault.asked(vault.home.child.familyName, 'knownAs'),
      vault.asked(vault.home.child.familyName, 'familyName', `family/${randomUUID()}`),
      vault.asked(vault.home.child.familyName, 'familyName', `contact/${randomUUID()}`),
    ];
    expect(await vault.reveal(vault.worker, misplaced)).toEqual(
      misplaced.map(() => ({ withheld: 'unreadable' })),
    );
  });

  it('does not open what was moved or relabelled, whatever it then says of itself', async () => {
    const other = await household(vault.recorder, 'another family at larkfield');
    const [head, body] = vault.home.child.familyName!.split('.').slice(2);
    const otherHead = other.child.givenName!.split('.')[2];
    const unknownKey = JSON.stringify({ k: randomUUID(), e: '', t: '', s: '', f: '', v: 1 });
    const forged = [
      `box.v1.${otherHead}.${body}`,
      tampered(`box.v1.${head}.${body}`),
      `box.v1.${Buffer.from(unknownKey).toString('base64url')}.${body}`,
      'no box',
    ];
    const answers = await vault.reveal(
      vault.worker,
      forged.map((box) => vault.asked(box, 'familyName')),
    );
    expect(answers).toEqual(forged.map(() => ({ withheld: 'unreadable' })));
  });

  it('says erased where the key is gone, and only there', async () => {
    const gone = await household(vault.recorder, 'to be erased');
    const { rows } = await vault.pool.query<{ key_id: string }>(
      'select key_id from vault.keys where $1 = any (subjects)',
      [gone.childId],
    );
    await vault.core.dataKeys.erase(rows.map((row) => row.key_id));
    const answers = await vault.reveal(vault.worker, [
      vault.asked(gone.child.familyName, 'familyName', `family/${gone.familyId}`),
      vault.name(),
    ]);
    expect(answers).toEqual([{ withheld: 'erased' }, { text: 'Quillfeather' }]);
  });

  it('decides by what was acknowledged before the call, folded or not', async () => {
    for (let nth = 0; nth < 5; nth += 1) {
      const fresh = await household(vault.recorder, `fresh ${nth}`);
      const line = `family/${fresh.familyId}`;
      const request = vault.asked(fresh.child.familyName, 'familyName', line);
      expect(await vault.reveal(vault.worker, [request], { about: [line] })).toEqual([
        { text: 'Quillfeather' },
      ]);
    }
  });

  it('opens nothing of a restricted family but to the hub’s manager, and says so to the hub alone', async () => {
    const { familyId, child, registration } = await household(vault.recorder, 'restricted');
    const line = `family/${familyId}`;
    const request = vault.asked(child.familyName, 'familyName', line);
    const data = {
      hub,
      channel: 'phone',
      source: '6',
      reference: 'CT-7H2M-19QX',
      familyId,
    } as const;
    const contact = `contact-${derivedId('restricted contact')}`;
    await vault.recorder.record(contact, { type: 'ContactReceived', data });
    const restriction = `restriction-${familyId}`;
    await vault.recorder.record(restriction, {
      type: 'FamilyRestricted',
      data: {
        familyId,
        hub,
        ground: 'witness-protection',
        authority: 'director',
        speakTo: 'hub-manager',
        reviewOn: '2026-03-01',
      },
    });
    const note = await vault.recorder.record(registration, {
      type: 'ChildNotBrought',
      data: {
        childId: derivedId('child', 'restricted'),
        activity: 'weaning',
        placeId: 'oak',
        note: 'Rang',
      },
    });
    const own = vault.asked(String(note.data.note), 'note', line);
    const triage = { purpose: 'triage', about: [line] } as const;
    const asWorker = () => vault.reveal(vault.worker, [request, own], { about: [line] });
    const notEntitled = { withheld: 'not-entitled' };

    expect(await asWorker()).toEqual([notEntitled, notEntitled]);
    expect(await vault.reveal(workerOf(hub), [request], triage)).toEqual([
      { withheld: 'restricted' },
    ]);
    const manager = workerOf(hub, { role: 'hub-manager' });
    expect(await vault.reveal(manager, [request], triage)).toEqual([{ text: 'Quillfeather' }]);

    const lifted = { type: 'RestrictionLifted', data: { reason: 'no-longer-needed' } } as const;
    await vault.recorder.record(restriction, lifted);
    expect(await asWorker()).toEqual([{ text: 'Quillfeather' }, { text: 'Rang' }]);
    expect(await vault.reveal(workerOf(hub), [request], triage)).toEqual([
      { text: 'Quillfeather' },
    ]);
  });

  it('opens a text that a reaction carried to the hub for as long as the hub wrote the contact', async () => {
    const raised = await vault.recorder.record(`referral-${derivedId('carried')}`, {
      type: 'ReferralRaised',
      data: {
        familyId: vault.home.familyId,
        childIds: [vault.home.childId],
        from: larkfield,
        to: hub,
        reference: 'CT-4F7K-29QD',
        need: 'N1',
        level: '3',
        statement: 'witnessed',
        parentsInformed: 'informed-agree',
        concern: 'Bruises on both arms',
      },
    });
    const contact = derivedId('carried contact');
    const carried = await vault.recorder.record(
      `contact-${contact}`,
      {
        type: 'ContactReceived',
        data: {
          hub,
          channel: 'form',
          source: '1D',
          reference: 'CT-4F7K-29QD',
          referrer: larkfield,
          familyId: vault.home.familyId,
          childIds: [vault.home.childId],
          concern: String(raised.data.concern),
        },
      },
      { causationId: raised.id },
    );
    const told = await vault.recorder.record(`contact-${contact}`, {
      type: 'FeedbackGiven',
      data: { channel: 'phone', words: 'We are visiting' },
    });
    await vault.recorder.record(vault.home.registration, {
      type: 'CentreRegistrationEnded',
      data: { reason: 'moved-away' },
    });
    const requests = [
      vault.asked(carried.data.concern, 'concern', `contact/${contact}`),
      vault.asked(told.data.words, 'words', `contact/${contact}`),
      vault.name(),
    ];
    const texts = [{ text: 'Bruises on both arms' }, { text: 'We are visiting' }];
    const withheld = { withheld: 'not-entitled' };
    const seenBy = (actor: Actor, purpose: RevealPage['purpose']) =>
      vault.reveal(actor, requests, { purpose });
    expect(await seenBy(workerOf(hub), 'triage')).toEqual([...texts, withheld]);
    expect(await seenBy(vault.worker, 'referral-feedback')).toEqual([...texts, withheld]);
    expect(await seenBy(workerOf(health), 'direct-care')).toEqual([withheld, withheld, withheld]);
    await vault.recorder.record(`registration-${derivedId('registered again')}`, {
      type: 'CentreRegistrationBegan',
      data: { familyId: vault.home.familyId, provider: larkfield, placeId: 'oak' },
    });
    await vault.core.follower.past(new Date(), 5_000);
  });

  it('refuses visibly while it has not caught up with the log, and goes on by itself', async () => {
    const own = new MemoryEventLog();
    own.store.reachable = false;
    const behind = await VaultCore.start(vault.stores, { log: own, masterKey: vault.masterKey });
    const call = behind.reveals.reveal(vault.worker, vault.page([]));
    await expect(call).rejects.toThrow(VaultStale);
    own.store.reachable = true;
    expect(await behind.follower.past(new Date(), 5_000)).toBe(true);
    expect((await behind.reveals.reveal(vault.worker, vault.page([]))).revealed).toEqual([]);
    await behind.stop();
  });

  it('goes stale, not silent, where the log holds what it cannot fold', async () => {
    const own = new MemoryEventLog();
    const metadata = (
      await vault.recorder.sealed('person-x', {
        type: 'PersonRegistered',
        data: { personId: randomUUID(), kind: 'child' },
      })
    ).metadata;
    const alien = { id: randomUUID(), type: 'NeverDeclared', version: 1, data: {}, metadata };
    await own.append('person-x', 'no-stream', [alien]);
    const interruption: { told?: (final: boolean) => void } = {};
    const interrupted = new Promise<boolean>((resolve) => (interruption.told = resolve));
    const stuck = await VaultCore.start(vault.stores, {
      log: own,
      masterKey: vault.masterKey,
      onInterrupted: (_, final) => interruption.told?.(final),
    });
    expect(await interrupted).toBe(true);
    await expect(stuck.reveals.reveal(vault.worker, vault.page([]))).rejects.toThrow(VaultStale);
    await stuck.stop();
  });

  it('says at the start that the bucket keys are another database’s', async () => {
    const start = VaultCore.start(vault.stores, {
      log: vault.log,
      masterKey: new MemoryMasterKey(),
    });
    await expect(start).rejects.toThrow(MasterKeyMismatch);
    await expect(start).rejects.toThrow('Restore');
  });
});
