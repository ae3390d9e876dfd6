/** Mutants: which are made, what counts as caught, what a reader marks. No files, no checker. */
import { createHash } from 'node:crypto';
import { idOf, orderKey, wilsonLowerBound } from './labels.mjs';

/** How far from the mutated place a report may stand, in lines. */
const NEAR = 3;

/** All sites up to the limit, above it those of the smallest hashes. In the order of the hashes. */
export function choose(sites, limit) {
  const keyed = new Map(sites.map((site) => [orderKey(site), site]));
  return [...keyed.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, site]) => site).slice(0, limit);
}

/**
 * Where the rule noticed: `near` the mutated place, elsewhere in the mutated `function`, `elsewhere`
 * in the file (a client is reported where it is made), or null.
 * The mutant keeps every line's number, so a report is new when the original has none of the same
 * line and words. Only the columns of the mutated line may differ.
 * @param before reports of the original; `after`: those of the mutant
 */
export function whereCaught(mutant, before, after) {
  const key = (finding) => `${finding.line}\0${finding.message}`;
  const known = new Map();
  for (const finding of before) known.set(key(finding), (known.get(key(finding)) ?? 0) + 1);
  const fresh = after.filter((finding) => {
    const left = known.get(key(finding)) ?? 0;
    known.set(key(finding), left - 1);
    return left <= 0;
  });
  if (fresh.some(({ line }) => line >= mutant.line - NEAR && line <= mutant.endLine + NEAR)) return 'near';
  if (mutant.from !== null && fresh.some(({ line }) => line >= mutant.from && line <= mutant.to)) return 'function';
  return fresh.length > 0 ? 'elsewhere' : null;
}

/** Caught by what is published: near or in the same function. A report elsewhere is counted apart. */
export const isCaught = (where) => where === 'near' || where === 'function';

/** Figures of one run. */
export function summaryOf(judged, sites) {
  const count = (items, where) => items.filter((item) => item.where === where).length;
  const patterns = [...new Set(judged.map((item) => item.pattern))].sort();
  return {
    sites,
    mutants: judged.length,
    near: count(judged, 'near'),
    function: count(judged, 'function'),
    elsewhere: count(judged, 'elsewhere'),
    repositories: new Set(judged.map((item) => item.repository)).size,
    patterns: Object.fromEntries(patterns.map((pattern) => {
      const group = judged.filter((item) => item.pattern === pattern);
      return [pattern, { mutants: group.length, caught: group.filter((item) => isCaught(item.where)).length, elsewhere: count(group, 'elsewhere') }];
    })),
  };
}

/** Names the code of a mutated line, so that a mark does not pass to other code. */
export const shapeOf = (text) => createHash('sha256').update(text.replace(/\s+/g, '')).digest('hex').slice(0, 16);

/**
 * Rows for the reader: what was caught now, and the marks that were made before.
 * A mark on the scope stays with the place and its code; the reason of a miss stays while it is missed.
 */
export function rowsFor(judged, preset, previous) {
  const known = new Map(previous.map((row) => [idOf(row), row]));
  return judged.map((item) => {
    const { repository, commit, path, line, rule, pattern, shape, where } = item;
    const old = known.get(idOf(item));
    const same = old?.shape === shape && old.pattern === pattern ? old : undefined;
    const row = { repository, commit, path, line, rule, pattern, shape, caught: { ...same?.caught, [preset]: where ?? false } };
    if (same?.inScope !== undefined) Object.assign(row, { inScope: same.inScope, why: same.why, reader: same.reader });
    if (same?.reason !== undefined && Object.values(row.caught).some((value) => !isCaught(value))) row.reason = same.reason;
    return row;
  });
}

/** Why marks cannot be taken, or null. */
export function markProblem(mark) {
  if (typeof mark.id !== 'string') return 'id is missing';
  if (mark.inScope === undefined && mark.reason === undefined) return 'neither inScope nor reason is given';
  if (mark.inScope !== undefined && typeof mark.inScope !== 'boolean') return 'inScope is neither true nor false';
  if (mark.inScope !== undefined && (typeof mark.why !== 'string' || mark.why === '')) return 'why is missing';
  if (mark.inScope !== undefined && (typeof mark.reader !== 'string' || mark.reader === '')) return 'reader is missing';
  if (mark.reason !== undefined && (typeof mark.reason !== 'string' || mark.reason === '')) return 'reason is empty';
  return null;
}

/** Figures of the rows under one preset. */
export function scoreRows(rows, preset) {
  const judged = rows.filter((row) => row.caught[preset] !== undefined);
  const inScope = judged.filter((row) => row.inScope === true);
  const caught = inScope.filter((row) => isCaught(row.caught[preset]));
  const elsewhere = inScope.filter((row) => row.caught[preset] === 'elsewhere');
  const misses = new Map();
  for (const row of inScope) if (row.caught[preset] === false) misses.set(row.reason ?? 'no reason given', [...(misses.get(row.reason ?? 'no reason given') ?? []), row]);
  return {
    rows: judged.length,
    marked: judged.filter((row) => row.inScope !== undefined).length,
    inScope: inScope.length,
    caught: caught.length,
    elsewhere: elsewhere.length,
    share: inScope.length === 0 ? null : caught.length / inScope.length,
    lowerBound: inScope.length === 0 ? null : wilsonLowerBound(caught.length, inScope.length),
    // Reports on code that the reader does not count as a fault: each is worth a look.
    caughtOutOfScope: judged.filter((row) => row.inScope === false && isCaught(row.caught[preset])),
    misses: [...misses].sort((a, b) => b[1].length - a[1].length),
  };
}

/** Mutants in rounds of one a file, so that each round is one run of the checker. */
export function inRounds(mutants) {
  const rounds = [];
  const seen = new Map();
  for (const mutant of mutants) {
    const round = seen.get(mutant.path) ?? 0;
    seen.set(mutant.path, round + 1);
    (rounds[round] ??= []).push(mutant);
  }
  return rounds;
}

/** Lines around a mutated place, before and after, as a difference. */
export function differenceOf(original, mutated, mutant, context = 25) {
  const [old, now] = [original.split('\n'), mutated.split('\n')];
  const out = [];
  const add = (mark, index, line) => out.push(`${mark}${String(index + 1).padStart(5)} ${line}`);
  const first = Math.max(0, mutant.line - 1 - context);
  for (let index = first; index < mutant.line - 1; index += 1) add(' ', index, old[index]);
  for (let index = mutant.line - 1; index < mutant.endLine; index += 1) add('-', index, old[index]);
  for (let index = mutant.line - 1; index < mutant.endLine; index += 1) if (now[index].trim() !== '') add('+', index, now[index]);
  for (let index = mutant.endLine; index < Math.min(old.length, mutant.endLine + context); index += 1) add(' ', index, old[index]);
  return out.join('\n');
}
