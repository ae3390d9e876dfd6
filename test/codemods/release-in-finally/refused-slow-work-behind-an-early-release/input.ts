import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function ship(id: string): Promise<void> {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT label FROM orders WHERE id = $1', [id]);
  if (rows.length === 0) {
    client.release();
    await complain(id);
    return;
  }
  await client.query('UPDATE orders SET shipped = true WHERE id = $1', [id]);
  client.release();
}

async function complain(id: string): Promise<void> {
  console.log(id);
}
