import { createPool } from 'mysql2/promise';

const options = { host: 'prices.internal', connectionLimit: 0 };
export const prices = createPool(options);
