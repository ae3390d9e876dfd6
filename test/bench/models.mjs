/**
 * Does library knowledge slow files that do not use it? All rules over the files of the folders that name no modelled
 * package, with all models and with sixteen: those of the packages that the folders use, which send the analysis where it
 * goes anyway, filled up with others. Both builds are loaded into one process and judge each file in turns; a file counts
 * with its quickest pass. Two equal builds are compared the same way: what they differ by is the noise.
 * `npm run bench:models -- <folder…> [--rounds 3] [--passes 7]`
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
/** Of the files, this share is left out at either end: where a collection of garbage or a compilation struck each time. */
const ENDS = 0.01;

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, passes: { type: 'string', default: '7' }, measure: { type: 'string', multiple: true } },
});
if (folders.length === 0) {
  console.error('bench: name at least one folder of sources: npm run bench:models -- <folder…>');
  process.exit(2);
}

if (options.measure === undefined) await compare();
else await measure(options.measure);

/** One run in this process: what the rules of each build took for every file without a modelled package, ms. */
async function measure(dists) {
  const linters = [];
  for (const dist of dists) linters.push(await linterOf(dist));
  const files = await filesWithoutModels();
  const quickest = files.map(() => dists.map(() => Infinity));
  // The first pass pays what a process pays once, as for compiling the patterns of all names.
  for (let pass = 0; pass <= Number(options.passes); pass += 1) {
    files.forEach(({ path, text }, index) => {
      for (let turn = 0; turn < linters.length; turn += 1) {
        const which = (turn + index + pass) % linters.length;
        const time = linters[which](path, text);
        if (pass > 0) quickest[index][which] = Math.min(quickest[index][which], time);
      }
    });
  }
  console.log(JSON.stringify(quickest));
}

/** Times the rules of one build over a text. */
async function linterOf(dist) {
  const { default: plugin } = await import(pathToFileURL(join(dist, 'src/index.js')).href);
  const parser = await import('@typescript-eslint/parser');
  const { Linter } = await import('eslint');
  const linter = new Linter({ configType: 'flat', cwd: resolve(folders[0]) });
  const config = [
    {
      files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
      languageOptions: { parser: parser.default ?? parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      linterOptions: { noInlineConfig: true },
      settings: { resilience: { crossFile: false } },
    },
    ...plugin.configs.all,
  ];
  return (path, text) => {
    linter.verifyAndFix(text, config, { filename: path, stats: true, fix: () => false });
    let total = 0;
    for (const pass of linter.getTimes().passes) {
      for (const [name, time] of Object.entries(pass.rules ?? {})) if (name.startsWith('resilience/')) total += time.total;
    }
    return total;
  };
}

async function filesWithoutModels() {
  // Those that any model of the whole set knows are left out, whichever build is measured.
  const { isModelled } = await import(pathToFileURL(join(ROOT, 'dist/src/models/lookup.js')).href);
  const texts = await sourcesOf();
  return texts.filter(({ text }) => !usesModel(text, isModelled));
}

async function sourcesOf() {
  const found = [];
  for (const folder of folders) {
    const paths = await globby('**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}', { cwd: resolve(folder), absolute: true, ignore: ['**/node_modules/**', '**/dist/**', '**/*.min.js'] });
    for (const path of paths.sort()) found.push({ path, text: readFileSync(path, 'utf8') });
  }
  return found;
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
  for (const { text } of await sourcesOf()) for (const specifier of specifiersOf(text)) used.add(packageOf(specifier));
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
  const builds = { all: build('all'), again: build('again'), few: build('few', kept) };
  const pairs = { ratio: [], noise: [] };
  let files = 0;
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const [figure, other] of [['ratio', builds.few], ['noise', builds.again]]) {
      // Which build is loaded first is of some weight.
      const flipped = round % 2 === 1;
      const order = flipped ? [other, builds.all] : [builds.all, other];
      const arguments_ = [fileURLToPath(import.meta.url), ...folders.map((folder) => resolve(folder)), '--passes', options.passes, ...order.flatMap((dist) => ['--measure', dist])];
      const quickest = JSON.parse(execFileSync(process.execPath, arguments_, { encoding: 'utf8', maxBuffer: 1e8 }));
      files = quickest.length;
      pairs[figure].push(ratioOf(flipped ? quickest.map(([second, first]) => [first, second]) : quickest));
    }
  }
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const each = (values) => values.map((value) => value.toFixed(3)).join(', ');
  const ratio = median(pairs.ratio);
  const budget = JSON.parse(readFileSync(join(HERE, 'budgets.json'), 'utf8'))[FIGURE];
  console.log(`${files} files that use no model; all ${(await import(pathToFileURL(join(builds.all, 'src/models/registry.js')).href)).CLIENT_FILES.length} files of models to ${kept.size} of them, each run: ${each(pairs.ratio)}; two equal builds: ${each(pairs.noise)}`);
  console.log(`${FIGURE}: ${ratio.toFixed(3)}, budget ${budget}, equal builds ${median(pairs.noise).toFixed(3)}`);
  rmSync(SCRATCH, { recursive: true, force: true });
  if (ratio > budget) process.exitCode = 1;
}

function ratioOf(quickest) {
  const ordered = [...quickest].sort((a, b) => a[0] - a[1] - (b[0] - b[1]));
  const ends = Math.ceil(ordered.length * ENDS);
  const kept = ordered.slice(ends, ordered.length - ends);
  const sum = (which) => kept.reduce((total, times) => total + times[which], 0);
  return sum(0) / sum(1);
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
