import { mkdtempSync, chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type { EmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { codec, contexts } from '@common-thread/domain/event-catalogue';
import { isBox } from '@common-thread/eventing/sealing';
import type { Actor } from '@common-thread/platform/actor';
import { Log } from '@common-thread/platform/log';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import type { Pool } from 'pg';
import type { Vault } from '../../apps/vault/create-vault.js';
import { createVault } from '../../apps/vault/create-vault.js';
import { SealedFileMasterKey } from '../../apps/vault/keys/sealed-file-master-key.js';
import { runDirectory } from '../engines/postgres.js';
import { BIRTH, canaries, NUMBER, samplesWithCanaries, STEM } from './canaries.js';
import { findingsIn, findingsInFiles, findingsInTables } from './canary-search.js';
import { household, hub, larkfield, workerOf } from './county.js';
import { Recorder } from './recording.js';

const actors: Readonly<Record<string, Actor>> = {
  hub: workerOf(hub),
  larkfield: workerOf(larkfield),
  pages: workerOf(larkfield, { id: 'pages', role: 'agency-pages', kind: 'system' }),
};

class Tokens extends TokenVerifier {
  async verify(token: string): Promise<Actor> {
    const actor = actors[token];
    if (!actor) throw new TokenRefused('no');
    return actor;
  }
}

describe('what is personal, at rest', () => {
  let server: EmbeddedServer;
  let keysDirectory: string;
  let pool: Pool;
  let log: PostgresEventLog;
  let vault: Vault;
  let logged = '';
  const planted = new Set<string>();

  beforeAll(async () => {
    const place = mkdtempSync(path.join(runDirectory(), 'canaries-'));
    chmodSync(place, 0o755);
    server = await startEmbeddedServer({
      dataDir: path.join(place, 'cluster'),
      settings: { fsync: 'off' },
    });
    keysDirectory = path.join(place, 'keys');
    pool = createPool({ url: server.url, applicationName: 'canaries' });
    log = await PostgresEventLog.open({ url: server.url });
    vault = await createVault({
      pool,
      log,
      masterKey: await SealedFileMasterKey.open({ directory: keysDirectory }),
      tokens: new Tokens(),
      appLog: new Log({
        app: 'vault',
        level: 'debug',
        destination: { write: (line) => void (logged += line) },
      }),
    });
    await vault.app.init();
    await work();
  });
  afterAll(async () => {
    await vault.close();
    await log.close();
    await pool.end();
    await server.stop();
  });

  const post = (url: string, as: string, body: unknown) =>
    vault.app.inject({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    });

  /** Everything a vault does, with canaries wherever something personal goes. */
  async function work(): Promise<void> {
    const recorder = new Recorder(log, vault.sealing);
    for (const { streamId, event, fields } of samplesWithCanaries()) {
      await recorder.record(streamId, event);
      for (const field of fields) planted.add(field);
    }
    const home = await household(recorder, 'canary', {
      familyName: STEM,
      dateOfBirth: BIRTH,
      nhsNumber: NUMBER,
    });
    const line = `family/${home.familyId}`;
    const requests = Object.entries(home.child)
      .filter(([, value]) => isBox(value))
      .map(([field, box]) => ({ box, field, line }));
    const page = { purpose: 'centre-support', page: 'centre/family', about: [line], requests };
    const revealed = await post('/v1/reveal', 'larkfield', page);
    expect(revealed.body).toContain(STEM);
    await post('/v1/look-up', 'hub', { familyName: STEM, dateOfBirth: BIRTH });
    await post('/v1/look-up', 'hub', { nhsNumber: NUMBER });
    await vault.matching.matchPerson(actors.hub!, { familyName: STEM, dateOfBirth: BIRTH });
    await vault.matching.findByAuthorityChildId(actors.hub!, '893', STEM);
    await vault.deriving.reviewsDue(actors.hub!, { dateOfBirth: home.child.dateOfBirth! });
    const draft = { ownerId: 'worker-1', form: 'refer-a-family/1', text: `${STEM} ${BIRTH}` };
    const kept = await post('/v1/drafts/seal', 'pages', draft);
    const { sealed } = kept.json<{ sealed: string }>();
    await post('/v1/drafts/open', 'pages', { ...draft, sealed, text: undefined });
    // What goes wrong must not say it either.
    await post('/v1/reveal', 'larkfield', { ...page, page: STEM, [STEM]: STEM });
    await post('/v1/look-up', 'hub', { familyName: STEM, dateOfBirth: NUMBER });
    await post('/v1/look-up', 'hub', `{"familyName":"${STEM}`);
    await post(`/v1/${STEM}?born=${BIRTH}`, STEM, {});
    await expect(vault.sealing.compare(`fp.v1.${STEM}`, STEM)).resolves.toBe('unknown');
    await expect(pool.query('select $1::int', [STEM])).rejects.toThrow('integer');
    await vault.core.audit.settled();
    await pool.query('checkpoint');
  }

  it('has a canary in every personal field there is', () => {
    const all = Object.values(contexts).flatMap(({ shapes }) =>
      Object.keys(shapes).flatMap((type) =>
        codec.personalFieldsOf(type).map(({ field }) => `${type}/${field}`),
      ),
    );
    expect([...planted].sort()).toEqual([...new Set(all)].sort());
  });

  it('is in no table', async () => {
    expect(await findingsInTables(pool, canaries)).toEqual([]);
  });

  it('is in no file of the database, its write-ahead log and its messages included', () => {
    expect(findingsInFiles(server.dataDir, canaries)).toEqual([]);
  });

  it('is in no file beside the keys and in no line of the log', () => {
    expect(findingsInFiles(keysDirectory, canaries)).toEqual([]);
    expect(logged).toContain('/v1/look-up');
    expect(findingsIn('log', Buffer.from(logged), canaries)).toEqual([]);
  });

  describe('would be found', () => {
    it('in a table, in the write-ahead log and in a table’s file', async () => {
      await pool.query('create table planted (words text, bytes bytea)');
      // A long value lies compressed in files: it is for the search of tables to find.
      await pool.query('insert into planted values ($1, null), ($2, null), (null, $3)', [
        `${NUMBER} `.repeat(10_000),
        STEM,
        Buffer.from(BIRTH, 'utf16le'),
      ]);
      await pool.query('checkpoint');
      const inTables = await findingsInTables(pool, canaries);
      expect(inTables.filter((finding) => finding === 'table public.planted: UTF-8')).toHaveLength(
        2,
      );
      const inFiles = findingsInFiles(server.dataDir, canaries);
      expect(inFiles.some((finding) => /^file pg_wal\/\w+: UTF-8$/.test(finding))).toBe(true);
      expect(inFiles.some((finding) => /^file base\/.+: UTF-16LE$/.test(finding))).toBe(true);
      await pool.query('drop table planted');
    });

    it.each([
      ['UTF-8', Buffer.from(`x${STEM}x`)],
      ['UTF-8', Buffer.from(`x${STEM.toLowerCase()}x`)],
      ['UTF-16LE', Buffer.from(`x${STEM}x`, 'utf16le')],
      ['UTF-16BE', Buffer.from(`x${STEM}x`, 'utf16le').swap16()],
      ['hexadecimal', Buffer.from(Buffer.from(`x${STEM}x`).toString('hex'))],
      ['base64 of UTF-8 at 0', Buffer.from(Buffer.from(`123${STEM}x`).toString('base64'))],
      ['base64 of UTF-8 at 1', Buffer.from(Buffer.from(`1${STEM}x`).toString('base64'))],
      ['base64 of UTF-8 at 2', Buffer.from(Buffer.from(`12${STEM}x`).toString('base64url'))],
      ['base64 of UTF-16LE at 0', Buffer.from(Buffer.from(STEM, 'utf16le').toString('base64'))],
    ])('in a file as %s', (encoding, bytes) => {
      const file = path.join(keysDirectory, 'planted');
      writeFileSync(file, bytes);
      expect(findingsInFiles(keysDirectory, canaries)).toContain(`file planted: ${encoding}`);
      writeFileSync(file, '');
    });
  });
});
