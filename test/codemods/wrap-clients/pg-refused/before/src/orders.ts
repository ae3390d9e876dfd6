import { Client, Pool } from 'pg';

const pool = new Pool({ connectionString: process.env.DATABASE_URL });

class Cursor {
  constructor(readonly text: string) {}
  submit(): void {}
}

export async function move(from: string, to: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE accounts SET balance = balance - 1 WHERE id = $1', [from]);
    await client.query('UPDATE accounts SET balance = balance + 1 WHERE id = $1', [to]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

export function all(done: (error: Error | null) => void): void {
  pool.query('SELECT id FROM orders', (error) => { done(error); });
}

export const cursor = (): Cursor => pool.query(new Cursor('SELECT id FROM orders'));

export async function listen(): Promise<void> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.query('LISTEN orders');
}

pool.on('connect', () => {
  void pool.query('SELECT 1');
});
