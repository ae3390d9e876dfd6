import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extraPackages } from '../support/extra-packages.js';
import { shownCommands } from '../support/shown-commands.js';
import { CLI, ROOT, linkPackages, runNode, tempFolder } from './support.js';

const VERSIONS = { turbo: '2.11.11', nx: '24.0.6' };
const PACKAGES = ['gateway', 'mail', 'orders', 'platform'];
/** On a machine that others use, too. */
const TIME = 300_000;

const TOOLS = [
  { name: 'turbo', program: 'turbo/bin/turbo', check: ['run', 'resilience:check'], alone: ['--no-daemon'] },
  { name: 'nx', program: 'nx/dist/bin/nx.js', check: ['run-many', '-t', 'resilience:check'], alone: [] },
] as const;

describe.each(TOOLS)('tasks of $name', ({ name, program, check, alone }) => {
  /** The command that the page shows. */
  const both = shownCommands('docs/monorepo.md').find((command) => command.startsWith(`npx ${name} `))!.split(' ').slice(2);
  let workspace: string;
  let log: string;

  beforeAll(() => {
    const packages = extraPackages(VERSIONS);
    const folder = tempFolder(`tasks-${name}`);
    log = join(folder, 'runs.log');
    workspace = join(folder, 'shop');
    cpSync(join(ROOT, 'test/fixtures/monorepo', name), workspace, { recursive: true });
    linkPackages(workspace, ['eslint', 'eslint-plugin-resilience', 'axios']);
    const link = (target: string, at: string): void => {
      mkdirSync(dirname(join(workspace, at)), { recursive: true });
      symlinkSync(target, join(workspace, at), 'junction');
    };
    link(join(packages, name), `node_modules/${name}`);
    for (const each of PACKAGES) link(join(workspace, 'packages', each), `node_modules/@shop/${each}`);
    // Says what was run and not taken from the cache, whatever the tool prints.
    const bin = join(workspace, 'node_modules/.bin/eslint-plugin-resilience');
    mkdirSync(dirname(bin), { recursive: true });
    writeFileSync(bin, `#!/usr/bin/env node\nconst { basename } = require('node:path');\nrequire('node:fs').appendFileSync(${JSON.stringify(log)}, \`\${basename(process.cwd())} \${process.argv[2]}\\n\`);\nimport(${JSON.stringify(CLI)});\n`);
    chmodSync(bin, 0o755);
    const git = (...words: string[]): void => void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], { cwd: workspace, stdio: 'pipe' });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'shop');
  }, TIME);
  afterAll(() => rmSync(dirname(workspace), { recursive: true, force: true }));

  /** Runs tasks; what of them was run, sorted. */
  function run(words: readonly string[]): string[] {
    writeFileSync(log, '');
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(workspace, 'node_modules', program), ...words, ...alone], {
      cwd: workspace,
      encoding: 'utf8',
      env: { ...process.env, CI: '1', NO_COLOR: '1', FORCE_COLOR: '0', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_SKIP_NX_CACHE: '', GITHUB_WORKSPACE: '' },
    });
    expect(status, `${stdout}\n${stderr}`).toBe(0);
    return readFileSync(log, 'utf8').split('\n').filter((line) => line !== '').sort();
  }

  const reports = PACKAGES.map((each) => `packages/${each}/resilience.sarif`);
  const merged = (): ReturnType<typeof runNode> => runNode(workspace, [CLI, 'merge', ...reports]);
  const rulesIn = (path: string): [string, number][] => {
    const { runs } = JSON.parse(readFileSync(join(workspace, path), 'utf8')) as { runs: [{ results: { ruleId: string; locations: [{ physicalLocation: { region: { startLine: number } } }] }[] }] };
    return runs[0].results.map(({ ruleId, locations }) => [ruleId, locations[0].physicalLocation.region.startLine]);
  };
  const edit = (path: string, change: (text: string) => string): void => {
    const before = readFileSync(join(workspace, path), 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(join(workspace, path), after);
  };

  it('run once, and come from the cache after that, reports and all', () => {
    expect(run(both)).toEqual(PACKAGES.flatMap((each) => [`${each} check`, `${each} codemod`]));
    const first = merged();
    expect(first.status).toBe(1);
    // Reports of packages, made in their folders, say what a run over everything says.
    expect(first.stdout).toBe(runNode(workspace, [CLI, 'check', '--format', 'sarif']).stdout);
    for (const path of reports) rmSync(join(workspace, path));
    expect(run(both)).toEqual([]);
    expect(merged()).toEqual(first);
  }, TIME);

  it('run again for a package that changed and for those that depend on it', () => {
    expect(rulesIn('packages/orders/resilience.sarif')).toEqual([]);
    expect(rulesIn('packages/gateway/resilience.sarif')).toEqual([['resilience/require-timeout', 5]]);
    // Two packages up: the client that gateway gets by way of orders is not bounded any more.
    edit('packages/platform/src/index.ts', (text) => text.replace('{ timeout: 2000 }', '{}'));
    expect(run(check)).toEqual(['gateway check', 'orders check', 'platform check']);
    expect(rulesIn('packages/gateway/resilience.sarif').map(([rule, line]) => `${rule} ${line}`)).toContain('resilience/require-timeout 3');
    edit('packages/gateway/src/index.ts', (text) => `${text}// a line more\n`);
    expect(run(check)).toEqual(['gateway check']);
    appendFileSync(join(workspace, 'packages/platform/README.md'), 'No code.\n');
    expect(run(check)).toEqual([]);
  }, TIME);

  it('run again everywhere when the settings or the version of the plugin change', () => {
    const all = PACKAGES.map((each) => `${each} check`);
    edit('eslint.config.js', (text) => text.replace('5000', '4000'));
    expect(run(check)).toEqual(all);
    edit('package-lock.json', (text) => text.replace(/("node_modules\/eslint-plugin-resilience": \{\s*"version": )"[^"]+"/, '$1"0.1.1"'));
    expect(run(check)).toEqual(all);
    expect(run(check)).toEqual([]);
  }, TIME);
});
