import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { Actor } from '@common-thread/platform/actor';
import { Log } from '@common-thread/platform/log';
import type { StaffPage } from '@common-thread/platform/staff';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import type { Pool } from 'pg';
import type { Vault } from '../../apps/vault/create-vault.js';
import { createVault } from '../../apps/vault/create-vault.js';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import { MemoryAudit } from '../../apps/vault/audit/memory-audit.js';
import { MemoryStaffStore } from '../../apps/vault/staff/memory-staff-store.js';
import { PostgresStaffStore } from '../../apps/vault/staff/postgres-staff-store.js';
import { StaffStanding } from '../../apps/vault/staff/staff-standing.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import { hub, larkfield, workerOf } from './county.js';

const officer = workerOf(hub, { id: 'officer-1', role: 'information-governance' });
const elsewhere = workerOf(larkfield, { id: 'officer-2', role: 'information-governance' });
const worker = workerOf(larkfield, { id: 'w-1', places: ['oak', 'elm'] });
const actors: Readonly<Record<string, Actor>> = {
  officer,
  elsewhere,
  worker,
  manager: workerOf(hub, { id: 'm-1', role: 'hub-manager' }),
};

class Tokens extends TokenVerifier {
  async verify(token: string): Promise<Actor> {
    const actor = actors[token];
    if (!actor) throw new TokenRefused('no');
    return actor;
  }
}

