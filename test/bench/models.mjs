/**
 * Does library knowledge slow files that do not use it? All rules over the files of the folders that name no modelled
 * package, with all models and with sixteen: those of the packages that the folders use, which send the analysis where it
 * goes anyway, filled up with others. Processes are taken in turns, so that a busy machine slows both.
 * `npm run bench:models -- <folder…> [--rounds 7]`
 * Exits 1 when the ratio is above its budget in budgets.json.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { globby } from 'globby';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const SCRATCH = join(ROOT, 'test/.tmp/bench-models');
const FIGURE = 'rule time with all models to sixteen, files that use none';
const FEW = 16;
/** One file of so many, from the beginning, is not counted. */
const WARM_UP = 4;

const { values: options, positionals: folders } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '7' }, measure: { type: 'string' } } });
if (folders.length === 0) {
  console.error('bench: name at least one folder of sources: npm run bench:models -- <folder…>');
  process.exit(2);
}

if (options.measure === undefined) await compare();
else await measure(options.measure);

/** One run in this process: what the rules and the parser took in files without a modelled package, ms. */
async function measure(dist) {
  const load = (path) => import(pathToFileURL(join(dist, path)).href);
  const { default: plugin } = await load('src/index.js');
  // Both builds leave out the same files: those that any model of the whole set knows.
  const { isModelled } = await import(pathToFileURL(join(ROOT, 'dist/src/models/lookup.js')).href);
  const parser = await import('@typescript-eslint/parser');
  const { ESLint } = await import('eslint');
  const totals = { files: 0, rules: 0, parse: 0 };
  for (const folder of folders) {
    const eslint = new ESLint({
      cwd: resolve(folder),
      overrideConfigFile: true,
      ignore: false,
      stats: true,
      errorOnUnmatchedPattern: false,
      allowInlineConfig: false,
      overrideConfig: [
        { ignores: ['**/node_modules/**', '**/dist/**', '**/*.min.js'] },
        { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'], languageOptions: { parser: parser.default ?? parser, parserOptions: { ecmaFeatures: { jsx: true } } }, settings: { resilience: { crossFile: false } } },
        ...plugin.configs.all,
      ],
    });
    const results = await eslint.lintFiles(['.']);
    // What a process pays once, as for compiling the patterns of all names, no file is slower by.
    for (const result of results.slice(Math.floor(results.length / WARM_UP))) {
      const text = result.source ?? readFileSync(result.filePath, 'utf8');
      if (usesModel(text, isModelled)) continue;
      totals.files += 1;
      for (const pass of result.stats?.times.passes ?? []) {
        totals.parse += pass.parse.total;
        for (const [name, time] of Object.entries(pass.rules ?? {})) if (name.startsWith('resilience/')) totals.rules += time.total;
      }
    }
  }
  console.log(JSON.stringify(totals));
}

function usesModel(text, isModelled) {
  if (/\bfetch\b/.test(text)) return true;
  return specifiersOf(text).some((specifier) => isModelled(packageOf(specifier)));
}

function specifiersOf(text) {
  return [...text.matchAll(/(?:from|require\(|import\()\s*['"]([^'"]+)['"]/g)].map(([, specifier]) => specifier);
}

function packageOf(specifier) {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Which files of the registry hold models of packages that the folders use, or of globals: filled up to sixteen. */
async function keptFiles() {
  const { CLIENT_FILES } = await import(pathToFileURL(join(ROOT, 'dist/src/models/registry.js')).href);
  const used = new Set();
  for (const folder of folders) {
    for (const path of await globby('**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}', { cwd: resolve(folder), absolute: true, ignore: ['**/node_modules/**', '**/dist/**'] })) {
      for (const specifier of specifiersOf(readFileSync(path, 'utf8'))) used.add(packageOf(specifier));
    }
  }
  const holds = (name) => (name.endsWith('*') ? [...used].some((each) => each.startsWith(name.slice(0, -1))) : used.has(name));
  const indices = CLIENT_FILES.map((_, index) => index);
  const needed = indices.filter((index) => CLIENT_FILES[index].some((model) => model.globals !== undefined || model.packages.some(holds)));
  return new Set([...needed, ...indices.filter((index) => !needed.includes(index)).slice(0, Math.max(0, FEW - needed.length))]);
}

async function compare() {
  if (!existsSync(join(ROOT, 'dist/src/index.js'))) {
    console.error('bench: the plugin is not built; run `npm run build`');
    process.exit(2);
  }
  const kept = await keptFiles();
  const builds = { all: build('all'), few: build('few', kept) };
  const shares = { all: [], few: [] };
  let files = 0;
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const name of round % 2 === 0 ? ['all', 'few'] : ['few', 'all']) {
      const totals = JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...folders.map((folder) => resolve(folder)), '--measure', builds[name]], { encoding: 'utf8', maxBuffer: 1e8 }));
      files = totals.files;
      shares[name].push(totals.rules / totals.parse);
    }
  }
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const spread = (values) => `${Math.min(...values).toFixed(4)} to ${Math.max(...values).toFixed(4)}`;
  const ratio = median(shares.all) / median(shares.few);
  const budget = JSON.parse(readFileSync(join(HERE, 'budgets.json'), 'utf8'))[FIGURE];
  console.log(`rules to parse time over ${files} files, medians of ${shares.all.length}: all models ${median(shares.all).toFixed(4)} (${spread(shares.all)}), ${kept.size} files of them ${median(shares.few).toFixed(4)} (${spread(shares.few)})`);
  console.log(`${FIGURE}: ${ratio.toFixed(3)}, budget ${budget}`);
  rmSync(SCRATCH, { recursive: true, force: true });
  if (ratio > budget) process.exitCode = 1;
}

/** A copy of the build, with these files of the registry alone where they are given. */
function build(name, kept) {
  const folder = join(SCRATCH, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const shared of ['node_modules', 'package.json']) symlinkSync(join(ROOT, shared), join(folder, shared));
  if (kept !== undefined) {
    const path = join(folder, 'dist/src/models/registry.js');
    const text = readFileSync(path, 'utf8');
    const cut = text.replace(/(export const CLIENT_FILES = \[)([^\]]*)(\];)/, (_, head, names, tail) => `${head}${names.split(',').filter((_, index) => kept.has(index)).join(',')}${tail}`);
    if (cut === text) throw new Error('the registry has no list of client files to cut');
    writeFileSync(path, cut);
  }
  return join(folder, 'dist');
}
