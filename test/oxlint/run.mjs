/**
 * Holds oxlint to ESLint on the same files, finding by finding.
 * `npm run oxlint:compare -- <folder…> [--preset <name>] [--json] [--speed [--rounds <n>]]`
 * Exits 1 when a difference has no explanation in known-differences.json, or an explanation no difference; 2 on wrong use.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

function wrongUse(message) {
  console.error(`oxlint:compare: ${message}`);
  process.exit(2);
}

let parsed;
try {
  parsed = parseArgs({
    allowPositionals: true,
    options: { preset: { type: 'string' }, json: { type: 'boolean', default: false }, speed: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
  });
} catch (error) {
  wrongUse(error.message);
}
const { values, positionals: folders } = parsed;
if (folders.length === 0) wrongUse('name at least one folder');
for (const folder of folders) if (!existsSync(folder)) wrongUse(`there is no ${folder}`);
if (!existsSync(fileURLToPath(new URL('../../dist/src/index.js', import.meta.url)))) wrongUse('the plugin is not built; run `npm run build`');
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) wrongUse('--rounds takes a whole number from 1');

// Loaded late: wrong use is told before linters are read.
const { compareFolder } = await import('./lib/compare-folder.mjs');
const { compareSpeed } = await import('./lib/speed.mjs');
try {
  const reports = [];
  for (const folder of folders) {
    reports.push(values.speed ? await compareSpeed(folder, { preset: values.preset ?? 'recommended', rounds }) : await compareFolder(folder, { preset: values.preset ?? 'all' }));
  }
  if (values.json) console.log(JSON.stringify(reports, (key, value) => (key === 'findings' ? undefined : value), 2));
  else for (const { lines } of reports) console.log(lines.join('\n'));
  if (reports.some(({ failed }) => failed)) process.exitCode = 1;
} catch (error) {
  if (error instanceof TypeError && error.message.startsWith('no preset')) wrongUse(error.message);
  if (error instanceof RangeError) wrongUse(error.message);
  throw error;
}
