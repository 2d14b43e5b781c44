import { brook, larkfield, workerOf } from './county.js';
import { VaultUnderTest } from './vault-under-test.js';

describe('the audit of what was revealed', () => {
  let vault: VaultUnderTest;
  beforeAll(async () => {
    vault = await VaultUnderTest.open();
  });
  afterAll(() => vault.close());
  afterEach(() => {
    vault.faults.at = undefined;
  });

  async function entries() {
    const { rows } = await vault.pool.query<{ n: number }>(
      'select count(*)::int as n from vault.audit',
    );
    return rows[0]!.n;
  }

  it('has an entry for each call, also for no boxes, and can say who looked at a child', async () => {
    const before = await entries();
    await vault.reveal(vault.worker, [vault.name()]);
    await vault.reveal(vault.worker, []);
    await vault.reveal(workerOf(brook), [vault.name()]);
    expect(await entries()).toBe(before + 3);
    const { rows } = await vault.pool.query(
      `select e.kind, e.actor, e.recipient, e.role, e.purpose, e.page, s.asked, s.granted, e.items
         from vault.audit_subjects s join vault.audit e using (entry_id)
         where s.subject = $1 order by entry_id desc limit 2`,
      [vault.home.childId],
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
            ground: expect.stringMatching(/^relation\+agreement:[0-9a-f-]{36}@1$/) as unknown,
            line: `family/${vault.home.familyId}`,
            subjects: [vault.home.childId],
            outcome: 'granted',
          },
        ],
      },
    ]);
    const about = await vault.pool.query<{ asked: number; granted: number }>(
      `select asked, granted from vault.audit_subjects where subject = $1
         order by entry_id desc limit 3`,
      [`family/${vault.home.familyId}`],
    );
    expect(about.rows).toEqual([
      { asked: 1, granted: 0 },
      { asked: 0, granted: 0 },
      { asked: 1, granted: 1 },
    ]);
  });

  it('is committed before anything is released: killed between, there is a surplus entry only', async () => {
    const before = await entries();
    vault.faults.at = 'audit-committed';
    await expect(vault.reveal(vault.worker, [vault.name()])).rejects.toThrow('killed');
    expect(await entries()).toBe(before + 1);
    const { rows } = await vault.pool.query(
      `select d.entry_id from vault.audit e left join vault.audit_deliveries d using (entry_id)
         order by e.entry_id desc limit 1`,
    );
    expect(rows).toEqual([{ entry_id: null }]);
  });

  it('that cannot be written lets nothing out', async () => {
    await vault.pool.query('alter table vault.audit rename to audit_away');
    try {
      const refused = vault.reveal(vault.worker, [vault.name()]);
      await expect(refused).rejects.toMatchObject({ name: 'VaultUnavailable' });
    } finally {
      await vault.pool.query('alter table vault.audit_away rename to audit');
    }
  });

  it('knows what was delivered', async () => {
    const { entryId } = await vault.core.reveals.reveal(vault.worker, vault.page([vault.name()]));
    vault.core.audit.delivered(entryId);
    await vault.core.audit.settled();
    const { rows } = await vault.pool.query(
      'select at from vault.audit_deliveries where entry_id = $1',
      [entryId],
    );
    expect(rows).toHaveLength(1);
  });

  it.each(['update vault.audit set actor = $1', 'delete from vault.audit_subjects where $1 = $1'])(
    'is written once: %s',
    async (statement) => {
      await expect(vault.pool.query(statement, ['somebody'])).rejects.toThrow('written once');
      const truncate = vault.pool.query('truncate vault.audit cascade');
      await expect(truncate).rejects.toThrow('written once');
    },
  );

  it('holds nothing of what was opened', async () => {
    await vault.reveal(vault.worker, [vault.name(), vault.asked(vault.home.address, 'address')]);
    const { rows } = await vault.pool.query<{ all: string }>(
      `select string_agg(e::text, '') as all from vault.audit e`,
    );
    expect(rows[0]!.all).not.toMatch(/quillfeather|gorse/i);
  });
});
