import { Pool } from 'pg';

const options = { host: 'orders.internal' };
export const reads = new Pool({ ...options, connectionTimeoutMillis: 5000 });
export const writes = new Pool({ ...options, connectionTimeoutMillis: 5000 });
