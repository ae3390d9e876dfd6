import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function drain(ids: string[]): Promise<void> {
  for (const id of ids) {
    const client = await pool.connect();
    try {
      const { rows } = await client.query('SELECT 1 FROM jobs WHERE id = $1', [id]);
      if (rows.length === 0) {
        continue;
      }
      await client.query('DELETE FROM jobs WHERE id = $1', [id]);
    } finally {
      client.release();
    }
  }
}
