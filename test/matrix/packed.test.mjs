import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cornerCells, nameOf } from './cells.mjs';
import { Hosts, installedVersion } from './hosts.mjs';
import { cliOf, eslintOf, run, runCell } from './run-cell.mjs';

/**
 * The package as a user gets it: packed, installed from the archive into empty projects, run. Needs the registry, so it
 * runs where RESILIENCE_TARBALL=1 asks for it; `.ci/run` does. `npm run matrix` runs all cells.
 */
const wanted = process.env.RESILIENCE_TARBALL === '1';
const NODE = '20.19.0';

describe.skipIf(!wanted)('the packed package', { timeout: 300_000 }, () => {
  let hosts;
  beforeAll(() => {
    // Built by the global set-up already; packing must not build under the other tests' feet.
    hosts = new Hosts();
  });
  afterAll(() => hosts.remove());

  it.each(cornerCells().map((cell) => [nameOf(cell), cell]))('holds with %s', (_name, cell) => runCell(hosts, cell));

  describe.each(['9', '10'])('with the newest ESLint %s', (major) => {
    it('installs that ESLint and no compiler', () => {
      const folder = hosts.eslint(major);
      expect(installedVersion(folder, 'eslint')).toMatch(new RegExp(`^${major}\\.`));
      expect(existsSync(join(folder, 'node_modules/typescript'))).toBe(false);
    });

    it.each([
      ['an ES module', 'eslint.config.js', "import resilience from 'eslint-plugin-resilience';\nexport default [...resilience.configs.recommended];\n"],
      ['CommonJS', 'eslint.config.cjs', "module.exports = [...require('eslint-plugin-resilience').configs.recommended];\n"],
    ])('lints JavaScript without a compiler through a configuration in %s', (_kind, name, text) => {
      const folder = hosts.plain(major, name);
      writeFileSync(join(folder, name), text);
      const { status, stdout, stderr } = run(NODE, folder, [eslintOf(folder), 'src/orders.js']);
      expect(stderr).toBe('');
      expect(stdout).toContain('resilience/require-timeout');
      expect(status).toBe(1);
    });

    it('checks TypeScript from the command line, with no configuration and no compiler', () => {
      const folder = hosts.plain(major, 'check');
      const { status, stdout, stderr } = run(NODE, folder, [cliOf(folder), 'check']);
      expect(stderr).toBe('');
      expect(stdout).toContain('src/report.ts');
      expect(stdout).toContain('src/orders.js');
      expect(status).toBe(1);
    });
  });
});

describe('the package.json of the package', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

  it('promises the Node that the corners run', () => expect(engines.node).toContain(`^${NODE}`));
});
