import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALL, DEEP, JUDGED, makeHostileWorkspace } from './hostile-workspace.js';
import { CLI, ESLINT, runNode, writeFiles, type Ran } from './support.js';

let outer: string;
let root: string;
beforeAll(() => {
  ({ outer, root } = makeHostileWorkspace());
});
afterAll(() => rmSync(outer, { recursive: true, force: true }));

const cli = (...args: string[]): Ran => runNode(root, [CLI, ...args]);

describe('hostile input', () => {
  it('does not stop `check`', () => {
    const { status, stdout, stderr } = cli('check', '--preset', 'all', '--format', 'json');
    expect(stderr).toBe('');
    expect(status).toBe(1);
    const report = JSON.parse(stdout) as { findings: { path: string }[]; unparsed: { relativePath: string }[]; internalErrors: unknown[] };
    expect(report.internalErrors).toEqual([]);
    expect([...new Set(report.findings.map(({ path }) => path))].sort()).toEqual(JUDGED);
    const unread = report.unparsed.map(({ relativePath }) => relativePath);
    for (const name of Object.keys(DEEP)) expect(unread).toContain(`packages/a/src/deep/${name}`);
    expect(unread).toContain('packages/b/src/broken.js');
  });

  it('does not stop `explain`', () => {
    expect(cli('explain', 'packages/a/src/windows.js:1').stdout).toContain('fetch');
    expect(cli('explain', 'packages/a/src/two.js:3').status).toBe(0);
    const deep = cli('explain', 'packages/a/src/deep/calls.js:1');
    expect(deep.status).toBe(2);
    expect(deep.stderr).toContain('nested too deep');
  });

  it('does not stop `map`', () => {
    const { status, stdout, stderr } = cli('map');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/@shop\/a .*uses @shop\/b/);
    expect(stdout).toMatch(/fetch +orders\.internal +unbounded/);
    expect(stdout).toContain('not read: packages/b/src/broken.js');
  });

  it('does not stop `codemod`, which keeps line ends and byte order marks', () => {
    const { status, stdout, stderr } = cli('codemod', 'add-timeouts', '--write', '--allow-dirty', '--json');
    expect(stderr).not.toMatch(/internal error|stack/i);
    // Files that cannot be read are told, and the others mended all the same.
    expect(status, stderr).toBe(3);
    expect(stdout).toContain('packages/b/src/broken.js');
    expect(stdout).toContain('packages/a/src/bom.js');
    expect(readFileSync(join(root, 'packages/a/src/bom.js'), 'utf8')).toMatch(/^\uFEFFexport.*AbortSignal\.timeout/);
    expect(readFileSync(join(root, 'packages/a/src/windows.js'), 'utf8')).toMatch(/AbortSignal\.timeout.*\r\n$/);
    expect(readFileSync(join(outer, 'outside/src/o.js'), 'utf8')).toBe(CALL);
    expect(readFileSync(join(root, 'packages/b/src/broken.js'), 'utf8')).toContain('export const = ;');
  });

  it('does not stop `init`, which changes nothing but the configuration', () => {
    const { status, stdout, stderr } = cli('init', '--yes');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('eslint.config.');
    const config = readFileSync(join(root, 'eslint.config.js'), 'utf8');
    expect(config).toContain('eslint-plugin-resilience');
    expect(cli('init', '--yes').status).toBe(0);
    expect(readFileSync(join(root, 'eslint.config.js'), 'utf8')).toBe(config);
  });

  it('does not stop the rules inside ESLint', () => {
    // ESLint itself stops at links that lead nowhere and at long chains, and parses a bundle for minutes.
    rmSync(join(root, 'packages/b/loop'), { recursive: true });
    writeFiles(root, { 'eslint.config.js': "import resilience from 'eslint-plugin-resilience';\nexport default [{ ignores: ['**/bundle.js', '**/deep/chain.js'] }, { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } }, ...resilience.configs.all];\n" });
    const { status, stdout, stderr } = runNode(root, [ESLINT, 'packages', '--format', 'json']);
    expect(stderr).toBe('');
    expect(status).toBe(1);
    const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string | null; fatal?: boolean; message: string }[] }[];
    const messages = results.flatMap((result) => result.messages);
    expect(messages.filter((message) => message.ruleId === null && message.fatal !== true)).toEqual([]);
    expect(messages.some((message) => message.ruleId === 'resilience/require-timeout')).toBe(true);
  });
});
