import type { PresetName } from '../../configs.js';
import { rules } from '../../../rules/index.js';
import { count, list } from '../render/words.js';
import type { PackageUse } from './workspace-facts.js';

const SHOWN = 3;

/** Why this preset, and what there is beyond it, one line each. */
export function presetReasons(preset: PresetName, packages: readonly PackageUse[], left: readonly string[]): readonly string[] {
  const judged = packages.filter(({ folder }) => !left.includes(folder));
  const callers = judged.filter(({ clients }) => clients.length > 0);
  const lines = [`${preset}: ${callersLine(callers)}`];
  const leftOut = packages.filter(({ folder }) => left.includes(folder));
  if (leftOut.length > 0) lines.push(`left out: ${list(some(leftOut.map(({ folder, browser }) => `${folder} (${browser!})`)))}, for they run in browsers`);
  if (preset === 'recommended') lines.push(...strictLines(judged));
  const functions = judged.filter((one) => one.functions !== null);
  if (functions.length > 0 && (preset === 'strict' || preset === 'all')) {
    lines.push(`note: ${list(some(functions.map(({ folder, functions: by }) => `${folder === '' ? 'this package' : folder} (${by!})`)))} ${functions.length === 1 ? 'runs' : 'run'} as functions, where circuit breakers count little`);
  }
  return lines;
}

function callersLine(callers: readonly PackageUse[]): string {
  if (callers.length === 0) return 'no package.json names a client that is modelled; fetch and node:http are judged where they are called';
  return `${count(callers.length, 'package')} ${callers.length === 1 ? 'calls' : 'call'} out, through ${list(some(byUse(callers.flatMap(({ clients }) => clients.map(({ name }) => name)))))}`;
}

/** What only `strict` asks, where it has something to ask. */
function strictLines(judged: readonly PackageUse[]): readonly string[] {
  const clients = judged.flatMap((one) => one.clients);
  const evidence: readonly (readonly [family: string, names: readonly string[]])[] = [
    ['resources', byUse(clients.filter(({ pooled }) => pooled).map(({ name }) => name))],
    ['cache', byUse(clients.filter(({ kind }) => kind === 'cache').map(({ name }) => name))],
    ['retries', byUse(judged.flatMap(({ policies }) => policies))],
  ];
  return evidence.flatMap(([family, names]) => {
    const asks = Object.entries(rules).filter(([, rule]) => rule.meta.docs.family === family && rule.meta.docs.tier === 'strict').map(([name]) => name);
    return names.length === 0 || asks.length === 0 ? [] : [`strict would add: ${list(asks)}, for ${list(some(names))}`];
  });
}

/** Names without repetition, the most frequent first. */
function byUse(names: readonly string[]): readonly string[] {
  const uses = new Map<string, number>();
  for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
  return [...uses].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

function some(names: readonly string[]): readonly string[] {
  return names.length <= SHOWN + 1 ? names : [...names.slice(0, SHOWN), `${names.length - SHOWN} more`];
}
