import { randomUUID } from 'node:crypto';
import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import type { RevealPage, RevealRequest } from '@common-thread/platform/revealing';
import type { Pool } from 'pg';
import type { FaultPoint } from '../../apps/vault/fault-points.js';
import { FaultPoints } from '../../apps/vault/fault-points.js';
import { VaultStale } from '../../apps/vault/following/log-follower.js';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import type { VaultStores } from '../../apps/vault/vault-core.js';
import { postgresStores, VaultCore } from '../../apps/vault/vault-core.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import type { Household } from './county.js';
import { brook, health, household, hub, larkfield, workerOf } from './county.js';
import { Recorder } from './recording.js';

/** Dies at a point while it is told to. */
class Crash extends FaultPoints {
  at: FaultPoint | undefined;

  async reached(point: FaultPoint): Promise<void> {
    if (point === this.at) throw new Error('killed');
  }
}

describe('revealing', () => {
  const masterKey = new MemoryMasterKey();
  const faults = new Crash();
  let database: TestDatabase;
  let pool: Pool;
  let stores: VaultStores;
  let log: MemoryEventLog;
  let vault: VaultCore;
  let recorder: Recorder;
  let home: Household;

  beforeAll(async () => {
    database = await freshDatabase();
    pool = database.pool();
    stores = await postgresStores(pool, { masterKey });
    log = new MemoryEventLog();
    vault = await VaultCore.start(stores, { log, masterKey, faults });
    recorder = new Recorder(log, vault.sealing);
    home = await household(recorder, 'home');
    await caughtUp();
  });
  afterAll(async () => {
    await vault.stop();
    await database.drop();
  });
  afterEach(() => {
    faults.at = undefined;
  });

  const caughtUp = () => vault.follower.past(new Date(), 5_000);
  const asked = (
    box: unknown,
    field: string,
    line = `family/${home.familyId}`,
  ): RevealRequest => ({
    box: String(box),
    field,
    line,
  });
  const pageOf = (
    requests: readonly RevealRequest[],
    change: Partial<RevealPage> = {},
  ): RevealPage => ({
    purpose: 'centre-support',
    page: 'centre/family',
    about: [`family/${home.familyId}`],
    requests,
    ...change,
  });
  async function reveal(
    actor: Actor,
    requests: readonly RevealRequest[],
    change: Partial<RevealPage> = {},
  ) {
    return (await vault.reveals.reveal(actor, pageOf(requests, change))).revealed;
  }
  const name = () => asked(home.child.familyName, 'familyName');
  const worker = workerOf(larkfield);
  async function entries() {
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from vault.audit');
    return rows[0]!.n;
  }

  it('opens for whoever is related, in the order asked', async () => {
    const requests = [
      asked(home.child.dateOfBirth, 'dateOfBirth'),
      name(),
      asked(home.address, 'address'),
    ];
    expect(await reveal(worker, requests)).toEqual([
      { text: '2024-02-29' },
      { text: 'Quillfeather' },
      { text: '1 Gorse Lane' },
    ]);
  });

  it('says not entitled, and never why, to whoever is unrelated, of another purpose or another cell', async () => {
    const cases: [Actor, RevealRequest, Partial<RevealPage>][] = [
      [workerOf(brook), name(), {}],
      [workerOf(hub), name(), { purpose: 'triage' }],
      [workerOf(health), name(), { purpose: 'direct-care' }],
      [worker, name(), { purpose: 'triage' }],
      [workerOf(larkfield, { role: 'information-governance' }), name(), {}],
      [workerOf(larkfield, { role: 'agency-pages', kind: 'system' }), name(), {}],
    ];
    for (const [actor, request, change] of cases) {
      expect(await reveal(actor, [request], change)).toEqual([{ withheld: 'not-entitled' }]);
    }
  });

  it('refuses a box on a page it has no place on, and a field taken for another', async () => {
    const misplaced = [
      asked(home.child.familyName, 'knownAs'),
      asked(home.child.familyName, 'familyName', `family/${randomUUID()}`),
      asked(home.child.familyName, 'familyName', `contact/${randomUUID()}`),
    ];
    expect(await reveal(worker, misplaced)).toEqual(
      misplaced.map(() => ({ withheld: 'unreadable' })),
    );
  });

  it('does not open what was moved or relabelled, whatever it then says of itself', async () => {
    const open = await household(recorder, 'another family at larkfield');
    const [, , head, body] = home.child.nhsNumber ?? String(home.child.familyName).split('.');
    const [, , theirHead] = String(open.child.givenName).split('.');
    const forged = [
      `box.v1.${theirHead}.${body}`,
      `box.v1.${head}.${body?.slice(0, -2)}AA`,
      `box.v1.${Buffer.from(JSON.stringify({ k: randomUUID(), e: '', t: '', s: '', f: '', v: 1 })).toString('base64url')}.${body}`,
      'no box',
    ];
    const answers = await reveal(
      worker,
      forged.map((box) => asked(box, 'familyName')),
    );
    expect(answers).toEqual(forged.map(() => ({ withheld: 'unreadable' })));
  });

  it('says erased where the key is gone, and only there', async () => {
    const gone = await household(recorder, 'to be erased');
    const { rows } = await pool.query<{ key_id: string }>(
      'select key_id from vault.keys where $1 = any (subjects)',
      [gone.childId],
    );
    await vault.dataKeys.erase(rows.map((row) => row.key_id));
    const answers = await reveal(worker, [
      asked(gone.child.familyName, 'familyName', `family/${gone.familyId}`),
      name(),
    ]);
    expect(answers).toEqual([{ withheld: 'erased' }, { text: 'Quillfeather' }]);
  });

  it('decides by what was acknowledged before the call, folded or not', async () => {
    for (let nth = 0; nth < 5; nth += 1) {
      const fresh = await household(recorder, `fresh ${nth}`);
      const line = `family/${fresh.familyId}`;
      const request = asked(fresh.child.familyName, 'familyName', line);
      expect(await reveal(worker, [request], { about: [line] })).toEqual([
        { text: 'Quillfeather' },
      ]);
    }
  });

  it('opens a text that a reaction carried to the hub for as long as the hub wrote the contact', async () => {
    const raised = await recorder.record(`referral-${derivedId('carried')}`, {
      type: 'ReferralRaised',
      data: {
        familyId: home.familyId,
        childIds: [home.childId],
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
    const carried = await recorder.record(
      `contact-${contact}`,
      {
        type: 'ContactReceived',
        data: {
          hub,
          channel: 'form',
          source: '1D',
          reference: 'CT-4F7K-29QD',
          referrer: larkfield,
          familyId: home.familyId,
          childIds: [home.childId],
          concern: String(raised.data.concern),
        },
      },
      { causationId: raised.id },
    );
    const told = await recorder.record(`contact-${contact}`, {
      type: 'FeedbackGiven',
      data: { channel: 'phone', words: 'We are visiting' },
    });
    await recorder.record(home.registration, {
      type: 'CentreRegistrationEnded',
      data: { reason: 'moved-away' },
    });
    const requests = [
      asked(carried.data.concern, 'concern', `contact/${contact}`),
      asked(told.data.words, 'words', `contact/${contact}`),
      name(),
    ];
    const texts = [{ text: 'Bruises on both arms' }, { text: 'We are visiting' }];
    const withheld = { withheld: 'not-entitled' };
    const seenBy = (actor: Actor, purpose: RevealPage['purpose']) =>
      reveal(actor, requests, { purpose });
    expect(await seenBy(workerOf(hub), 'triage')).toEqual([...texts, withheld]);
    expect(await seenBy(worker, 'referral-feedback')).toEqual([...texts, withheld]);
    expect(await seenBy(workerOf(health), 'direct-care')).toEqual([withheld, withheld, withheld]);
    await recorder.record(`registration-${derivedId('registered again')}`, {
      type: 'CentreRegistrationBegan',
      data: { familyId: home.familyId, provider: larkfield, placeId: 'oak' },
    });
    await caughtUp();
  });

  describe('the audit', () => {
    it('has an entry for each call, also for no boxes, and can say who looked at a child', async () => {
      const before = await entries();
      await reveal(worker, [name()]);
      await reveal(worker, []);
      await reveal(workerOf(brook), [name()]);
      expect(await entries()).toBe(before + 3);
      const { rows } = await pool.query(
        `select e.kind, e.actor, e.recipient, e.role, e.purpose, e.page, s.asked, s.granted, e.items
         from vault.audit_subjects s join vault.audit e using (entry_id)
         where s.subject = $1 order by entry_id desc limit 2`,
        [home.childId],
      );
      expect(rows).toEqual([
        expect.objectContaining({ actor: 'brook-and-vale-1', asked: 1, granted: 0 }),
        {
          kind: 'reveal',
          actor: 'larkfield-centres-1',
          recipient: larkfield,
          role: 'centre-worker',
          purpose: 'centre-support',
          page: 'centre/family',
          asked: 1,
          granted: 1,
          items: [
            {
              eventId: expect.any(String) as unknown,
              field: 'familyName',
              line: `family/${home.familyId}`,
              outcome: 'granted',
            },
          ],
        },
      ]);
      const about = await pool.query<{ asked: number; granted: number }>(
        `select asked, granted from vault.audit_subjects where subject = $1
         order by entry_id desc limit 3`,
        [`family/${home.familyId}`],
      );
      expect(about.rows).toEqual([
        { asked: 1, granted: 0 },
        { asked: 0, granted: 0 },
        { asked: 1, granted: 1 },
      ]);
    });

    it('is committed before anything is released: killed between, there is a surplus entry only', async () => {
      const before = await entries();
      faults.at = 'audit-committed';
      await expect(reveal(worker, [name()])).rejects.toThrow('killed');
      expect(await entries()).toBe(before + 1);
      const { rows } = await pool.query(
        `select d.entry_id from vault.audit e left join vault.audit_deliveries d using (entry_id)
         order by e.entry_id desc limit 1`,
      );
      expect(rows).toEqual([{ entry_id: null }]);
    });

    it('that cannot be written lets nothing out', async () => {
      await pool.query('alter table vault.audit rename to audit_away');
      try {
        const refused = reveal(worker, [name()]);
        await expect(refused).rejects.toMatchObject({ name: 'VaultUnavailable' });
      } finally {
        await pool.query('alter table vault.audit_away rename to audit');
      }
    });

    it('knows what was delivered', async () => {
      const { entryId } = await vault.reveals.reveal(worker, pageOf([name()]));
      vault.audit.delivered(entryId);
      await vault.audit.settled();
      const { rows } = await pool.query(
        'select at from vault.audit_deliveries where entry_id = $1',
        [entryId],
      );
      expect(rows).toHaveLength(1);
    });

    it.each([
      'update vault.audit set actor = $1',
      'delete from vault.audit_subjects where $1 = $1',
    ])('is written once: %s', async (statement) => {
      await expect(pool.query(statement, ['somebody'])).rejects.toThrow('written once');
      const truncate = pool.query('truncate vault.audit cascade');
      await expect(truncate).rejects.toThrow('written once');
    });

    it('holds nothing of what was opened', async () => {
      await reveal(worker, [name(), asked(home.address, 'address')]);
      const { rows } = await pool.query<{ all: string }>(
        `select string_agg(e::text, '') as all from vault.audit e`,
      );
      expect(rows[0]!.all).not.toMatch(/quillfeather|gorse/i);
    });
  });

  it('refuses visibly while it has not caught up with the log, and goes on by itself', async () => {
    const own = new MemoryEventLog();
    own.store.reachable = false;
    const behind = await VaultCore.start(stores, { log: own, masterKey });
    const call = behind.reveals.reveal(worker, pageOf([]));
    await expect(call).rejects.toThrow(VaultStale);
    own.store.reachable = true;
    expect(await behind.follower.past(new Date(), 5_000)).toBe(true);
    expect((await behind.reveals.reveal(worker, pageOf([]))).revealed).toEqual([]);
    await behind.stop();
  });

  it('goes stale, not silent, where the log holds what it cannot fold', async () => {
    const own = new MemoryEventLog();
    const metadata = (
      await recorder.sealed('person-x', {
        type: 'PersonRegistered',
        data: { personId: randomUUID(), kind: 'child' },
      })
    ).metadata;
    const alien = { id: randomUUID(), type: 'NeverDeclared', version: 1, data: {}, metadata };
    await own.append('person-x', 'no-stream', [alien]);
    const interruption: { told?: (final: boolean) => void } = {};
    const interrupted = new Promise<boolean>((resolve) => (interruption.told = resolve));
    const stuck = await VaultCore.start(stores, {
      log: own,
      masterKey,
      onInterrupted: (_, final) => interruption.told?.(final),
    });
    expect(await interrupted).toBe(true);
    await expect(stuck.reveals.reveal(worker, pageOf([]))).rejects.toThrow(VaultStale);
    await stuck.stop();
  });

  it('says at the start that the bucket keys are another database’s', async () => {
    const start = VaultCore.start(stores, { log, masterKey: new MemoryMasterKey() });
    await expect(start).rejects.toMatchObject({
      cause: { name: 'MasterKeyMismatch', message: expect.stringContaining('Restore') as unknown },
    });
  });
});
