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

it('a policy may be exported apart from its making', async () => {
  const { root } = tempProject({ '.gitignore': 'node_modules\n' });
  cpSync(join(CASES, 'fetch-read-and-write', 'before'), root, { recursive: true });
  writeFileSync(join(root, 'package.json'), manifest('orders'));
  await runCodemods({ codemods: ['wrap-clients'], cwd: root, write: true, allowDirty: true, typeGate: false, config: false });
  const path = join(root, 'src/resilience.ts');
  const text = readFileSync(path, 'utf8').replace('export const payments', 'const payments');
  writeFileSync(path, `${text}\nexport { payments };\n`);
  expect((await told(root)).map((line) => line.split(' | ')[1])).toEqual(Array(3).fill('yes: 30 s, by the policy `payments`'));
});

describe('what passes by the policy of its client', () => {
  /** A package behind policies, with one more file: the lines of its calls. */
  async function linesOf(name: string, file: string, text: string): Promise<readonly string[]> {
    const { root } = tempProject({ '.gitignore': 'node_modules\n' });
    cpSync(join(CASES, name, 'before'), root, { recursive: true });
    if (!existsSync(join(root, 'package.json'))) writeFileSync(join(root, 'package.json'), manifest('orders'));
    await runCodemods({ codemods: ['wrap-clients'], cwd: root, write: true, allowDirty: true, typeGate: false, config: false });
    writeFileSync(join(root, file), text);
    forgetDisk();
    const map = await readMap({ paths: [file], format: 'json', config: false, cwd: root }, fakeHost(root));
    return map.dependencies.flatMap(({ operations }) => operations.map(({ timeout, retry, breaker }) => [timeout, retry, breaker].map(({ answer }) => answer).join(' ')));
  }

  it.each([
    ['a body that may be a stream', "import { PutObjectCommand } from '@aws-sdk/client-s3';\nimport { files } from './files';\nexport const save = (Key: string, Body: any) => files.send(new PutObjectCommand({ Bucket: 'files', Key, Body }));", 'unknown yes unknown'],
    ['a command that is made elsewhere', "import { files } from './files';\nexport const save = (command: any) => files.send(command);", 'unknown yes unknown'],
    ['but nothing else', "import { DeleteObjectCommand } from '@aws-sdk/client-s3';\nimport { files } from './files';\nexport const remove = (Key: string) => files.send(new DeleteObjectCommand({ Bucket: 'files', Key }));", 'yes yes yes'],
  ])('%s, of the AWS SDK', async (_name, text, expected) => {
    expect(await linesOf('aws-sdk', 'src/more.ts', text)).toEqual([expected]);
  });

  it.each([
    ['another address', "import { api } from './payments';\nexport const other = () => api.get('https://other.example.com/x');", 'yes unknown unknown'],
    ['an address that a wrapper makes', "import { api } from './payments';\nconst at = (path: string) => api.get('https://other.example.com' + path);\nexport const other = () => at('/x');", 'yes unknown unknown'],
    ['but no path', "import { api } from './payments';\nexport const own = () => api.get('/x');", 'yes yes yes'],
  ])('%s, of axios', async (_name, text, expected) => {
    expect(new Set(await linesOf('axios-instance', 'src/more.ts', text))).toEqual(new Set([expected]));
  });
});
