import { Pool } from 'pg';

export const pool = new Pool({ host: 'db.internal', query_timeout: 10_000 });
