import { createPool as generic } from 'generic-pool';
import { createPool } from 'mysql2/promise';

export const prices = createPool({ connectionLimit: 4, queueLimit: 12 });
export const channels = generic({ create: open, destroy: close }, { max: 4, acquireTimeoutMillis: 750 });
