import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, linkPackages, runNode, tempFolder, writeFiles } from '../integration/support.ts';
import { shownCommands } from '../support/shown-commands.ts';
import { OXLINT } from './lib/host-setup.mjs';

const PAGE = 'docs/oxlint.md';
const CALL = 'export const order = (id) => fetch(`http://orders.internal/${id}`);\n';

let project;
beforeAll(() => {
  project = tempFolder('oxlint-page');
  writeFiles(project, { 'package.json': '{ "name": "orders", "private": true, "type": "module", "engines": { "node": ">=20" } }', '.gitignore': 'node_modules\n' });
  linkPackages(project, ['eslint-plugin-resilience']);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** The configurations that the page shows: file and text. */
const shown = [...readFileSync(join(ROOT, PAGE), 'utf8').matchAll(/^```js(?:on)? file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, file, text]) => ({ file, text }));

beforeEach(() => {
  writeFiles(project, { 'src/orders.ts': CALL, 'jobs/migrations/orders.ts': CALL, 'src/swallowed.ts': `${CALL}try { await order(1); } catch {}\n` });
  for (const name of ['.oxlintrc.json', 'oxlint.config.mjs', 'oxlint-suppressions.json']) rmSync(join(project, name), { force: true });
});

function oxlint(...args) {
  const { status, stdout, stderr } = runNode(project, [OXLINT, ...args, '--format', 'unix'], { NODE_NO_WARNINGS: '1' });
  expect(stderr).toBe('');
  return { status, files: [...new Set([...stdout.matchAll(/^(\S+?):\d+:\d+: .*resilience\((.+)\)\]$/gm)].map(([, file, rule]) => `${file} ${rule}`))].sort(), stdout };
}

describe('configurations of the page', () => {
  const ALL = ['src/orders.ts require-timeout', 'src/swallowed.ts no-empty-catch', 'src/swallowed.ts require-timeout'];
  const EXPECTED = [ALL, ALL, ['jobs/migrations/orders.ts require-timeout', ...ALL], ['jobs/migrations/orders.ts require-timeout', ...ALL.filter((line) => line.endsWith('timeout'))], ALL];

  it('are as many as are tried', () => {
    expect(shown.length).toBe(EXPECTED.length);
  });

  it.each(shown.map((configuration, index) => [index, configuration]))('%i is loaded and does what is said', (index, { file, text }) => {
    // A configuration in TypeScript needs a newer Node; the same program is tried in JavaScript.
    const name = file.replace(/\.ts$/, '.mjs');
    writeFileSync(join(project, name), text);
    expect(oxlint('--config', name, 'src', 'jobs').files).toEqual(EXPECTED[index]);
  });
});

it('is right about the script parts of other files', () => {
  const script = CALL.replace('export ', '');
  writeFiles(project, { '.oxlintrc.json': shown[0].text, 'parts/page.astro': `---\n${script}---\n<script>${script} order(1);</script>\n`, 'parts/part.vue': `<script>\n${script}</script>\n`, 'parts/part.svelte': `<script>\n${script}</script>\n` });
  const { stdout } = oxlint('parts');
  rmSync(join(project, 'parts'), { recursive: true });
  expect(stdout.split('\n').filter((line) => line.includes('resilience('))).toEqual([expect.stringMatching(/^parts\/page\.astro:2:23: /)]);
});

describe('commands of the page', () => {
  const commands = shownCommands(PAGE);
  const RUN = {
    'npx oxlint': () => expect(oxlint().files).toHaveLength(3),
    'npx oxlint --fix-suggestions src/orders.ts': () => {
      oxlint('--fix-suggestions', 'src/orders.ts');
      expect(readFileSync(join(project, 'src/orders.ts'), 'utf8')).toContain('AbortSignal.timeout');
      expect(oxlint('src/orders.ts')).toMatchObject({ status: 0, files: [] });
    },
    'npx oxlint --suppress-all': () => {
      oxlint('--suppress-all');
      expect(oxlint()).toMatchObject({ status: 0, files: [] });
      writeFileSync(join(project, 'src/orders.ts'), `${CALL}${CALL.replace('order', 'another')}`);
      expect(oxlint().files).toEqual(['src/orders.ts require-timeout']);
      // Warnings are not recorded.
      rmSync(join(project, 'oxlint-suppressions.json'));
      writeFileSync(join(project, '.oxlintrc.json'), JSON.stringify({ ...JSON.parse(shown[0].text), rules: { 'resilience/require-timeout': 'warn' } }));
      oxlint('--suppress-all');
      expect(oxlint().files).toEqual(['src/orders.ts require-timeout', 'src/swallowed.ts require-timeout']);
    },
    'npm run oxlint:compare -- ../some-service --speed': () => {
      const shop = join(project, 'some-service');
      cpSync(join(ROOT, 'docs/examples/shop'), shop, { recursive: true });
      const { status, stdout } = runNode(project, [join(ROOT, 'test/oxlint/run.mjs'), shop, '--speed', '--rounds', '1']);
      rmSync(shop, { recursive: true });
      expect(status).toBe(0);
      expect(stdout).toMatch(/14 files, preset recommended, 1 rounds in turns\n {2}ESLint {2}median .*\n {2}oxlint {2}median .*\n.*round by round: median [\d.]+ /);
    },
  };

  it.each(commands)('%s', (command) => {
    expect(Object.keys(RUN)).toContain(command);
    writeFileSync(join(project, '.oxlintrc.json'), shown[0].text);
    RUN[command]();
  });
});

describe('npm run oxlint:compare', () => {
  const run = (...args) => runNode(project, [join(ROOT, 'test/oxlint/run.mjs'), ...args]);

  it.each([
    [[], 'name at least one folder'],
    [['no-such-folder'], 'there is no no-such-folder'],
    [['.', '--preset', 'none'], 'no preset is named none'],
    [['.', '--colour'], "Unknown option '--colour'"],
  ])('ends with 2 on wrong use: %j', (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toContain(`oxlint:compare: ${message}`);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
