/**
 * Runs the packed plugin under every host it is made for.
 *   npm run build && npm run matrix [-- --corners] [-- --only <words of a cell>] [-- --list]
 */
import { parseArgs } from 'node:util';
import { allCells, cornerCells, nameOf } from './cells.mjs';
import { Hosts } from './hosts.mjs';
import { runCell } from './run-cell.mjs';

const { values } = parseArgs({ options: { corners: { type: 'boolean' }, only: { type: 'string', multiple: true, default: [] }, list: { type: 'boolean' } } });

const wanted = (values.corners ? cornerCells() : allCells()).filter((cell) => values.only.every((words) => nameOf(cell).includes(words)));
if (wanted.length === 0) {
  console.error(`no cell has ${values.only.map((words) => JSON.stringify(words)).join(' and ')} in its name; --list shows them`);
  process.exit(2);
}
if (values.list) {
  for (const cell of wanted) console.log(nameOf(cell));
  process.exit(0);
}

const hosts = new Hosts();
const failures = [];
for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  process.once(signal, () => {
    hosts.remove();
    process.exit(status);
  });
}
try {
  for (const [i, cell] of wanted.entries()) {
    const started = performance.now();
    let verdict = 'ok';
    try {
      await runCell(hosts, cell);
    } catch (error) {
      verdict = 'FAILED';
      failures.push({ cell, error });
    }
    console.log(`${String(i + 1).padStart(3)}/${wanted.length}  ${nameOf(cell).padEnd(72)} ${verdict.padEnd(6)} ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
} finally {
  hosts.remove();
}

for (const { cell, error } of failures) console.log(`\n${nameOf(cell)}\n${error.message}${error.stderr === undefined ? '' : `\n${error.stderr}`}`);
console.log(`\n${wanted.length - failures.length} passed, ${failures.length} failed, 0 skipped`);
process.exitCode = failures.length === 0 ? 0 : 1;
