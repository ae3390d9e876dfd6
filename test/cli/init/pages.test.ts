import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shownCommands } from '../../support/shown-commands.js';
import { CLI, runNode } from '../../integration/support.js';
import { project } from './run.js';

/** What the pages show of `init`, run by the command that is built, on a project as a reader has it. */
const SHOWN: Readonly<Record<string, (root: string, out: string) => void>> = {
  init: (root, out) => {
    expect(out).toContain('nobody can be asked here, so this was a dry run');
    expect(existsSync(join(root, 'eslint.config.mjs'))).toBe(false);
  },
  'init --dry-run': (root, out) => {
    expect(out).toContain('this is a dry run');
    expect(existsSync(join(root, 'eslint.config.mjs'))).toBe(false);
  },
  'init --yes': (root, out) => {
    expect(out).toContain('eslint.config.mjs written.');
    expect(existsSync(join(root, 'eslint.config.mjs'))).toBe(true);
  },
  'init --baseline --yes': (root, out) => {
    expect(out).toMatch(/already: nothing to change[^]*eslint-suppressions\.json: 1 finding in 1 file/);
    expect(existsSync(join(root, 'eslint-suppressions.json'))).toBe(true);
  },
};

describe.each(['README.md', 'docs/getting-started.md'])('%s', (page) => {
  it('shows commands of init that do what it says', () => {
    const commands = shownCommands(page).filter((command) => /^npx eslint-plugin-resilience init\b/.test(command));
    expect(commands.length).toBeGreaterThan(0);
    const root = project({});
    // In the order of the page: what one wrote is there for the next.
    for (const command of commands) {
      const args = command.replace('npx eslint-plugin-resilience ', '');
      const look = SHOWN[args];
      if (look === undefined) throw new Error(`${page} shows "${command}", which no test knows`);
      const { status, stdout, stderr } = runNode(root, [CLI, ...args.split(' ')]);
      expect(status, stderr).toBe(0);
      look(root, stdout);
    }
  });
});

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

// `script` of util-linux opens a pseudo-terminal.
describe.skipIf(!hasScript)('init in a terminal', () => {
  it.each([
    ['y', true],
    ['n', false],
  ])('writes on %s: %s', (key, written) => {
    const root = project({});
    const { stdout } = spawnSync('script', ['--quiet', '--return', '--command', `stty cols 160 rows 50; "${process.execPath}" "${CLI}" init`, '/dev/null'], {
      cwd: root,
      input: key,
      encoding: 'utf8',
      env: { ...process.env, TERM: 'xterm-256color', CI: '' },
      timeout: 40_000,
    });
    expect(stdout).toContain('Write eslint.config.mjs?');
    expect(existsSync(join(root, 'eslint.config.mjs'))).toBe(written);
  });
});
