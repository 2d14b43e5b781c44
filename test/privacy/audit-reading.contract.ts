import type { Actor } from '@common-thread/platform/actor';
import type { AuditQuery } from '@common-thread/platform/auditing';
import { brook, hub, larkfield, workerOf } from './county.js';
import { VaultUnderTest } from './vault-under-test.js';

const officer = workerOf(hub, { id: 'officer-1', role: 'information-governance' });
const elsewhere = workerOf(larkfield, { id: 'officer-2', role: 'information-governance' });
const manager = workerOf(hub, { id: 'manager-1', role: 'hub-manager' });

describe('reading the audit', () => {
  let vault: VaultUnderTest;
  beforeAll(async () => {
    vault = await VaultUnderTest.open();
    await vault.reveal(vault.worker, [vault.name()]);
    await vault.reveal(vault.worker, [vault.asked(vault.home.address, 'address')]);
    await vault.reveal(workerOf(brook), [vault.name()]);
  });
  afterAll(() => vault.close());

  const calls = async (reader: Actor, query: AuditQuery) => {
    const read = await vault.core.auditing.calls(reader, query);
    return read?.answer.calls.filter(({ kind }) => kind === 'reveal');
  };

  it('says who asked about a person and who was given what', async () => {
    const found = await calls(officer, { subject: vault.home.childId });
    expect(found).toMatchObject([
      { viewer: 'brook-and-vale-1', asked: 1, granted: 0 },
      { viewer: 'larkfield-centres-1', items: [{ field: 'address', outcome: 'granted' }] },
      {
        viewer: 'larkfield-centres-1',
        organisation: 'larkfield-centres',
        role: 'centre-worker',
        purpose: 'centre-support',
        page: 'centre/family',
        items: [{ field: 'familyName', outcome: 'granted' }],
      },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/quillfeather|gorse/i);
  });

  it('says everything one person looked at', async () => {
    const found = await calls(officer, { viewer: 'larkfield-centres-1' });
    expect(found).toHaveLength(2);
    expect(await calls(officer, { viewer: 'nobody' })).toEqual([]);
  });

  it('says in one query who was ever shown a child’s address', async () => {
    const query = { subject: vault.home.childId, field: 'address' };
    expect(await calls(officer, query)).toMatchObject([{ viewer: 'larkfield-centres-1' }]);
    const refused = { subject: vault.home.childId, field: 'familyName' };
    const shown = (await calls(officer, refused)) ?? [];
    expect(shown.map(({ viewer }) => viewer)).not.toContain('brook-and-vale-1');
  });

  it('goes back page by page, each entry once, while more are written', async () => {
    const query = { subject: `family/${vault.home.familyId}`, limit: 2 };
    const seen: string[] = [];
    for (let before: string | undefined = undefined; ;) {
      const read = await vault.core.auditing.calls(officer, {
        ...query,
        ...(before === undefined ? {} : { before }),
      });
      seen.push(...read!.answer.calls.map(({ entryId }) => entryId));
      before = read!.answer.next;
      if (before === undefined) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const { rows } = await vault.pool.query<{ first: string }>(
      'select min(entry_id)::text as first from vault.audit',
    );
    expect(seen.at(-1)).toBe(rows[0]!.first);
  });

  it('knows days in London', async () => {
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' });
    const now = today.format(new Date());
    expect(await calls(officer, { from: '2000-01-01', until: '2000-01-02' })).toEqual([]);
    expect((await calls(officer, { until: now, from: '2000-01-01' }))!.length).toBeGreaterThan(2);
  });

  it('shows an officer elsewhere what their own people asked, and no more', async () => {
    const found = await calls(elsewhere, { subject: vault.home.childId });
    expect(new Set(found!.map(({ organisation }) => organisation))).toEqual(
      new Set(['larkfield-centres']),
    );
  });

  it('is in the audit itself', async () => {
    await vault.core.auditing.calls(officer, { subject: vault.home.childId });
    const read = await vault.core.auditing.calls(officer, { subject: vault.home.childId });
    expect(read!.answer.calls[0]).toMatchObject({ kind: 'audit', viewer: 'officer-1' });
  });

  it.each([workerOf(larkfield), workerOf(hub), manager])(
    'is for officers alone, not for %j',
    async (reader) => {
      expect(await vault.core.auditing.calls(reader, {})).toBeUndefined();
    },
  );

  describe('beside a record', () => {
    const line = () => `family/${vault.home.familyId}`;

    it('tells the hub’s officer who last looked, 25 times at most', async () => {
      for (let nth = 0; nth < 26; nth += 1) await vault.reveal(vault.worker, []);
      const read = await vault.core.auditing.viewings(officer, line());
      expect(read?.answer).toHaveLength(25);
    });

    it('tells a manager only while the hub has the record in hand', async () => {
      expect(await vault.core.auditing.viewings(manager, line())).toBeUndefined();
      await vault.recorder.record(
        'contact-00000000-0000-5000-8000-00000000c0de',
        {
          type: 'ContactReceived',
          data: {
            hub,
            familyId: vault.home.familyId,
            childIds: [vault.home.childId],
            channel: 'phone',
            source: '9',
            reference: 'CT-2345-6789',
            concern: 'Rang in the night',
          },
        },
        { controller: 'fairholme-hub' },
      );
      await vault.core.follower.past(new Date(), 5_000);
      const read = await vault.core.auditing.viewings(manager, line());
      expect(read?.answer[0]).toMatchObject({ viewer: 'larkfield-centres-1', kind: 'reveal' });
      const triage = workerOf(hub);
      expect(await vault.core.auditing.viewings(triage, line())).toBeUndefined();
      expect(await vault.core.auditing.viewings(vault.worker, line())).toBeUndefined();
    });
  });
});
