import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function touch(id: string): Promise<void> {
  const client = await pool.connect();
  await client.query('UPDATE users SET seen = now() WHERE id = $1', [id]);
}
