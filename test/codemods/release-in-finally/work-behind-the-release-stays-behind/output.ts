import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function archive(id: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('DELETE FROM orders WHERE id = $1', [id]);
  } finally {
    // Others may have it while the mail is sent.
    client.release();
  }
  await sendMail(id);
}

async function sendMail(id: string): Promise<void> {
  console.log(id);
}
