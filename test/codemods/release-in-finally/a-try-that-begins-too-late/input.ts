import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function book(id: string): Promise<void> {
  const client = await pool.connect();

  await client.query('BEGIN');
  // Seats are few.
  try {
    await client.query('UPDATE seats SET taken = true WHERE id = $1', [id]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
