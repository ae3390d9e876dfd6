import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function count(done: () => Promise<void>): Promise<number> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query('SELECT count(*) AS n FROM users');
    client.release();
    return rows[0].n;
  } finally {
    await done();
  }
}
