import { Pool } from 'pg';
import { postgres } from './resilience';

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

export interface Order {
  readonly id: string;
}

export async function find(id: string): Promise<Order | undefined> {
  // The newest first.
  const { rows } = await postgres.retryUnsent(() => pool.query<Order>('SELECT id FROM orders WHERE id = $1', [id]));
  return rows[0];
}

export const add = (id: string) => postgres.retryUnsent(() => pool.query('INSERT INTO orders (id) VALUES ($1)', [id]));
