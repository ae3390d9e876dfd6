import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function book(id: string): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query('UPDATE seats SET taken = true WHERE id = $1', [id]);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    // Back to the pool.
    client.release();
  }

  return id;
}
