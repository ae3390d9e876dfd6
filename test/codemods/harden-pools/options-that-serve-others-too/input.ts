import { Pool } from 'pg';

const options = { host: 'orders.internal' };
export const reads = new Pool(options);
export const writes = new Pool(options);
