import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ESLint } from 'eslint';
import { readSettings } from '../../src/eslint/settings.js';
import { readUserModels } from '../../src/models/user-models.js';
import { samplesOf } from '../meta/page.js';
import { CLI, ESLINT, ROOT, linkPackages, runNode, tempFolder, writeFiles, type Ran } from './support.js';

const page = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/** Commands of this package in code blocks, workflow steps included. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```(?:sh|yaml)\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
  return blocks.flatMap((block) => [...block.matchAll(/npx (eslint-plugin-resilience [^\n|#]+)/g)].map((match) => match[1]!.trim()));
}

let repository: string;
beforeAll(() => {
  repository = tempFolder('documented');
  chmodSync(CLI, 0o755);
  writeFiles(repository, {
    '.gitignore': 'node_modules\n',
    'package.json': '{ "name": "orders", "private": true, "type": "module", "engines": { "node": ">=20" } }',
    'src/orders.ts': "export const order = (id: string) => fetch(`http://orders.internal/${id}`);\n",
  });
  linkPackages(repository, ['eslint', 'eslint-plugin-resilience']);
  const git = (...args: string[]): void => void execFileSync('git', ['-c', 'user.name=reader', '-c', 'user.email=reader@example.org', ...args], { cwd: repository, stdio: 'pipe' });
  git('init', '--initial-branch=main');
  git('add', '.');
  git('commit', '--message', 'orders');
  // What a clone calls the other side's main branch.
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('checkout', '-b', 'stock');
  writeFiles(repository, { 'src/stock.ts': "\nexport const stock = (sku: string) => fetch(`http://stock.internal/${sku}`);\n", 'resilience/README.md': '' });
});
afterAll(() => rmSync(repository, { recursive: true, force: true }));

/** Runs a documented command; `npx` finds the same file by the name in package.json. */
function run(command: string): Ran {
  const [, ...args] = command.split(/\s+/);
  return runNode(repository, [CLI, ...args]);
}

describe.each(['README.md', 'docs/getting-started.md', 'docs/examples/shop/README.md'])('%s', (name) => {
  // What `init` writes would hold for all that follows: test/cli/init/pages.test.ts runs it on a project of its own.
  const commands = commandsOf(page(name)).filter((command) => !command.startsWith('eslint-plugin-resilience init')).map((command) => command.replace('<file>:<line>', 'src/orders.ts:1').replace('src/orders.ts:12', 'src/orders.ts:1'));

  it.each(commands)('%s runs', (command) => {
    const { status, stderr } = run(command);
    expect(stderr).toBe('');
    expect([0, 1]).toContain(status);
    if (!command.includes('--write')) return;
    // The pages below speak of the code as it was.
    expect(readFileSync(join(repository, 'src/orders.ts'), 'utf8')).toContain('AbortSignal.timeout');
    expect(run('x codemod --undo').status).toBe(0);
  });
});

/** Of the guide and of the page on codemods, over a workspace, from the first command to the last. */
describe.each(['docs/guides/harden-a-monorepo.md', 'docs/codemods/README.md'])('%s', (name) => {
  const commands = commandsOf(page(name));
  let workspace: string;
  const git = (...args: string[]): string => execFileSync('git', ['-c', 'user.name=reader', '-c', 'user.email=reader@example.org', ...args], { cwd: workspace, encoding: 'utf8' });
  const source = (): string => readFileSync(join(workspace, 'packages/orders/src/client.ts'), 'utf8');

  beforeAll(() => {
    workspace = tempFolder('hardened');
    const member = (its: string) => ({
      [`packages/${its}/package.json`]: `{ "name": "@shop/${its}", "private": true, "type": "module", "engines": { "node": ">=20" } }`,
      [`packages/${its}/src/client.ts`]: `import { env } from 'node:process';\n\nexport const one = (id: string) => fetch(\`http://${its}.internal/\${id}?tenant=\${env['TENANT']}\`);\n`,
    });
    writeFiles(workspace, {
      '.gitignore': 'node_modules\n',
      'package.json': '{ "name": "shop", "private": true, "type": "module", "workspaces": ["packages/*"] }',
      'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": {} }',
      'tsconfig.json': '{ "compilerOptions": { "target": "es2022", "lib": ["es2022", "dom"], "module": "nodenext", "strict": true, "types": ["node"], "noEmit": true } }',
      ...member('orders'),
      ...member('mail'),
    });
    linkPackages(workspace, ['eslint', 'eslint-plugin-resilience', '@types/node', 'undici-types']);
    git('init', '--initial-branch=main');
    git('add', '.');
    git('commit', '--message', 'shop');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  });
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  // In the order of the page; a reader commits what a command wrote.
  it('shows commands that do what it says', () => {
    let mended = false;
    for (const command of commands) {
      const [, ...args] = command.split(/\s+/);
      const { status, stdout, stderr } = runNode(workspace, [CLI, ...args]);
      expect(stderr, command).toBe('');
      const finds = args[0] === 'check' && !command.includes('--baseline');
      expect(status, `${command}\n${stdout}`).toBe(finds ? 1 : 0);
      if (command.includes('--write')) {
        expect(source()).toContain('AbortSignal.timeout(10_000)');
        expect(readFileSync(join(workspace, 'packages/mail/src/client.ts'), 'utf8')).not.toContain('AbortSignal');
        mended = true;
      } else if (command.includes('--undo')) {
        expect(mended).toBe(true);
        expect(source()).not.toContain('AbortSignal');
      } else if (command.includes('add-timeouts --package')) expect(stdout).toContain('+export const one');
      git('add', '.');
      git('commit', '--allow-empty', '--message', 'x');
    }
  });
});

