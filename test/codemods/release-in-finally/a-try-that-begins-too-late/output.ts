import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function book(id: string): Promise<void> {
  const client = await pool.connect();

  try {
    await client.query('BEGIN');
    // Seats are few.
    await client.query('UPDATE seats SET taken = true WHERE id = $1', [id]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
