import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function names(): Promise<string[]> {
  const client = await pool.connect();

  try {
    const { rows } = await client.query('SELECT name FROM users');

    const found: string[] = [];
    for (const row of rows) {
      found.push(row.name);
    }

    return found;
  } finally {
    // The pool has it again from here on.
    client.release(); // for others
  }
}
