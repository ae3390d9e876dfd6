/** What a model says that declarations can answer: its paths, without what is said about them. */
import { createHash } from 'node:crypto';

const SAID = new Set([
  'title', 'note', 'source', 'sources', 'checked', 'verified', 'unbounded', 'unboundedElsewhere', 'mend', 'unmendable', 'text', 'kind', 'outcomes',
  'default', 'zero', 'unit', 'covers', 'effect', 'mode', 'empty', 'holds', 'errors', 'methods', 'backoff', 'jitter', 'retries', 'tried', 'again', 'same',
]);

/** @param model whose own `service` is a word for people; that of its seam holds paths */
export function fingerprintOf({ service: _name, ...model }) {
  return createHash('sha256').update(JSON.stringify(paths(model))).digest('hex').slice(0, 16);
}

function paths(value) {
  if (Array.isArray(value)) return value.map(paths);
  if (value === null || typeof value !== 'object') return value === Infinity ? 'Infinity' : value;
  return Object.entries(value).filter(([key, item]) => item !== undefined && !SAID.has(key)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, paths(item)]);
}
