import { londonDay } from '@common-thread/domain/london-day';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import type { StaffDetails } from '@common-thread/platform/staff';
import type { Household } from './county.js';
import { household, hub, larkfield, workerOf } from './county.js';
import { VaultUnderTest } from './vault-under-test.js';

const officer = workerOf(hub, { id: 'officer-1', role: 'information-governance' });
const elsewhere = workerOf(larkfield, { id: 'officer-2', role: 'information-governance' });
const today = () => londonDay(new Date().toISOString());

describe('staff who are known to the vault', () => {
  let vault: VaultUnderTest;
  beforeAll(async () => {
    vault = await VaultUnderTest.open();
  });
  afterAll(() => vault.close());

  const staff = (id: string, change: Partial<StaffDetails> = {}): StaffDetails => ({
    id,
    organisation: 'larkfield-centres',
    familyName: 'Unlike',
    ...change,
  });

  async function families(seed: string, child: Parameters<typeof household>[2]) {
    const home = await household(vault.recorder, seed, child);
    await vault.recorder.record(`membership-${derivedId('parent', seed)}`, {
      type: 'MembershipBegan',
      data: {
        familyId: home.familyId,
        personId: home.childId,
        position: 'child',
        address: '4 Sorrel Court, Larkfield',
        postcode: 'ZZ99 3VZ',
      },
    });
    await vault.core.follower.past(new Date(), 5_000);
    return home;
  }

  async function look(id: string, home: Household) {
    const line = `family/${home.familyId}`;
    const request = vault.asked(home.child.familyName, 'familyName', line);
    const revealed = await vault.reveal(workerOf(larkfield, { id }), [request], { about: [line] });
    expect(revealed.map((one) => Object.keys(one))).toEqual([['text']]);
  }

  async function findings(reader: Actor, viewer: string) {
    const read = await vault.core.staffRegister.report(reader, today());
    return read?.answer.findings
      .filter((finding) => finding.viewer === viewer)
      .map(({ calls, kind, people }) => ({ calls, kind, people }));
  }

  it('are seen to open their own record, however their name is written', async () => {
    const home = await families('own', { givenName: 'Zoë', familyName: "O'Nettle" });
    const member = { givenName: 'zoe', familyName: 'O’NETTLE', dateOfBirth: '2024-02-29' };
    await vault.core.staffRegister.enter(officer, [staff('own-1', member)]);
    await look('own-1', home);
    await look('own-1', home);
    expect(await findings(officer, 'own-1')).toEqual([
      { kind: 'own-record', people: 1, calls: 2 },
    ]);
  });

  it('are seen to open a record by NHS number, where the name was changed', async () => {
    const home = await families('nhs', { familyName: 'Before', nhsNumber: '9990000018' });
    await vault.core.staffRegister.enter(officer, [staff('nhs-1', { nhsNumber: '999 000 0018' })]);
    await look('nhs-1', home);
    expect(await findings(officer, 'nhs-1')).toMatchObject([{ kind: 'own-record' }]);
  });

  it('are seen to open records of their surname and of their home, each by its nearest', async () => {
    const [one, other] = [
      await families('surname', { familyName: 'Mulberry' }),
      await families('home', { familyName: 'Elsewise' }),
    ];
    const near = { familyName: 'Mulberry', address: '9 Far Lane', postcode: 'ZZ99 9ZZ' };
    const home = { familyName: 'Unlike', address: '4, Sorrel Ct', postcode: 'zz993vz' };
    await vault.core.staffRegister.enter(officer, [staff('near-1', near), staff('home-1', home)]);
    for (const id of ['near-1', 'home-1']) {
      await look(id, one);
      await look(id, other);
    }
    expect(await findings(officer, 'near-1')).toEqual([
      { kind: 'same-surname', people: 1, calls: 1 },
    ]);
    expect(await findings(officer, 'home-1')).toEqual([
      { kind: 'same-address', people: 2, calls: 2 },
    ]);
  });

  it('give nothing to ask about for looking at strangers, nor where nobody is entered', async () => {
    const home = await families('stranger', { familyName: 'Farther' });
    await vault.core.staffRegister.enter(officer, [staff('stranger-1')]);
    await look('stranger-1', home);
    await look('unknown-1', home);
    expect(await findings(officer, 'stranger-1')).toEqual([]);
    expect(await findings(officer, 'unknown-1')).toEqual([]);
    const read = await vault.core.staffRegister.report(officer, today());
    const { known, viewers } = read!.answer;
    expect(viewers).toBe(known + 1);
    const before = await vault.core.staffRegister.report(officer, '2000-01-01');
    expect(before?.answer).toEqual({ findings: [], known: 0, viewers: 0, isWhole: true });
  });

  it('are known by what was entered last', async () => {
    const home = await families('renamed', { familyName: 'Tansy' });
    await vault.core.staffRegister.enter(officer, [staff('renamed-1', { familyName: 'Tansy' })]);
    await look('renamed-1', home);
    expect(await findings(officer, 'renamed-1')).toMatchObject([{ kind: 'same-surname' }]);
    await vault.core.staffRegister.enter(officer, [staff('renamed-1')]);
    expect(await findings(officer, 'renamed-1')).toEqual([]);
  });

  it('are in no table by a name, a birthday, a number or an address', async () => {
    const details = {
      familyName: 'Celandine',
      givenName: 'Perpetua',
      dateOfBirth: '1971-11-23',
      nhsNumber: '9990000026',
      address: 'Wagtail Cottage',
      postcode: 'ZZ99 1AA',
    };
    await vault.core.staffRegister.enter(officer, [staff('clear-1', details)]);
    const { rows } = await vault.pool.query<{ whole: string }>(
      `select coalesce(string_agg(t.*::text, ' '), '') as whole from vault.staff_keys t
       union all select coalesce(string_agg(t.*::text, ' '), '') from vault.audit t`,
    );
    const kept = rows.map(({ whole }) => whole).join(' ');
    expect(kept).toContain('clear-1');
    expect(kept).not.toMatch(/celandine|perpetua|1971|9990000026|wagtail|zz99/i);
    // Nor by the hashes that people are found by: the two cannot be joined.
    const shared = await vault.pool.query(
      'select from vault.staff_keys join vault.blind_index using (mac)',
    );
    expect(shared.rows).toEqual([]);
  });

  it('are reported to officers alone; elsewhere of their own, and of nobody restricted', async () => {
    const home = await families('hidden', { familyName: 'Yarrow' });
    await vault.core.staffRegister.enter(elsewhere, [staff('hidden-1', { familyName: 'Yarrow' })]);
    await look('hidden-1', home);
    expect(await findings(elsewhere, 'hidden-1')).toHaveLength(1);
    await vault.recorder.record(`restriction-${home.familyId}`, {
      type: 'FamilyRestricted',
      data: {
        familyId: home.familyId,
        hub,
        ground: 'staff-or-relative',
        authority: 'director',
        speakTo: 'service-manager',
        reviewOn: '2026-03-01',
      },
    });
    await vault.core.follower.past(new Date(), 5_000);
    expect(await findings(elsewhere, 'hidden-1')).toEqual([]);
    expect(await findings(officer, 'hidden-1')).toHaveLength(1);
    for (const other of [workerOf(hub), workerOf(hub, { role: 'hub-manager' }), vault.worker]) {
      expect(await vault.core.staffRegister.report(other, today())).toBeUndefined();
      expect(await vault.core.staffRegister.enter(other, [staff('x')])).toBe(false);
    }
    const theirs = [staff('hub-1', { organisation: 'fairholme-hub' })];
    expect(await vault.core.staffRegister.enter(elsewhere, theirs)).toBe(false);
  });

  it('put entering and reporting into the audit', async () => {
    const entries = await vault.core.audit.read({ actor: 'officer-1', limit: 50 });
    const pages = new Set(entries.map(({ page }) => page));
    expect(pages).toContain('staff-register/enter');
    expect(pages).toContain('staff-register/report');
  });
});