describe('docs/codemods/README.md', () => {
  it('shows a program that runs', () => {
    const program = /^```js\n(import [\s\S]*?)^```$/m.exec(page('docs/codemods/README.md'))![1]!;
    writeFiles(repository, { 'program.mjs': program.replace("  packages: ['@shop/*'],\n", '') });
    const { status, stdout, stderr } = runNode(repository, ['program.mjs']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/src\/orders\.ts \d+\n/);
    rmSync(join(repository, 'program.mjs'));
  });
});

describe('configurations on the pages', () => {
  const blocks = ['README.md', 'docs/getting-started.md', 'docs/settings.md', 'docs/guides/harden-a-monorepo.md'].flatMap((name) =>
    [...page(name).matchAll(/^```js\n([\s\S]*?)^```$/gm)].map((match, index) => [name, index + 1, match[1]!] as const),
  );

  it.each(blocks)('%s, configuration %i is one that ESLint accepts', async (_name, _index, text) => {
    // A fragment that only shows one more object needs no import of the plugin.
    const folder = tempFolder('configuration');
    try {
      linkPackages(folder, ['eslint', 'eslint-plugin-resilience', 'typescript-eslint']);
      writeFiles(folder, { 'package.json': '{ "type": "module" }', 'eslint.config.js': text, 'src/orders.js': "export const order = () => fetch('http://orders.internal');\n" });
      const { status, stdout, stderr } = runNode(folder, [ESLINT, '--format', 'json', 'src/orders.js']);
      expect(stderr).toBe('');
      expect(status).toBe(text.includes('configs.') ? 1 : 0);
      if (text.includes('configs.')) expect(stdout).toContain('resilience/require-timeout');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('docs/settings.md', () => {
  const models: unknown = JSON.parse(/^```json\n([\s\S]*?)^```$/m.exec(page('docs/settings.md'))![1]!);

  it('has an example model that is accepted', () => {
    expect(readSettings({ resilience: { models } }).models).toHaveLength(1);
  });

  it('has an example model that works: unbounded calls are reported, bounded ones not', async () => {
    const { default: plugin } = (await import(new URL(`file://${join(ROOT, 'dist/src/index.js')}`).href)) as { default: ESLint.Plugin };
    const eslint = new ESLint({
      cwd: repository,
      overrideConfigFile: true,
      overrideConfig: [{ plugins: { resilience: plugin }, rules: { 'resilience/require-timeout': 'error' }, settings: { resilience: { models: models as never } } }],
    });
    const reports = async (options: string, call: string): Promise<number> => {
      const code = `import { createClient } from '@acme/http';\nconst client = createClient(${options});\nexport const order = () => client.request(${call});\n`;
      const [result] = await eslint.lintText(code, { filePath: join(repository, 'src/acme.js') });
      return result!.messages.length;
    };
    expect(await reports('', "'/orders'")).toBe(1);
    expect(await reports('', "'/orders', { timeoutMs: 500 }")).toBe(0);
    expect(await reports('{ timeoutMs: 500 }', "'/orders'")).toBe(0);
  });

  it('names every field that the settings know', () => {
    expect(() => readSettings({ resilience: { nonsense: true } })).toThrow(/unknown field/);
    try {
      readSettings({ resilience: { nonsense: true } });
    } catch (error) {
      const known = /known: ([^)]+)\)/.exec((error as Error).message)![1]!.split(', ');
      for (const field of known.filter((name) => name !== 'codemods')) expect(page('docs/settings.md')).toContain(`| \`${field}\``);
    }
  });
});

/** A reader copies the samples, and runs the commands below them, from top to bottom. */
describe('docs/models.md', () => {
  const text = page('docs/models.md');
  const samples = samplesOf(text);
  let folder: string;
  const jsonOf = (word: string): unknown => JSON.parse(new RegExp(`^\`\`\`json ${word}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)![1]!);

  beforeAll(() => {
    folder = tempFolder('modelled');
    writeFiles(folder, {
      'package.json': '{ "name": "orders", "type": "module", "dependencies": { "@acme/http": "^3.2.0" } }',
      ...Object.fromEntries(samples.flatMap(({ file, code }) => (file === null ? [] : [[file, code]]))),
    });
    linkPackages(folder, ['eslint', 'eslint-plugin-resilience', 'axios']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const shown = samples.filter(({ language }) => language === 'sh' || language === 'text' || language === 'js');
  const commands = shown.flatMap((sample, index) => (sample.language === 'sh' ? [[sample.code.trim(), shown[index + 1]?.language === 'sh' ? null : (shown[index + 1]?.code ?? null)] as const] : []));

  it('has the commands that it speaks of', () => expect(commands.map(([command]) => command.split(' ')[2])).toEqual(['check', 'explain', 'explain', 'model']));

  it.each(commands)('%s', (command, output) => {
    const [, , ...args] = command.split(/\s+/);
    const { status, stdout, stderr } = runNode(folder, [CLI, ...args]);
    expect(status, stderr).toBe(args[0] === 'check' ? 1 : 0);
    if (args[0] === 'explain' && args[1]!.includes(':')) expect(stdout).toMatch(/Verdict: +unbounded/);
    else expect(stdout).toContain(output!.replace(/^\/\/ .*\n/, ''));
    if (args[0] === 'model') expect(stderr).toContain('ping: left out: it bounds itself');
    else expect(stderr).toBe('');
  });

  it.each(['eslint.config.js', 'models.config.js', 'with-drafted.config.js'])('%s makes ESLint report the unbounded call alone', (config) => {
    writeFiles(folder, { 'with-drafted.config.js': "import resilience from 'eslint-plugin-resilience';\nimport drafted from './drafted.config.js';\nexport default [...resilience.configs.recommended, ...drafted];\n" });
    const { stdout, stderr } = runNode(folder, [ESLINT, '--config', config, '--format', 'json', 'src/orders.js']);
    expect(stderr).toBe('');
    const [result] = JSON.parse(stdout) as [{ messages: { line: number; ruleId: string }[] }];
    expect(result.messages.map(({ line, ruleId }) => [line, ruleId])).toEqual([[4, 'resilience/require-timeout']]);
  });

  it('has a file of models that is accepted, and a model in the place of shipped ones', () => {
    expect(readUserModels(JSON.parse(samples.find(({ file }) => file === 'resilience.models.json')!.code))).toMatchObject({ errors: [], models: [{ id: 'acme-http-3' }, { id: 'acme-http-2' }] });
    expect(readUserModels(jsonOf('overriding'))).toMatchObject({ errors: [], models: [{ overrides: ['ky', 'ky-2'] }] });
  });

  it('shows the messages that its broken models give', () => {
    expect(readUserModels(jsonOf('broken')).errors).toEqual(/^```text broken\n([\s\S]*?)\n^```$/m.exec(text)![1]!.split('\n'));
  });

  it('says of each word of `covers` what it is worth', () => {
    const schema = JSON.parse(page('docs/schemas/models.json')) as { $defs: { BoundModel: { properties: { covers: { enum: string[] } } } } };
    for (const word of schema.$defs.BoundModel.properties.covers.enum) expect(text).toContain(`| \`${word}\` |`);
  });
});
