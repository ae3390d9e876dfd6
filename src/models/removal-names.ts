/** Calls by whose name somebody takes entries out of a cache, or limits their life: `del(key)`, `invalidateUser(id)`. */
export const REMOVES = /\b\w*(?:del|delete|unlink|remove|invalidate|evict|clear|purge|forget|expire|expireat|flush|bust|reset)\w*\s*\(/i;
