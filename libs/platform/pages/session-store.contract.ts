import { randomUUID } from 'node:crypto';
import type { Session } from 'fastify';
import type { Pool } from 'pg';
import type { TestDatabase } from '../../../test/engines/postgres.js';
import { freshDatabase } from '../../../test/engines/postgres.js';
import type { SignedInSession } from './session-store.js';
import { PostgresSessions, sessionName } from './session-store.js';

const HOUR_MS = 60 * 60_000;

describe('sessions on PostgreSQL', () => {
  let database: TestDatabase;
  let pool: Pool;
  let sessions: PostgresSessions;

  beforeAll(async () => {
    database = await freshDatabase();
    pool = database.pool();
    const limits = { idleMs: HOUR_MS, wholeMs: 12 * HOUR_MS };
    sessions = new PostgresSessions(pool, 'public', 'a secret that only this test knows', limits);
    await sessions.createTable();
  });
  afterAll(() => database.drop());

  function signedIn(hoursAgo: number): SignedInSession {
    const signedInAt = Date.now() - hoursAgo * HOUR_MS;
    return { actorId: 'w', accessToken: 't', idToken: 'i', signedInAt, accessExpiresAt: 0 };
  }
  const kept = (id: string, of: SignedInSession) =>
    new Promise<unknown>((resolve) => sessions.set(id, { signedIn: of } as Session, resolve));
  const found = (id: string) =>
    new Promise<unknown>((resolve) =>
      sessions.get(id, (error, session) => resolve(error ?? session?.signedIn)),
    );
  async function endOf(id: string): Promise<number> {
    const { rows } = await pool.query<{ ends_at: Date }>(
      'SELECT ends_at FROM public.page_session WHERE name = $1',
      [sessionName(id)],
    );
    return rows[0]!.ends_at.getTime();
  }

  it('are put off by every request, and end with the shift all the same', async () => {
    const id = randomUUID();
    const session = signedIn(11.5);
    expect(await kept(id, session)).toBeUndefined();
    expect(await endOf(id)).toBe(session.signedInAt + 12 * HOUR_MS);
    await sessions.touch(id, session);
    expect(await endOf(id)).toBe(session.signedInAt + 12 * HOUR_MS);
    expect(await found(id)).toEqual(session);
  });

  it('are not there once the shift has ended', async () => {
    const id = randomUUID();
    expect(await kept(id, signedIn(12.1))).toBeUndefined();
    expect(await found(id)).toBeUndefined();
  });
});
