export { cache, readCached } from './cache.js';
export { catalog, inventory } from './http-clients.js';
export { getJson } from './get-json.js';
export { findBasket, readBasket, readPrice } from './baskets.js';
