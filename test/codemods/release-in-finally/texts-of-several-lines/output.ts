import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function migrate(table: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`
CREATE TABLE IF NOT EXISTS ${table} (
  id text PRIMARY KEY
);
`);
    /*
     * Indices come last.
     */
    await client.query(
      `CREATE INDEX IF NOT EXISTS ${[
        table,
        'id',
      ].join('_')}
      ON ${table} (id)`,
    );
  } finally {
    await client.release();
  }
}
