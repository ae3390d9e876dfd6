/** `ecosystem fixpairs`: the rules on real fixes, before and after. */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtRules, check } from './checker.mjs';
import { cloneOf, hasFile, writeCommit } from './commits.mjs';
import { judgePair, PRESETS, rowOf, RULES_OF, tableOf, withoutReason } from './pairs.mjs';

/**
 * @param {{ pairs: string, git: string, kept: string, only?: string, verbose?: boolean }} options
 *   `kept`: the file of results; rows that are not run again stay as they are
 * @returns whether every miss has its reason
 */
export async function fixpairs({ pairs: file, git, kept, only, verbose = false }) {
  const pairs = JSON.parse(readFileSync(file, 'utf8'));
  const previous = new Map((existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : []).map((row) => [row.id, row]));
  const built = await builtRules();
  const rows = [];
  for (const pair of pairs) {
    const known = previous.get(pair.id);
    if (only !== undefined && !pair.id.includes(only) && pair.category !== only) {
      if (known !== undefined) rows.push(known);
      continue;
    }
    const row = rowOf(pair, await verdictsOn(pair, git, built), known);
    rows.push(row);
    if (verbose) console.log(`${row.result} ${row.id} ${row.result === 'caught' ? JSON.stringify(row.caught) : `${row.seen ?? ''}${row.reason === undefined ? '' : `: ${row.reason}`}`}`);
  }
  keep(kept, rows);
  console.log(tableOf(rows));
  for (const row of rows.filter((item) => item.result === 'not available')) console.log(`not available: ${row.id}`);
  const open = withoutReason(rows);
  for (const id of open) console.log(`missed without a reason: ${id} (${rows.find((row) => row.id === id).seen})`);
  return open.length === 0;
}

/** Writes why a pair is missed; gives what is wrong with that, or null. */
export function explainMiss(kept, id, reason) {
  const rows = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : [];
  const row = rows.find((item) => item.id === id);
  if (row === undefined) return `no pair was run with the id ${id}`;
  if (row.result !== 'missed') return `${id} is ${row.result}, not missed`;
  row.reason = reason;
  keep(kept, rows);
  return null;
}

function keep(kept, rows) {
  writeFileSync(kept, `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
}

/** One verdict a preset; null when a clone does not hold both states. */
async function verdictsOn(pair, root, built) {
  const clone = cloneOf(root, pair.repo);
  if (clone === null || ![pair.parent, pair.commit].every((commit) => hasFile(clone, commit, pair.path))) return null;
  const rules = (RULES_OF[pair.category] ?? []).filter((rule) => built.has(rule));
  // Nothing to run: the verdict does not depend on the code.
  if (rules.length === 0) return Object.fromEntries(PRESETS.map((preset) => [preset, judgePair(pair, null, null, built)]));
  // The real path: a link in the temporary folder's own path would make one file two.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fixpair-')));
  try {
    const states = [['before', pair.parent], ['after', pair.commit]];
    for (const [state, commit] of states) writeCommit(clone, commit, pair.path, join(folder, state), { wholeCommit: pair.needs === 'cross-file' });
    const verdicts = {};
    // The rules are judged, not the comments that switch them off.
    const options = { rules, paths: [pair.path], inlineConfig: false };
    for (const preset of PRESETS) {
      const before = await check(join(folder, 'before'), { preset, ...options });
      const after = await check(join(folder, 'after'), { preset, ...options });
      verdicts[preset] = judgePair(pair, before, after, built);
    }
    return verdicts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