describe('the register of staff on HTTP', () => {
  let database: TestDatabase;
  let pool: Pool;
  let vault: Vault;

  beforeAll(async () => {
    database = await freshDatabase();
    pool = database.pool();
    vault = await createVault({
      pool,
      log: new MemoryEventLog(),
      masterKey: new MemoryMasterKey(),
      tokens: new Tokens(),
      appLog: new Log({ app: 'vault', level: 'silent' }),
    });
    await vault.app.init();
  });
  afterAll(async () => {
    await vault?.close();
    await database?.drop();
  });

  const asked = (method: 'GET' | 'POST', url: string, as: string, payload?: object) =>
    vault.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${as}` },
      ...(payload ? { payload } : {}),
    });
  const part = (change: object = {}) => ({
    id: 'w-1',
    organisation: 'larkfield-centres',
    what: 'place',
    named: 'oak',
    taken: true,
    ...change,
  });
  const change = (as: string, body: object) => asked('POST', '/v1/staff/standing', as, body);
  const standing = async () => (await asked('GET', '/v1/standing', 'worker')).statusCode;
  const listed = async (as: string, query = '') =>
    (await asked('GET', `/v1/staff${query}`, as)).json<StaffPage>();

  it('refuses, once it is acknowledged, a token that says what was taken away, and no other', async () => {
    expect(await standing()).toBe(204);
    const elsewhereThan = await change('officer', part({ named: 'ash' }));
    expect(elsewhereThan.json()).toEqual({ inForce: true });
    expect(await standing()).toBe(204);
    expect((await change('officer', part())).statusCode).toBe(200);
    const refused = await asked('GET', '/v1/standing', 'worker');
    expect(refused.statusCode).toBe(401);
    expect(refused.json()).toMatchObject({
      type: 'https://common-thread.uk/problems/standing-ended',
    });
    expect((await asked('POST', '/v1/reveal', 'worker', {})).statusCode).toBe(401);
    expect((await change('elsewhere', part({ taken: false }))).statusCode).toBe(200);
    expect(await standing()).toBe(204);
  });

  it('lists who is known and what was taken from them, to officers alone', async () => {
    const staff = [{ id: 'w-2', organisation: 'larkfield-centres', familyName: 'Unlike' }];
    expect((await asked('POST', '/v1/staff', 'elsewhere', { staff })).statusCode).toBe(204);
    const others = [{ id: 'h-1', organisation: 'fairholme-hub', familyName: 'Unlike' }];
    expect((await asked('POST', '/v1/staff', 'officer', { staff: others })).statusCode).toBe(204);
    const { staff: own } = await listed('elsewhere');
    expect(
      own.map(({ id, known, taken }) => [id, known, taken.map(({ named }) => named)]),
    ).toEqual([
      ['w-1', [], ['ash']],
      ['w-2', ['surname'], []],
    ]);
    expect((await listed('officer')).staff.map(({ id }) => id)).toEqual(['h-1', 'w-1', 'w-2']);
    expect((await listed('officer', '?id=w-2')).staff).toHaveLength(1);
    const after = '?after=larkfield-centres/w-1';
    expect((await listed('officer', after)).staff.map(({ id }) => id)).toEqual(['w-2']);
    expect((await asked('GET', '/v1/staff', 'manager')).statusCode).toBe(404);
    const foreign = await asked('GET', '/v1/staff?organisation=fairholme-hub', 'elsewhere');
    expect(foreign.statusCode).toBe(404);
  });

  it.each([
    ['entering, by whoever is no officer', 'manager', '/v1/staff', { staff: [] }, 404],
    [
      'entering staff of others',
      'elsewhere',
      '/v1/staff',
      { staff: [{ id: 'h-2', organisation: 'fairholme-hub', familyName: 'Unlike' }] },
      404,
    ],
    ['an entry without a surname', 'officer', '/v1/staff', { staff: [{ id: 'x' }] }, 422],
    ['taking away, by whoever is no officer', 'manager', '/v1/staff/standing', part(), 404],
    [
      'taking from staff of others',
      'elsewhere',
      '/v1/staff/standing',
      part({ organisation: 'fairholme-hub' }),
      404,
    ],
    [
      'taking from themselves',
      'officer',
      '/v1/staff/standing',
      part({ id: 'officer-1', organisation: 'fairholme-hub' }),
      409,
    ],
    [
      'a role that nobody has',
      'officer',
      '/v1/staff/standing',
      part({ what: 'role', named: 'wizard' }),
      422,
    ],
    ['no place at all', 'officer', '/v1/staff/standing', part({ named: '' }), 422],
    ['everything, and a name', 'officer', '/v1/staff/standing', part({ what: 'everything' }), 422],
    ['a part that is none', 'officer', '/v1/staff/standing', part({ what: 'hat' }), 422],
  ])('refuses %s', async (_what, as, url, body, status) => {
    expect((await asked('POST', url, as, body)).statusCode).toBe(status);
  });

  it('says of a London day who looked at their own, and refuses a day that is none', async () => {
    const report = await asked('GET', '/v1/staff/report?day=2026-03-02', 'officer');
    expect(report.json()).toEqual({ findings: [], known: 0, viewers: 0, isWhole: true });
    const wrong = await asked('GET', '/v1/staff/report?day=2026-02-30', 'officer');
    expect(wrong.statusCode).toBe(400);
    expect((await asked('GET', '/v1/staff/report?day=2026-03-02', 'manager')).statusCode).toBe(
      404,
    );
  });

  it('keeps every change once, and in the audit', async () => {
    await expect(pool.query('update vault.staff_changes set taken = false')).rejects.toThrow(
      'written once',
    );
    const entries = await vault.core.audit.read({ actor: 'officer-1', limit: 50 });
    expect(new Set(entries.map(({ page }) => page))).toEqual(
      new Set([
        'staff-register/take-away',
        'staff-register/enter',
        'staff-register/list',
        'staff-register/report',
      ]),
    );
  });

  it('is acknowledged only when no older answer is good any more', async () => {
    let passed: () => void = () => undefined;
    const { audit, clock } = { audit: vault.core.audit, clock: { now: () => new Date() } };
    const staff = new PostgresStaffStore(pool);
    const waits = new Promise<void>((resolve) => void (passed = resolve));
    const standings = new StaffStanding({ staff, audit, clock, after: () => waits });
    let isSaid = false;
    const saying = standings
      .change(officer, { ...part(), what: 'everything', named: '' })
      .then((said) => {
        isSaid = true;
        return said;
      });
    while (await standings.holds(worker)) expect(isSaid).toBe(false);
    expect(isSaid).toBe(false);
    passed();
    expect(await saying).toBe('in-force');
  });

  it('is the same in memory', async () => {
    const audit = new MemoryAudit();
    const staff = new MemoryStaffStore(audit);
    const clock = { now: () => new Date() };
    const standings = new StaffStanding({ staff, audit, clock, after: async () => undefined });
    await standings.change(officer, { ...part(), what: 'place' });
    expect(await standings.holds(worker)).toBe(false);
    expect((await standings.list(elsewhere, {}))?.answer.staff).toMatchObject([
      { id: 'w-1', known: [], taken: [{ what: 'place', named: 'oak', by: 'officer-1' }] },
    ]);
    await standings.change(officer, { ...part(), what: 'place', taken: false });
    expect(await standings.holds(worker)).toBe(true);
    expect((await standings.list(elsewhere, { id: 'w-1' }))?.answer.staff).toMatchObject([
      { taken: [] },
    ]);
    expect((await standings.list(elsewhere, { after: 'larkfield-centres/w-1' }))?.answer).toEqual({
      staff: [],
    });
  });
});
