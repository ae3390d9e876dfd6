import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function find(id: string, cheap: boolean) {
  const client = await pool.connect();
  if (cheap) return client.query('SELECT 1');
  const found = await client.query('SELECT name FROM users WHERE id = $1', [id]);
  client.release();
  return found;
}
