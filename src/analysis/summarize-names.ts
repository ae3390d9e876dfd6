import type { Value } from './value.js';

/**
 * Is this value an export that a table lists? A module that is called counts as its default, and a
 * member of the default as a member of the module: CommonJS hands out one object for both.
 */
export function isListedExport(value: Value, table: Readonly<Record<string, readonly string[]>>): boolean {
  if (value.kind !== 'export') return false;
  const names = Object.hasOwn(table, value.package) ? table[value.package] : undefined;
  if (names === undefined) return false;
  const path = value.path[0] === 'default' ? value.path.slice(1) : value.path;
  return names.includes(path.length === 0 ? 'default' : path.join('.'));
}

/** The name of a builtin, also of one that is imported from a module of Node: `setTimeout` of `node:timers`. */
export function builtinName(value: Value): string | null {
  if (value.kind === 'builtin') return value.path.join('.');
  if (value.kind === 'export' && /^(?:node:)?timers$/.test(value.package)) return value.path.filter((part) => part !== 'default').join('.');
  return null;
}

/** Is it the timer that calls back, global or imported? */
export function isTimeout(value: Value): boolean {
  return builtinName(value) === 'setTimeout';
}
