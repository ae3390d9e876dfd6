import type { FailureMap, Guard, MapDependency, MapState } from '../../../map/types.js';
import { colorsFor, type Colors } from '../../color.js';
import { count } from '../words.js';
import type { MapRenderContext } from './formats.js';

const FALLBACK_WIDTH = 100;
const WIDEST = 140;
const HEAD = ['client', 'to', 'state', 'timeout', 'retry', 'breaker', 'pool', 'calls'] as const;
/** Of the width, what a column may take; those that are left out are as wide as they must be. */
const SHARES: readonly (number | null)[] = [0.19, 0.24, null, 0.14, null, null, null, null];

/** One dependency a row, by package. */
export function renderTable(map: FailureMap, { host, color }: MapRenderContext): string {
  const colors = colorsFor(host, color);
  const width = Math.min(host.stdout.columns ?? FALLBACK_WIDTH, WIDEST);
  const labels = new Map(map.downstreams.map(({ id, label }) => [id, label]));
  const rows = new Map(map.dependencies.map((dependency) => [dependency, cellsOf(dependency, labels.get(dependency.downstream) ?? dependency.downstream)]));
  const widths = HEAD.map((head, index) => {
    const widest = Math.max(head.length, ...[...rows.values()].map((cells) => cells[index]!.length));
    const share = SHARES[index];
    return share == null ? widest : Math.min(widest, Math.floor(width * share));
  });
  const lines: string[] = [];
  for (const { name, dependsOn, reaches } of map.packages) {
    const own = map.dependencies.filter((dependency) => dependency.package === name);
    if (own.length === 0 && reaches.length === 0) continue;
    lines.push(`${colors.bold(name)}${dependsOn.length === 0 ? '' : colors.dim(`  uses ${dependsOn.join(', ')}`)}`);
    if (own.length > 0) lines.push(colors.dim(`  ${line(HEAD, widths)}`.trimEnd()));
    for (const dependency of own) lines.push(rowOf(dependency, rows.get(dependency)!, widths, colors));
    for (const id of reaches) {
      const there = map.dependencies.find((dependency) => dependency.id === id)!;
      const [client, to] = cellsOf(there, labels.get(there.downstream) ?? there.downstream);
      lines.push(colors.dim(`  through ${there.package}: ${client!} to ${to!}`));
    }
    lines.push('');
  }
  if (map.dependencies.length === 0) lines.push('No call that leaves the process was found.', '');
  for (const { file, reason } of map.unread) lines.push(colors.yellow(`not read: ${file} (${reason})`));
  lines.push(totalsOf(map));
  return `${lines.join('\n')}\n`;
}

function cellsOf({ client, state, timeout, retry, breaker, pool, operations, downstream }: MapDependency, label: string): readonly string[] {
  return [client.package === 'globalThis' ? client.title : client.package, downstream.startsWith('unknown:') || downstream.startsWith('varies:') ? shortLabel(downstream, label) : label, state, lengthOf(timeout), WORDS[retry.answer], WORDS[breaker.answer], WORDS[pool.answer], String(operations.length)];
}

/** Of what is not known, that; a name, where the code gives one. */
function shortLabel(id: string, label: string): string {
  return label.endsWith(', varies') ? 'varies' : label.endsWith(', not known where') ? '?' : `${label} (${id.slice(0, id.indexOf(':'))})`;
}

const WORDS: Readonly<Record<Guard['answer'], string>> = { yes: 'yes', no: 'no', unknown: '?', 'not-asked': '-' };

/** The limit itself, where one number says it. */
function lengthOf({ answer, detail }: Guard): string {
  if (answer !== 'yes') return WORDS[answer];
  return /^[\d.]+ (?:ms|s|min)(?=,|$)/.exec(detail)?.[0] ?? 'yes';
}

function rowOf(dependency: MapDependency, cells: readonly string[], widths: readonly number[], colors: Colors): string {
  const paint = STATE_COLORS[dependency.state];
  const padded = cells.map((cell, index) => pad(cell, widths[index]!));
  return `  ${padded.map((cell, index) => (index === 2 ? colors[paint](cell) : cell)).join('  ')}`.trimEnd();
}

const STATE_COLORS: Readonly<Record<MapState, 'red' | 'yellow' | 'dim' | 'green'>> = { unbounded: 'red', unprotected: 'yellow', unknown: 'dim', protected: 'green' };

const line = (cells: readonly string[], widths: readonly number[]): string => cells.map((cell, index) => pad(cell, widths[index]!)).join('  ');

/** Cut where it is too long: its end says less. */
const pad = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width));

function totalsOf({ totals, packages }: FailureMap): string {
  return `${count(totals.dependencies, 'dependency', 'dependencies')} of ${count(packages.length, 'package')}, ${count(totals.operations, 'call')}: ${totals.unbounded} unbounded, ${totals.unprotected} unprotected, ${totals.unknown} unknown, ${totals.protected} protected.`;
}
