import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readMap } from '../../src/cli/commands/map.js';
import { runCodemods } from '../../src/codemods.js';
import { forgetDisk } from '../../src/project/disk.js';

import { fakeHost } from '../cli/fixture.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';
import { manifest } from './fixture.js';

const CASES = fileURLToPath(new URL('../codemods/wrap-clients/', import.meta.url));

/** The map of a package before and after its clients were put behind policies: `name | timeout | retry | breaker`. */
async function beforeAndAfter(name: string): Promise<Readonly<Record<'before' | 'after', readonly string[]>>> {
  const { options = {}, installed = {} } = JSON.parse(readFileSync(join(CASES, name, 'case.json'), 'utf8')) as { options?: Readonly<Record<string, unknown>>; installed?: Readonly<Record<string, string>> };
  const { root } = tempProject({ '.gitignore': 'node_modules\n' }, installed);
  cpSync(join(CASES, name, 'before'), root, { recursive: true });
  if (!existsSync(join(root, 'package.json'))) writeFileSync(join(root, 'package.json'), manifest('orders'));
  const before = await told(root);
  await runCodemods({ codemods: [{ name: 'wrap-clients', options }], cwd: root, write: true, allowDirty: true, typeGate: false, config: false });
  return { before, after: await told(root) };
}

async function told(root: string): Promise<readonly string[]> {
  forgetDisk();
  const map = await readMap({ paths: [], format: 'json', config: false, cwd: root }, fakeHost(root));
  return map.dependencies.flatMap(({ operations }) => operations.map(({ name, timeout, retry, breaker }) => [name, ...[timeout, retry, breaker].map(({ answer, detail }) => `${answer}: ${detail}`)].join(' | ')));
}

afterAll(removeTempProjects);

describe('calls behind policies that wrap-clients wrote', () => {
  it('are tried again where they read, and sent once where they write', async () => {
    const { before, after } = await beforeAndAfter('fetch-read-and-write');
    expect(before.map((line) => line.split(' | ')[1])).toEqual(Array(3).fill("no: none but the library's own 5 min"));
    expect(after).toEqual([
      'fetch | yes: 30 s, by the policy `payments` | yes: 2 retries by the policy `payments` | yes: that of the policy `payments`',
      'fetch | yes: 30 s, by the policy `payments` | not-asked: the policy `payments` sends it once | yes: that of the policy `payments`',
      'fetch | yes: 30 s, by the policy `payments` | not-asked: the policy `payments` sends it once | yes: that of the policy `payments`',
    ]);
  });

  it.each(['axios-instance', 'axios-in-commonjs', 'ky-instance', 'got-instance', 'aws-sdk', 'grpc', 'pg', 'undici-calls'])('%s', async (name) => {
    expect(await beforeAndAfter(name)).toMatchSnapshot();
  });
});
