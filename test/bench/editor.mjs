/**
 * What a keystroke costs: the ESLint language server of VS Code on a document into which is typed, each character followed
 * by a request for diagnostics, as a ratio to the same server with the same parser and without the plugin. The servers
 * take turns. Processor time counts, so that a busy machine disturbs little; absolute times are printed and never judged.
 * `npm run bench:editor -- [file…] [--lines 300 --lines 2000] [--rounds 6] [--edits 12] [--only <name>] [--profile <folder>]`
 * Without a file: documents of so many lines in a package of 200 files, beside another. A file is read where it lies and is
 * not changed. `--only` names a server that is compared; `--profile` leaves a CPU profile of each server in a folder.
 * Exits 1 when a figure is above its budget in budgets.json.
 */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startEslintServer } from '../editor/eslint-server.mjs';
import { writeMonorepo } from './monorepo.mjs';
import { serviceOfLines } from './service-code.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const ENTRY = join(ROOT, 'dist/src/index.js');
/** Longer than a run without pauses: the rules ask the disk anew after it. */
const PAUSE_MS = 1_100;
const NEIGHBOURS = 400;

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { lines: { type: 'string', multiple: true, default: ['300', '2000'] }, rounds: { type: 'string', default: '6' }, edits: { type: 'string', default: '12' }, profile: { type: 'string' }, only: { type: 'string', multiple: true } },
});
if (!existsSync(ENTRY)) {
  console.error('bench: the plugin is not built; run `npm run build`');
  process.exit(2);
}
const missing = files.filter((file) => !existsSync(file));
if (missing.length > 0) {
  console.error(`bench: no such file: ${missing.join(', ')}`);
  process.exit(2);
}
const budgets = JSON.parse(readFileSync(join(HERE, 'budgets.json'), 'utf8'));

/** The example of the page on settings: what a workspace declares may not be read anew at each keystroke. */
const OWN_MODELS = JSON.parse(/^```json\n([\s\S]*?)^```$/m.exec(readFileSync(join(ROOT, 'docs/settings.md'), 'utf8'))[1]);

/** What each server has switched on, by name; the first is what the others are compared with. */
const VARIANTS = {
  'no plugin': { preset: null, crossFile: true },
  recommended: { preset: 'recommended', crossFile: true },
  'recommended, cross-file off': { preset: 'recommended', crossFile: false },
  'recommended, own models': { preset: 'recommended', crossFile: true, models: OWN_MODELS },
  all: { preset: 'all', crossFile: true },
};

function configOf({ preset, crossFile, models }, root) {
  const parser = pathToFileURL(join(ROOT, 'node_modules/@typescript-eslint/parser/dist/index.js')).href;
  const fields = { crossFile, ...(models === undefined ? {} : { models }) };
  return [
    `import * as parser from ${JSON.stringify(parser)};`,
    `import resilience, { withProject } from ${JSON.stringify(pathToFileURL(ENTRY).href)};`,
    'const configs = [',
    "  { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } },",
    preset === null ? '' : `  ...resilience.configs[${JSON.stringify(preset)}],`,
    `  { settings: { resilience: ${JSON.stringify(fields)} } },`,
    '];',
    // Settings of two configs are merged anew at each lint.
    preset === null ? 'export default configs;' : `export default withProject(configs, { root: ${JSON.stringify(root)} });`,
  ].join('\n');
}

