import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function report(id: string): Promise<number> {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT total FROM orders WHERE id = $1', [id]);
  client.release();
  const rate = await rateOf(rows[0].currency);
  return rows[0].total * rate;
}

async function rateOf(currency: string): Promise<number> {
  return currency.length;
}
