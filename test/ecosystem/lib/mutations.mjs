/** Which code each rule's mutants are made of. Each finder gives edits: `{ start, end, text, pattern }`. */
import { findHitTests, findReadFailures } from './mutations/caches.mjs';
import { findHandlers, findTellingHandlers } from './mutations/handlers.mjs';
import { findNullGuards, findNullTests } from './mutations/nulls.mjs';
import { findBackoffs, findLimits } from './mutations/retries.mjs';
import { findTimeouts } from './mutations/timeouts.mjs';
import { functionAbove, parse, walk } from './syntax.mjs';

const FINDERS = {
  'require-timeout': findTimeouts,
  'require-retry-backoff': findBackoffs,
  'require-retry-limit': findLimits,
  'no-empty-catch': findHandlers,
  'no-swallowed-error': findTellingHandlers,
  'no-unguarded-null': findNullGuards,
  'no-inverted-null-guard': findNullTests,
  'no-ambiguous-cache-hit': findHitTests,
  'no-cache-fill-on-error': findReadFailures,
};

export const MUTATED_RULES = Object.keys(FINDERS);

/** An edit that keeps the number of lines, so that every other line keeps its number. */
export function apply(text, edit) {
  const removed = text.slice(edit.start, edit.end).split('\n').length - edit.text.split('\n').length;
  return text.slice(0, edit.start) + edit.text + '\n'.repeat(Math.max(0, removed)) + text.slice(edit.end);
}

/**
 * The places of a file to mutate, one a line, with the lines of the edit and of its function.
 * @returns `line`, `endLine`: of what is edited; `from`, `to`: of the innermost function, null at the top level
 */
export function mutationsIn(rule, path, text) {
  const program = text.charCodeAt(0) === 0xfeff ? null : parse(path, text);
  if (program === null) return [];
  const lineOf = lineTable(text);
  const functions = [];
  walk(program, (node, ancestors) => {
    if (functionAbove([node]) !== null) functions.push({ node, depth: ancestors.length });
  });
  const byLine = new Map();
  for (const edit of FINDERS[rule](program, text).sort((a, b) => a.start - b.start || a.end - b.end)) {
    const line = lineOf(edit.start);
    if (byLine.has(line)) continue;
    // A function that is edited whole is not the one that the edit stands in.
    const owner = functions.filter(({ node }) => node.start <= edit.start && edit.end <= node.end && (node.start < edit.start || edit.end < node.end)).sort((a, b) => b.depth - a.depth)[0]?.node ?? null;
    byLine.set(line, { rule, path, line, endLine: lineOf(edit.end), from: owner === null ? null : lineOf(owner.start), to: owner === null ? null : lineOf(owner.end), edit, pattern: edit.pattern });
  }
  return [...byLine.values()];
}

function lineTable(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
