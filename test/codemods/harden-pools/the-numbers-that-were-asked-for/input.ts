import { createPool as generic } from 'generic-pool';
import { createPool } from 'mysql2/promise';

export const prices = createPool({ connectionLimit: 0 });
export const channels = generic({ create: open, destroy: close });
