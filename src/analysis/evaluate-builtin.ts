import type { Value } from './value.js';

/** A global of the run time, by its path: `Promise.race`, `process.env`. */
export function builtinValue(path: readonly string[]): Value {
  const own = path.length > 1 && GLOBAL_OBJECTS.has(path[0]!) ? path.slice(1) : path;
  if (own.length === 3 && own[0] === 'process' && own[1] === 'env') return { kind: 'env', name: own[2]! };
  return { kind: 'builtin', path: own };
}

/** Names under which the global object itself is reached. */
export const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['globalThis', 'global', 'window', 'self']);
