import pg from 'pg';

const pool = new pg.Pool({ host: process.env.PGHOST ?? '127.0.0.1', port: Number(process.env.PGPORT ?? 5432), user: 'shop', database: 'postgres', max: 10 });
// A connection that breaks while nobody uses it.
pool.on('error', (error) => console.error(error.message));

export async function getOrder(id: string): Promise<{ id: string; total: number } | undefined> {
  const { rows } = await pool.query<{ id: string; total: number }>('SELECT $1::text AS id, length($1) AS total', [id]);
  return rows[0];
}
