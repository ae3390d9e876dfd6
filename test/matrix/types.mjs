import { strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FIXTURES = fileURLToPath(new URL('../fixtures/matrix/types', import.meta.url));
const PAGE = fileURLToPath(new URL('../../docs/compatibility.md', import.meta.url));

/** What a page shows in TypeScript, by the name of its first line: `// eslint.config.ts`. */
export function samplesOf(text) {
  return [...text.matchAll(/^```ts\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)].map(([, name, code]) => ({ name, code }));
}

/** Values that a schema takes, and values that it does not. */
function valuesOf({ enum: words, type, items }) {
  if (words !== undefined) return { good: words, bad: ['no-such-word', 1] };
  if (type === 'array') {
    const { good, bad } = valuesOf(items);
    return { good: [good], bad: [...bad.map((value) => [value]), good[0]] };
  }
  return { boolean: { good: [true, false], bad: ['true'] }, integer: { good: [1000], bad: ['1000'] }, number: { good: [1000], bad: ['1000'] }, string: { good: ['text'], bad: [1] } }[type];
}

/** Every option of every rule by its schema: each value taken, each wrong one refused. */
function casesOf(rules) {
  const entries = Object.entries(rules).flatMap(([name, { meta }]) => {
    const entry = (...rest) => `  { rules: { 'resilience/${name}': ${JSON.stringify(['error', ...rest])} } },`;
    const refused = (line) => `  // @ts-expect-error\n${line}`;
    const options = Object.entries(meta.schema[0]?.properties ?? {}).flatMap(([option, schema]) => {
      const { good, bad } = valuesOf(schema);
      return [...good.map((value) => entry({ [option]: value })), ...bad.map((value) => refused(entry({ [option]: value })))];
    });
    return [entry(), ...options, refused(entry({ noSuchOption: true })), refused(entry(1))];
  });
  return `import { defineConfig } from 'eslint/config';\nimport 'eslint-plugin-resilience';\n\nexport default defineConfig([\n${entries.join('\n')}\n]);\n`;
}

/** Compiles the fixtures, a case for every option, and the samples of the page, with the declarations of all packages. */
export async function compileTypes(hosts, { eslint, typescript, exact }) {
  const folder = hosts.typescript(eslint, typescript);
  const plugin = await import(pathToFileURL(join(hosts.eslint(eslint), 'node_modules/eslint-plugin-resilience/dist/src/index.js')).href);
  const sources = join(folder, 'types');
  cpSync(FIXTURES, sources, { recursive: true });
  writeFileSync(join(sources, 'cases.ts'), casesOf(plugin.rules));
  for (const { name, code } of samplesOf(readFileSync(PAGE, 'utf8'))) writeFileSync(join(sources, `sample-${name}`), code);
  // ESLint 9 takes any value as a setting; 10 asks the table that the plugin adds to.
  const files = readdirSync(sources).filter((name) => eslint !== '9' || name !== 'refused-settings.ts');
  const options = { noEmit: true, strict: true, module: 'NodeNext', target: 'ES2022', types: [], skipLibCheck: false, exactOptionalPropertyTypes: exact };
  writeFileSync(join(sources, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: files.filter((name) => name.endsWith('.ts')) }));
  const { stdout } = spawnSync(process.execPath, [join(folder, 'node_modules/typescript/bin/tsc'), '-p', sources, '--listFiles', '--pretty', 'false'], { encoding: 'utf8', timeout: 120_000 });
  const lines = stdout.split('\n').filter((line) => line !== '');
  strictEqual(lines.filter((line) => /error TS\d+/.test(line)).join('\n'), '');
  // Nothing but ESLint and this package: no compiler, no declarations of Node that a user might lack.
  const packages = new Set(lines.flatMap((line) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(line.replaceAll('\\', '/'))?.[1] ?? []));
  const foreign = [...packages].filter((name) => name !== 'eslint' && name !== 'eslint-plugin-resilience' && !OF_ESLINT.has(name));
  // The compiler's own library is always among the files.
  strictEqual(foreign.join(', '), 'typescript');
}

/** What ESLint's declarations bring along. */
const OF_ESLINT = new Set(['@eslint/core', '@eslint/plugin-kit', '@eslint/config-helpers', '@types/estree', '@types/json-schema']);
