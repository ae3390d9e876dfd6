import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function book(id: string): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('UPDATE seats SET taken = true WHERE id = $1', [id]);
    return true;
  }
  catch (error) {
    await client.query('ROLLBACK');
    return false;
  }
  finally {
    client.release();
  }
}
