import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function touch(id: string): Promise<void> {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT broken FROM users WHERE id = $1', [id]);
  client.release(rows[0].broken);
}