/** The documents to type into: those that were named, or two of a made package. */
function documentsIn(folder) {
  if (files.length > 0) return files.map((file) => ({ path: resolve(file), root: dirname(resolve(file)), text: readFileSync(file, 'utf8'), made: false }));
  writeMonorepo(folder, NEIGHBOURS);
  const source = join(folder, 'packages/p0/src');
  writeFileSync(join(source, 'clients.ts'), "import axios from 'axios';\n\nexport const stock = axios.create({ baseURL: 'http://stock.internal', timeout: 2_000 });\nexport const prices = axios.create({ baseURL: 'http://prices.internal' });\n");
  return options.lines.map((lines) => {
    const path = join(source, `service${lines}.ts`);
    const text = serviceOfLines(Number(lines));
    writeFileSync(path, text);
    return { path, root: folder, text, made: true };
  });
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** A server with the document open. */
async function seat(name, scratch, { path, root, text }) {
  const config = join(scratch, `${name.replaceAll(/\W+/g, '-')}.config.mjs`);
  writeFileSync(config, configOf(VARIANTS[name], root));
  const nodeArgs = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(resolve(options.profile), basename(path), name.replaceAll(/\W+/g, '-'))}`];
  const client = await startEslintServer(root, { nodeArgs, metered: true, settings: { nodePath: join(ROOT, 'node_modules'), options: { overrideConfigFile: config } } });
  await client.open(path, text);
  const found = (await client.pull(path)).length;
  // A name that grows: the text parses at each keystroke, and the rules have all of it to do.
  await client.type(path, text.length, text.length, '\nexport const typed = 0;\n');
  let at = client.textOf(path).lastIndexOf('typed') + 'typed'.length;
  const keystroke = async () => {
    const began = await client.cpuMs();
    await client.type(path, at, at, 'x');
    at += 1;
    await client.pull(path);
    return (await client.cpuMs()) - began;
  };
  return { name, client, found, keystroke, typed: [], paused: [] };
}

async function measure(scratch, document) {
  const names = Object.keys(VARIANTS).filter((name, index) => index === 0 || options.only === undefined || options.only.includes(name));
  const seats = [];
  for (const name of names) seats.push(await seat(name, scratch, document));
  const rounds = Number(options.rounds);
  for (let round = 0; round <= rounds; round += 1) {
    const turns = seats.map((_, index) => seats[(index + round) % seats.length]);
    // An editor that saves by itself does so in the pause.
    if (document.made) writeFileSync(document.path, `${document.text}// ${round}\n`);
    await wait(PAUSE_MS);
    for (const { keystroke, paused } of turns) {
      const time = await keystroke();
      // The first round pays what a process pays once.
      if (round > 0) paused.push(time);
    }
    for (const { keystroke, typed } of turns) {
      for (let edit = 0; edit < Number(options.edits); edit += 1) {
        const time = await keystroke();
        if (round > 0) typed.push(time);
      }
    }
  }
  for (const { client, name } of seats) {
    const faults = client.messages.filter(({ type }) => type < 3);
    if (faults.length > 0) throw new Error(`the server with ${name} complained: ${faults[0].message}`);
    await client.stop();
  }
  return seats;
}

const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

const cells = [['figure', 'p50', 'p95', 'budget', '']];
let over = false;
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'bench-editor-')));
try {
  for (const document of documentsIn(scratch)) {
    const [plain, ...others] = await measure(scratch, document);
    const lines = document.text.split('\n').length;
    for (const { name, typed, paused, found } of others) {
      for (const [what, kind, times, base] of [['keystroke', 'a keystroke to one without the plugin', typed, plain.typed], ['keystroke after a pause', 'a keystroke after a pause to one without the plugin', paused, plain.paused]]) {
        const p50 = quantile(times, 0.5) / quantile(base, 0.5);
        const p95 = quantile(times, 0.95) / quantile(base, 0.95);
        const budget = budgets[`${kind}, ${name}`];
        const exceeds = budget !== undefined && p50 > budget;
        over ||= exceeds;
        cells.push([`${what}, ${basename(document.path)}, ${name}`, p50.toFixed(2), p95.toFixed(2), budget === undefined ? '' : String(budget), `${exceeds ? 'OVER BUDGET ' : ''}${lines} lines, ${found} findings, ${quantile(times, 0.5).toFixed(0)} to ${quantile(base, 0.5).toFixed(0)} ms, ${times.length} keystrokes`]);
      }
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((line) => line[column].length)));
for (const line of cells) console.log(line.map((cell, column) => (column < 4 ? cell.padEnd(widths[column]) : cell)).join('  ').trimEnd());
if (over) process.exitCode = 1;
