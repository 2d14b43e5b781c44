import { freshDatabase } from './postgres.js';

describe('freshDatabase', () => {
  it('gives each caller an empty database of its own on one server', async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    const pool = one.pool(2);
    await pool.query('create table here (id int)');
    const { rows } = await other
      .pool()
      .query<{ found: string | null }>(`select to_regclass('here')::text as found`);
    expect(rows).toEqual([{ found: null }]);
    await Promise.all([one.drop(), other.drop()]);
    expect(pool.ended).toBe(true);
  });
});
