import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { tempProject } from './fixture.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'dist/src/cli/main.js');

function run(cwd: string, args: readonly string[], nodeArgs: readonly string[] = []): { exit: number | null; out: string; err: string } {
  const env = { ...process.env, NO_COLOR: '1' };
  delete (env as Record<string, string | undefined>)['FORCE_COLOR'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArgs, bin, ...args], { cwd, env, encoding: 'utf8' });
  return { exit: status, out: stdout, err: stderr };
}

beforeAll(() => {
  if (existsSync(bin)) return;
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root });
});

const project = {
  'package.json': '{ "name": "shop" }',
  'src/a.ts': "import axios from 'axios';\nexport const load = (id: string) => axios.get(`https://api.example.org/${id}`);\n",
};

describe('the built command', () => {
  it('reports with 1', () => {
    const { exit, out } = run(tempProject(project), ['check']);
    expect(exit).toBe(1);
    expect(out).toMatch(/^src\/a\.ts\n {2}2:\d+ {2}error[^]*resilience\/require-timeout[^]*1 error in 1 file\.\n1 unbounded call or client\.\n1 file read in/);
  });

  it('needs no typescript', () => {
    const folder = tempProject({
      ...project,
      'no-typescript.cjs': [
        "const Module = require('node:module');",
        'const resolve = Module._resolveFilename;',
        'Module._resolveFilename = function (request, ...rest) {',
        "  if (request === 'typescript' || request.startsWith('typescript/')) throw Object.assign(new Error('no typescript here'), { code: 'MODULE_NOT_FOUND' });",
        '  return resolve.call(this, request, ...rest);',
        '};',
      ].join('\n'),
    });
    const { exit, err } = run(folder, ['check', 'src'], ['--require', join(folder, 'no-typescript.cjs')]);
    expect({ exit, err }).toEqual({ exit: 1, err: '' });
  });

  it('explains', () => {
    expect(run(tempProject(project), ['explain', 'src/a.ts:2'])).toMatchObject({ exit: 0, out: expect.stringContaining('unbounded') });
    expect(run(tempProject({}), ['explain', 'axios'])).toMatchObject({ exit: 0, err: '' });
  });

  it('lists rules', () => {
    expect(run(tempProject({}), ['rules'])).toMatchObject({ exit: 0, out: expect.stringMatching(/resilience\/require-timeout +timeouts, recommended/) });
  });

  it('writes JSON that nothing else is mixed into', () => {
    const { out } = run(tempProject({ ...project, 'eslint.config.js': 'export default nonsense;' }), ['check', '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, warnings: [expect.stringContaining('eslint.config.js')] });
  });

  it('ends with 2 on wrong use', () => {
    expect(run(tempProject({}), ['check', '--nothing'])).toMatchObject({ exit: 2, err: expect.stringContaining("unknown option '--nothing'") });
  });

  it('loads no command for help', () => {
    const folder = tempProject({ 'list.cjs': "process.on('exit', () => require('node:fs').writeSync(2, Object.keys(require.cache).join('\\n')));" });
    const { exit, err } = run(folder, ['--help'], ['--require', join(folder, 'list.cjs')]);
    expect(exit).toBe(0);
    expect(err).not.toMatch(/node_modules\/eslint|oxc-parser|scope-manager/);
  });
});
