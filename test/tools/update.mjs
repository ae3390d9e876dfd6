/**
 * Regenerates every derived file: indices, the models registry, rule tables, page headers, option
 * tables, lists of supported clients. `--check` writes nothing, prints what differs and fails.
 * `--no-build` takes `dist` as it is.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { configTypes, configTypesForModules } from './lib/config-types.mjs';
import * as generate from './lib/generate.mjs';
import { modelsPage, modelsSchema } from './lib/models-schema.mjs';
import { oxlintPreset } from './lib/oxlint-presets.mjs';
import { difference, placeHeader, placeUnderHeading, replaceSection } from './lib/text.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Names of the TypeScript files of a folder, without the generated index. */
function namesIn(folder) {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && name !== 'index.ts')
    .map((name) => name.slice(0, -3))
    .sort();
}

/** @returns {Promise<string[]>} the differences found, one text a file */
export async function update({ check = false, build = true } = {}) {
  const differences = [];
  const put = (path, text) => {
    const file = join(ROOT, path);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (before === text) return;
    differences.push(difference(path, before, text));
    if (!check) writeFileSync(file, text);
  };
  const edit = (path, change) => {
    const file = join(ROOT, path);
    if (existsSync(file)) put(path, change(readFileSync(file, 'utf8')));
  };

  put('rules/index.ts', generate.rulesIndex(namesIn('rules')));
  put('codemods/index.ts', generate.codemodsIndex(namesIn('codemods')));
  if (existsSync(join(ROOT, 'test/tools/update-registry.mjs'))) {
    const { updateRegistry } = await import('./update-registry.mjs');
    const changed = await updateRegistry({ check });
    if (check && changed !== undefined && changed !== null && changed !== false && !(Array.isArray(changed) && changed.length === 0)) {
      differences.push(typeof changed === 'string' ? changed : `src/models/registry.ts is out of date: ${JSON.stringify(changed)}`);
    }
  }
  // The pages are made from the built plugin. Built from stale indices they would be wrong.
  if (check && differences.length > 0) return differences;
  if (build) buildDist();
  const { rules, configs, presets, codemods, models, codemodReportSchema, userSchemas } = await loadBuilt();

  put('src/config-types.cts', configTypes(rules, presets, codemods));
  put('src/config-types-esm.ts', configTypesForModules(rules));

  edit('README.md', (text) => replaceSection(text, 'rules', generate.rulesTable(rules, 'docs/rules/')) ?? text);
  edit('README.md', (text) => replaceSection(text, 'codemods', generate.codemodsTable(codemods, 'docs/codemods/', 'docs/rules/')) ?? text);
  edit('docs/codemods/README.md', (text) => replaceSection(text, 'codemods', generate.codemodsTable(codemods, '', '../rules/')) ?? text);
  put('docs/rules/README.md', generate.rulesReadme(rules));
  for (const [name, { meta }] of Object.entries(rules)) {
    edit(`docs/rules/${name}.md`, (text) => {
      let page = placeHeader(text, generate.ruleHeader(name, meta, codemods));
      page = placeUnderHeading(page, 'Options', 'options', generate.optionsTable(meta));
      return placeUnderHeading(page, 'Supported clients', 'supported clients', generate.supportedClients(meta, models, name));
    });
  }
  const figures = readFigures();
  for (const [name, codemod] of Object.entries(codemods)) {
    const rows = figures.filter((row) => row.codemod === name);
    edit(`docs/codemods/${name}.md`, (text) => {
      let page = placeHeader(text, generate.codemodHeader(name, codemod));
      page = placeUnderHeading(page, 'Options', 'options', generate.codemodOptions(codemod));
      page = placeUnderHeading(page, 'What it refuses', 'refusals', generate.codemodRefusals(codemod));
      return rows.length === 0 ? page : placeUnderHeading(page, 'On real code', 'real code', generate.codemodFigures(rows));
    });
  }
  const proof = await import('../models/behaviour/lib/files.mjs');
  const { proofPage } = await import('../models/behaviour/lib/page.mjs');
  put('docs/models-proof.md', proofPage(proof.claims(), await proof.experimentFiles(), proof.results(), proof.refused()));
  put('docs/schemas/codemod-report.json', generate.codemodReportSchema(codemodReportSchema));
  const ofModels = modelsSchema(userSchemas, ROOT);
  put('docs/schemas/models.json', `${JSON.stringify(ofModels, null, 2)}\n`);
  edit('docs/models.md', (text) => modelsPage(text, ofModels));
  const oxlintPresets = new Map(Object.entries(configs).map(([name, preset]) => [`docs/oxlint/${name}.json`, `${JSON.stringify(oxlintPreset(preset), null, 2)}\n`]));
  mkdirSync(join(ROOT, 'docs/oxlint'), { recursive: true });
  for (const [path, text] of oxlintPresets) put(path, text);
  for (const name of readdirSync(join(ROOT, 'docs/oxlint'))) {
    const path = `docs/oxlint/${name}`;
    if (oxlintPresets.has(path)) continue;
    differences.push(`${path} belongs to no preset`);
    if (!check) rmSync(join(ROOT, path));
  }
  return differences;
}

/** What `npm run ecosystem -- codemods` has kept. */
function readFigures() {
  const file = join(ROOT, 'test/ecosystem/codemods.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

function buildDist() {
  try {
    execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: ROOT, stdio: 'pipe' });
  } catch (error) {
    // tsc emits in spite of type errors, and the metadata is then still right: say so and go on.
    console.error(`update: the sources have type errors\n${error.stdout}`);
  }
}

async function loadBuilt() {
  const load = (path) => import(pathToFileURL(resolve(ROOT, 'dist', path)).href);
  const { rules } = await load('rules/index.js');
  const { presetNames } = await load('src/configs.js');
  const { configs } = await load('src/index.js');
  const { codemods } = await load('codemods/index.js');
  const registry = existsSync(join(ROOT, 'dist/src/models/registry.js')) ? await load('src/models/registry.js') : {};
  const { codemodReportSchema } = await load('src/cli/codemod-report.js');
  const { LENDERS = [] } = existsSync(join(ROOT, 'dist/src/models/lenders.js')) ? await load('src/models/lenders.js') : {};
  const { createSchemas } = await load('src/models/user-schema.js');
  const userSchemas = createSchemas(await import('valibot'));
  return { rules, configs, presets: presetNames(rules), codemods, userSchemas, models: { ...modelsOf(registry), lenders: LENDERS }, codemodReportSchema };
}

/** The registry's exports, sorted into clients (they have client shapes) and policies. */
function modelsOf(registry) {
  const found = new Set(Object.values(registry).flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value).flat() : [])));
  const all = [...found].filter((model) => typeof model === 'object' && model !== null && Array.isArray(model.packages));
  return { clients: all.filter((model) => model.clients !== undefined), policies: all.filter((model) => model.clients === undefined) };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const check = process.argv.includes('--check');
  const differences = await update({ check, build: !process.argv.includes('--no-build') });
  for (const text of differences) console.log(text);
  if (check && differences.length > 0) {
    console.error(`\n${differences.length} derived file${differences.length === 1 ? ' is' : 's are'} out of date: run \`npm run update\` and commit the result`);
    process.exitCode = 1;
  } else if (!check) {
    console.log(differences.length === 0 ? 'nothing to update' : `updated ${differences.length} file${differences.length === 1 ? '' : 's'}`);
  }
}
