import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.env.DATABASE_URL });

export const find = (id: string) => pool.query('SELECT id FROM orders WHERE id = $1', [id]);
