import { freshDatabase } from './postgres.js';

describe('a pool', () => {
  it('outlives a connection that ends while somebody holds it and asks nothing of it', async () => {
    const database = await freshDatabase();
    const pool = database.pool();
    const held = await pool.connect();
    const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise<void>((resolve) => held.once('end', resolve));
    await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    await expect(held.query('select 1')).rejects.toThrow();
    held.release(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.drop();
  });
});
