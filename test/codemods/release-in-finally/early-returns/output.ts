import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function first(id: string): Promise<string | null> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query('SELECT name FROM users WHERE id = $1', [id]);
    if (rows.length === 0) {
      return null;
    }
    if (rows[0].name === '') {
      throw new Error('no name');
    }
    return rows[0].name;
  } finally {
    client.release();
  }
}
