/** The figures as a table, and the verdicts as lines. */
import { ms, share } from './bounds.mjs';

const COLUMNS = [
  ['scenario', ({ name }) => name],
  ['', ({ kind }) => kind],
  ['calls', ({ figures }) => String(figures.calls)],
  ['good', ({ figures }) => share(figures.good, figures.calls)],
  ['requests a call', ({ figures }) => (figures.requests === undefined ? '' : (figures.requests / figures.calls).toFixed(2))],
  ['p99', ({ figures }) => ms(figures.p99)],
  ['longest wait', ({ figures }) => (figures.endless > 0 ? `for ever (${figures.endless})` : ms(figures.longest))],
  ['recovery', ({ figures }) => (figures.recovery === undefined ? '' : ms(figures.recovery))],
  ['sockets', ({ figures }) => (figures.sockets === undefined ? '' : String(figures.sockets))],
  ['false openings', ({ figures }) => (figures.falseOpenings === undefined ? '' : `${figures.falseOpenings}/${figures.controls}`)],
  ['applied twice', ({ figures }) => (figures.twice === undefined ? '' : `${figures.twice}/${figures.writes}`)],
  ['neighbour', ({ figures }) => (figures.neighbour === undefined ? '' : `${figures.neighbour.toFixed(1)} ms`)],
];

export const HEADS = COLUMNS.map(([head]) => head);

/** @returns cells: two lines a scenario */
export function cellsOf(rows) {
  return rows.flatMap(({ name, before, after }) => [
    { name, kind: 'before', figures: before },
    { name: '', kind: 'after', figures: after },
  ]).map((line) => COLUMNS.map(([, cell]) => cell(line)));
}

export function plainTable(rows) {
  const lines = [HEADS, ...cellsOf(rows)];
  const widths = HEADS.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) => line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ').trimEnd()).join('\n');
}

export function verdictLines(rows) {
  return rows.flatMap(({ name, verdicts }) => verdicts.map((verdict) => `${verdict.holds ? 'ok    ' : 'BROKEN'} ${name}: ${verdict.name}: ${verdict.text}`));
}
