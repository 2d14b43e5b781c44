import { HttpSharingAgreements } from '@common-thread/platform/sharing-agreements';
import { idOfStream } from '@common-thread/eventing/identifiers';
import { brook, health, hub, larkfield, workerOf } from './county.js';
import { MovedClock } from './moved-clock.js';
import { serveVault } from './vault-doors.js';
import { VaultUnderTest } from './vault-under-test.js';

const officer = workerOf(hub, { id: 'officer-1', role: 'information-governance' });
const elsewhere = workerOf(larkfield, { id: 'officer-2', role: 'information-governance' });
const stranger = workerOf('far-trust.health-visiting', { role: 'information-governance' });
const others = [
  workerOf(hub),
  workerOf(hub, { role: 'hub-manager' }),
  workerOf(larkfield),
  workerOf(brook, { role: 'agency-pages', kind: 'system' }),
  workerOf(health),
  workerOf(hub, { role: 'subscriber-system', kind: 'system' }),
];

describe('sharing agreements as the vault tells them', () => {
  let clock: MovedClock;
  let vault: VaultUnderTest;
  let agreementId: string;

  beforeEach(async () => {
    clock = new MovedClock();
    vault = await VaultUnderTest.open(clock);
    agreementId = idOfStream('agreement', vault.home.agreement);
  });
  afterEach(() => vault.close());

  const all = async (reader = officer) => (await vault.core.agreements.all(reader))?.answer;

  it('are everything that was acknowledged, and say until when that is', async () => {
    const before = clock.now();
    const data = { reason: 'replaced', endedBy: 'fairholme-hub', takesBack: true } as const;
    await vault.recorder.record(vault.home.agreement, { type: 'AgreementEnded', data });
    const told = await all();
    expect(told?.agreements).toMatchObject([
      { agreementId, state: 'ended', ended: { ...data, by: 'worker-1' } },
    ]);
    expect(Date.parse(told?.asOf ?? '')).toBeGreaterThanOrEqual(before.getTime());
    expect(told?.tableVersion).toBe(1);
    const one = await vault.core.agreements.of(officer, agreementId);
    expect(one?.answer.agreement).toEqual(told?.agreements[0]);
  });

  it('are told to officers alone: elsewhere than at a hub, of those they are a party to', async () => {
    expect((await all(elsewhere))?.agreements).toHaveLength(1);
    expect((await all(stranger))?.agreements).toEqual([]);
    expect(await vault.core.agreements.of(stranger, agreementId)).toBeUndefined();
    for (const other of others) {
      expect(await all(other)).toBeUndefined();
      expect(await vault.core.agreements.of(other, agreementId)).toBeUndefined();
    }
    expect(await vault.stores.audit.read({ limit: 10, kinds: ['audit'] })).toHaveLength(2);
  });

  it('are in the audit before they are told', async () => {
    await all();
    await vault.core.agreements.of(officer, agreementId);
    const entries = await vault.stores.audit.read({ actor: 'officer-1', limit: 10 });
    expect(entries.map(({ page, about, purpose }) => [page, about, purpose])).toEqual([
      ['agreement', [agreementId], 'oversight'],
      ['agreements', [], 'oversight'],
    ]);
  });

  it('are not told by a vault that is behind the log', async () => {
    await vault.core.follower.stop();
    clock.aheadMs = 60_000;
    await expect(all()).rejects.toMatchObject({ name: 'VaultStale' });
  });

  it('are read over HTTP by their client, and are not there for anybody else', async () => {
    const served = await serveVault(vault.core, { officer, stranger, worker: workerOf(hub) });
    try {
      const agreements = new HttpSharingAgreements(served.address);
      expect((await agreements.all('officer')).agreements).toHaveLength(1);
      expect(await agreements.of('officer', agreementId)).toMatchObject({
        tableVersion: 1,
        agreement: { agreementId, state: 'in-force' },
      });
      expect(await agreements.of('stranger', agreementId)).toBeUndefined();
      await expect(agreements.all('worker')).rejects.toMatchObject({ name: 'VaultUnreachable' });
      for (const path of ['', `/${agreementId}`]) {
        const asked = new URL(`/v1/agreements${path}`, served.address);
        const answer = await fetch(asked, { headers: { authorization: 'Bearer worker' } });
        expect([path, answer.status]).toEqual([path, 404]);
      }
    } finally {
      await served.app.close();
    }
  });
});
