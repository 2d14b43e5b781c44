import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { Actor } from '@common-thread/platform/actor';
import { Log } from '@common-thread/platform/log';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import type { Pool } from 'pg';
import { Clock } from '../../apps/vault/clock.js';
import type { Vault } from '../../apps/vault/create-vault.js';
import { createVault } from '../../apps/vault/create-vault.js';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import type { Household } from './county.js';
import { brook, household, hub, larkfield, workerOf } from './county.js';
import { Recorder } from './recording.js';

const actors: Readonly<Record<string, Actor>> = {
  larkfield: workerOf(larkfield),
  brook: workerOf(brook),
  hub: workerOf(hub),
  pages: workerOf(larkfield, { id: 'pages', role: 'agency-pages', kind: 'system' }),
  governance: workerOf(hub, { role: 'information-governance' }),
};

class Tokens extends TokenVerifier {
  async verify(token: string): Promise<Actor> {
    const actor = actors[token];
    if (!actor) throw new TokenRefused('no');
    return actor;
  }
}

/** A vault whose clock is ahead has not heard of the log for as long. */
class AheadClock extends Clock {
  aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

describe('the vault on HTTP', () => {
  const clock = new AheadClock();
  let database: TestDatabase;
  let pool: Pool;
  let log: MemoryEventLog;
  let vault: Vault;
  let home: Household;
  let logged = '';

  beforeAll(async () => {
    database = await freshDatabase();
    pool = database.pool();
    log = new MemoryEventLog();
    vault = await createVault({
      pool,
      log,
      clock,
      masterKey: new MemoryMasterKey(),
      tokens: new Tokens(),
      appLog: new Log({ app: 'vault', destination: { write: (line) => void (logged += line) } }),
    });
    await vault.app.init();
    home = await household(new Recorder(log, vault.sealing), 'http', { nhsNumber: '9990000018' });
  });
  afterAll(async () => {
    await vault.close();
    await database.drop();
  });

  const post = (url: string, as: string, body: object) =>
    vault.app.inject({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${as}` },
      payload: body,
    });
  const page = (change: object = {}) => ({
    purpose: 'centre-support',
    page: 'centre/family',
    about: [`family/${home.familyId}`],
    requests: [
      { box: home.child.familyName, field: 'familyName', line: `family/${home.familyId}` },
    ],
    ...change,
  });

  it('reveals to whoever may see it, and tells the audit that the answer left', async () => {
    const answer = await post('/v1/reveal', 'larkfield', page());
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ revealed: [{ text: 'Quillfeather' }] });
    expect(answer.headers['cache-control']).toBe('no-store');
    await vault.core.audit.settled();
    const { rows } = await pool.query(
      'select entry_id from vault.audit join vault.audit_deliveries using (entry_id)',
    );
    expect(rows).toHaveLength(1);
  });

  it('says not entitled to a stranger', async () => {
    const answer = await post('/v1/reveal', 'brook', page());
    expect(answer.json()).toEqual({ revealed: [{ withheld: 'not-entitled' }] });
  });

  it.each([
    ['another purpose than there are', { purpose: 'curiosity' }, '/purpose'],
    ['a name for a page', { page: 'Quillfeather family' }, '/page'],
    ['a name in what it is about', { about: ['Ada Quillfeather'] }, '/about'],
    ['no list of boxes', { requests: 'all' }, '/requests'],
    ['too many boxes', { requests: Array.from({ length: 1_001 }, () => ({})) }, '/requests'],
    [
      'a line that is none',
      { requests: [{ box: 'x', field: 'f', line: 'all' }] },
      '/requests/0/line',
    ],
    ['a field that is unknown', { plaintext: true }, '/'],
  ])('refuses %s and says where', async (_, change, pointer) => {
    const answer = await post('/v1/reveal', 'larkfield', page(change));
    expect(answer.statusCode).toBe(422);
    const { errors } = answer.json<{ errors: { pointer: string }[] }>();
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    expect(answer.body).not.toMatch(/quillfeather/i);
  });

  it('tells anybody what it takes', async () => {
    const { paths } = (await vault.app.inject({ url: '/openapi.json' })).json<{ paths: object }>();
    expect(Object.keys(paths)).toContain('/v1/reveal');
    expect(Object.keys(paths).filter((path) => path.startsWith('/health'))).toEqual([]);
  });

  it('turns away whoever is not signed in', async () => {
    expect((await post('/v1/reveal', 'nobody', page())).statusCode).toBe(401);
  });

  it('looks up for the hub, with ids and nothing else', async () => {
    for (const query of [
      { familyName: 'QUILLFEATHER', dateOfBirth: '2024-02-29' },
      { nhsNumber: '999 000 0018' },
    ]) {
      const answer = await post('/v1/look-up', 'hub', query);
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toEqual({
        matches: [{ personId: home.childId, familyIds: [home.familyId] }],
        speakTo: [],
      });
    }
    const { rows } = await pool.query<{ subject: string }>(
      `select subject from vault.audit_subjects s join vault.audit e using (entry_id)
       where e.kind = 'look-up'`,
    );
    expect(rows).toEqual([{ subject: home.childId }, { subject: home.childId }]);
  });

  it('lets an officer find whose audit is meant, restricted or not', async () => {
    const answer = await post('/v1/look-up', 'governance', { nhsNumber: '9990000018' });
    const matches = [{ personId: home.childId, familyIds: [home.familyId] }];
    expect(answer.json()).toEqual({ matches, speakTo: [] });
  });

  it('tells everybody else that there is no look-up', async () => {
    for (const who of ['larkfield', 'pages']) {
      const answer = await post('/v1/look-up', who, { nhsNumber: '9990000018' });
      expect(answer.statusCode).toBe(404);
    }
  });

  it.each([
    ['nothing', {}, '/familyName'],
    ['a name alone', { familyName: 'Quillfeather' }, '/dateOfBirth'],
    ['a fragment of a number', { nhsNumber: '999' }, '/nhsNumber'],
    [
      'a day written otherwise',
      { familyName: 'Quillfeather', dateOfBirth: '29/02/2024' },
      '/dateOfBirth',
    ],
  ])('looks nobody up by %s', async (_, query, pointer) => {
    const answer = await post('/v1/look-up', 'hub', query);
    expect(answer.statusCode).toBe(422);
    const { errors } = answer.json<{ errors: { pointer: string }[] }>();
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    expect(answer.body).not.toMatch(/quillfeather/i);
  });

  it('keeps a draft for its owner, through the pages or by the owner’s own token', async () => {
    const owner = { ownerId: actors.larkfield!.id, form: 'refer-a-family/1' };
    const kept = await post('/v1/drafts/seal', 'pages', { ...owner, text: 'Bruises' });
    expect(kept.statusCode).toBe(200);
    const { sealed } = kept.json<{ sealed: string }>();
    for (const who of ['pages', 'larkfield']) {
      const opened = await post('/v1/drafts/open', who, { ...owner, sealed });
      expect(opened.json()).toEqual({ text: 'Bruises' });
    }
    expect((await post('/v1/drafts/open', 'brook', { ...owner, sealed })).statusCode).toBe(404);
    expect((await post('/v1/drafts/discard', 'pages', { ...owner, sealed })).statusCode).toBe(204);
    expect((await post('/v1/drafts/open', 'pages', { ...owner, sealed })).statusCode).toBe(404);
  });

  it('answers 503 and when to try again while it is behind the log, and opens nothing', async () => {
    clock.aheadMs = 60_000;
    for (const [route, who, body] of [
      ['/v1/reveal', 'larkfield', page()],
      ['/v1/look-up', 'hub', { nhsNumber: '9990000018' }],
    ] as const) {
      const answer = await post(route, who, body);
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBe('2');
      expect(answer.json<{ type: string }>().type).toMatch(/\/vault-stale$/);
    }
    const ready = await vault.app.inject({ url: '/health/ready' });
    expect(ready.statusCode).toBe(503);
    clock.aheadMs = 0;
    expect((await post('/v1/reveal', 'larkfield', page())).statusCode).toBe(200);
  });

  it('answers 503 while its database is away', async () => {
    await pool.query('alter table vault.audit rename to audit_away');
    try {
      const answer = await post('/v1/reveal', 'larkfield', page());
      expect(answer.statusCode).toBe(503);
      expect(answer.body).not.toMatch(/quillfeather|audit/i);
    } finally {
      await pool.query('alter table vault.audit_away rename to audit');
    }
  });

  it('logs what was asked and nothing that was answered', () => {
    expect(logged).toContain('"route":"/v1/reveal"');
    expect(logged).not.toMatch(/quillfeather|bruises|2024-02-29|999000|box\.v1/i);
  });
});
