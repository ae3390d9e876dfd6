import { createPool } from 'mysql2/promise';

const options = { host: 'prices.internal', connectionLimit: 10, queueLimit: 100 };
export const prices = createPool(options);
