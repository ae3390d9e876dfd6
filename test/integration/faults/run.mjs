/**
 * What the codemods of policy-numbers.mjs do for a small service whose downstreams fail.
 * `npm run faults -- [--only <scenario>]… [--quick] [--after <folder>]`; exits 1 when a bound is broken.
 * A whole run writes docs/faults.md and docs/faults.svg. `--after`: the source of a ready `after`, to try something else.
 * FAULTS_PACKAGES names a further folder of packages for the service.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runLab } from './lab.mjs';
import { plainTable, verdictLines } from './table.mjs';
import { writePage } from './page.mjs';

const DOCS = join(dirname(fileURLToPath(import.meta.url)), '../../../docs');
const { values: options } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] }, quick: { type: 'boolean', default: false }, after: { type: 'string' } } });

const started = performance.now();
const outcome = await runLab({ only: options.only, quick: options.quick, after: options.after, log: (text) => console.log(text) });
const lines = verdictLines(outcome.rows);
const broken = outcome.rows.flatMap(({ verdicts }) => verdicts).filter(({ holds }) => !holds).length;
console.log(`\n${plainTable(outcome.rows)}\n\n${lines.join('\n')}\n`);
console.log(`${lines.length - broken} of ${lines.length} bounds hold; ${Math.round((performance.now() - started) / 1000)} s`);
if (options.only.length === 0 && !options.quick && options.after === undefined) writePage(DOCS, outcome);
process.exitCode = broken === 0 ? 0 : 1;
