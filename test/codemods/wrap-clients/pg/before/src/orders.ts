import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

export interface Order {
  readonly id: string;
}

export async function find(id: string): Promise<Order | undefined> {
  // The newest first.
  const { rows } = await pool.query<Order>('SELECT id FROM orders WHERE id = $1', [id]);
  return rows[0];
}

export const add = (id: string) => pool.query('INSERT INTO orders (id) VALUES ($1)', [id]);
