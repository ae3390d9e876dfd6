import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function first(id: string): Promise<string | null> {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT name FROM users WHERE id = $1', [id]);
  if (rows.length === 0) {
    client.release();
    return null;
  }
  if (rows[0].name === '') {
    client.release();
    throw new Error('no name');
  }
  client.release();
  return rows[0].name;
}
