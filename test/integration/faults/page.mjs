/** docs/faults.md and its picture. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { plotOf } from './plot.mjs';
import { CODEMODS, NUMBERS } from './policy-numbers.mjs';
import { HEADS, cellsOf } from './table.mjs';

export function writePage(folder, outcome) {
  writeFileSync(join(folder, 'faults.md'), pageOf(outcome, { node: process.version, cores: cpus().length }));
  writeFileSync(join(folder, 'faults.svg'), plotOf(outcome.rows.find(({ name }) => name === 'dead')));
}

const line = (cells) => `| ${cells.join(' | ')} |`;
const seconds = (ms) => `${ms / 1000} s`;

/** @param {{ rows: object[], absent: string[] }} outcome */
export function pageOf({ rows, absent }, { node, cores }) {
  const verdicts = rows.flatMap((row) => row.verdicts.map((verdict) => ({ ...verdict, scenario: row.name })));
  const broken = verdicts.filter(({ holds }) => !holds).length;
  return `# What the codemods do when a downstream fails

This page is written by \`npm run faults\`; change it there.

A small service as many are written (an HTTP server that calls two others with \`fetch\` and axios, asks PostgreSQL
and Redis, and retries at once, three attempts, without a timeout) is measured twice: as it is, and after
${CODEMODS.map(([name]) => `\`${name}\``).join(', ')} went over it. Its downstreams are real servers; between them and
the service stands a proxy that lets them fail. Callers come at a steady rate, whatever they wait.

An attempt may take ${seconds(NUMBERS.attempt)}, a call with all its attempts ${seconds(NUMBERS.deadline)}; an open circuit is tried again after ${seconds(NUMBERS.halfOpen)}.
Measured on Node ${node} with ${cores} cores. ${verdicts.length - broken} of ${verdicts.length} bounds hold.

![Requests at a dead downstream and calls answered well, by second, before and after](faults.svg)

The second picture shows the price: an open circuit also keeps back the calls of the first seconds after the downstream
is well again, one half-open interval at most.

## Scenarios

${rows.map(({ name, title }) => `- \`${name}\`: ${title}`).join('\n')}
${absent.map((text) => `\n${text}.\n`).join('')}
## Figures

Calls and requests are those during the fault. *Good* is 200, or 404 where there is nothing to find; a dead downstream
leaves nothing good, before or after. *Requests a call* counts what reached the downstream. *Recovery* is the time from
the end of the fault until all later calls were good. *Sockets* are the most that were open to the downstream. A call
*waits for ever* when the caller gave up on it after 5 to 20 s.

${line(HEADS)}
${line(HEADS.map((_, column) => (column < 2 ? '---' : '---:')))}
${cellsOf(rows).map(line).join('\n')}

## Bounds

| | scenario | bound | figures |
| --- | --- | --- | --- |
${verdicts.map(({ holds, scenario, name, text }) => line([holds ? 'holds' : '**broken**', `\`${scenario}\``, name, text])).join('\n')}

*The fault is felt before* says that the scenario hurts the service as it is: one that does not would prove nothing.

## Try it

\`\`\`sh
npm run build
npm run faults
npm run faults -- --only dead --only dropped-reply
npm run faults -- --quick
\`\`\`

\`--after <folder>\` measures a source of your own in place of what the codemods write. PostgreSQL and Redis have to be
installed (\`apt-get install postgresql redis-server\`); where one is not, its rows are left out and the run says so.
`;
}
