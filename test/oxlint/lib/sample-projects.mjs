import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ODD_FILES } from '../../meta/odd-files.ts';
import { groupSamples, samplesOf } from '../../meta/page.ts';
import { SAMPLES } from '../../mends/unbounded-samples.ts';
import { ROOT } from '../../integration/support.ts';

const PACKAGE = JSON.stringify({ name: 'sample', private: true, type: 'module', engines: { node: '>=20' } });
const LOCK = JSON.stringify({ name: 'sample', lockfileVersion: 3, packages: {} });
const CODE = /^(?:ts|js|tsx|jsx|mts|cts|mjs|cjs|typescript|javascript)$/;
const EXTENSION = { typescript: 'ts', javascript: 'js' };

/**
 * A folder of small packages, by path: the samples of the rules' pages, each group in a package of its own.
 * @returns {Record<string, string>}
 */
export function pageSamples() {
  const files = {};
  for (const page of readdirSync(join(ROOT, 'docs/rules'))) {
    if (page === 'README.md') continue;
    const samples = samplesOf(readFileSync(join(ROOT, 'docs/rules', page), 'utf8')).filter((sample) => CODE.test(sample.language) || sample.project !== null);
    for (const group of groupSamples(samples)) {
      const folder = `${page.replace('.md', '')}-${group[0].line}`;
      addPackage(files, folder, Object.fromEntries(group.map((sample) => [sample.file ?? `src/sample.${EXTENSION[sample.language] ?? sample.language}`, sample.code])));
    }
  }
  return files;
}

/** One unbounded call of every model, with the versions that it is about. */
export function modelSamples() {
  const files = {};
  for (const [id, sample] of Object.entries(SAMPLES)) {
    if (sample === null) continue;
    const installed = Object.entries(sample.installed ?? {}).map(([name, version]) => [`node_modules/${name}/package.json`, JSON.stringify({ name, version })]);
    addPackage(files, id, { 'src/a.ts': sample.code, ...Object.fromEntries(installed) });
  }
  return files;
}

/** Code that is legal, or nearly so, and that nobody writes by hand. */
export function oddFiles() {
  const files = {};
  for (const [index, { path, code }] of ODD_FILES.entries()) addPackage(files, `odd-${index}`, { [path]: code });
  return files;
}

function addPackage(files, folder, sources) {
  for (const [path, text] of Object.entries({ 'package.json': PACKAGE, 'package-lock.json': LOCK, ...sources })) files[`${folder}/${path}`] = text;
}
