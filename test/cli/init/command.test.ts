import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CALL, filesIn, fixture, init, project, put, reported } from './run.js';

const ARRAY = "export default [\n  { rules: { 'no-var': 'error' } },\n];\n";
const read = (root: string, name: string): string => readFileSync(join(root, name), 'utf8');
const manifest = (fields: object): string => JSON.stringify({ name: 'orders', private: true, ...fields });

describe('what is shown and what is written', () => {
  it('without a terminal and without --yes is a dry run that says so', async () => {
    const root = fixture('edited/array');
    const before = filesIn(root);
    const { exit, out } = await init(root);
    expect(exit).toBe(0);
    expect(out).toContain('+import resilience from \'eslint-plugin-resilience\';');
    expect(out).toContain('+  ...resilience.configs.recommended,');
    expect(out).toContain('Nothing is written: nobody can be asked here, so this was a dry run. --yes writes.');
    expect((await init(root, { dryRun: true })).out).toContain('Nothing is written: this is a dry run.');
    expect(filesIn(root)).toEqual(before);
  });

  it('asks, and writes nothing when the answer is no', async () => {
    const root = fixture('edited/array');
    const before = filesIn(root);
    const asked: string[] = [];
    const answer = (yes: boolean) => async (question: string) => (asked.push(question), yes);
    expect(await init(root, { ask: answer(false) })).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing is written.') });
    expect(filesIn(root)).toEqual(before);
    expect(await init(root, { ask: answer(true) })).toMatchObject({ exit: 0, out: expect.stringContaining('eslint.config.mjs written.') });
    expect(asked).toEqual(['Write eslint.config.mjs?', 'Write eslint.config.mjs?']);
    expect(await reported(root)).toContain('resilience/require-timeout');
  });

  it('does not write over what was changed while it asked', async () => {
    const root = fixture('edited/array');
    const ask = async (): Promise<boolean> => (put(root, { 'eslint.config.mjs': ARRAY }), true);
    expect(await init(root, { ask })).toMatchObject({ exit: 2, err: 'eslint.config.mjs was changed meanwhile and is left as it is. Run this again.' });
    expect(read(root, 'eslint.config.mjs')).toBe(ARRAY);
  });

  it('tells how it was tried, and what is next', async () => {
    const { out } = await init(fixture('edited/array'), { yes: true });
    expect(out).toMatch(/Tried with ESLint \d+\.\d+\.\d+: it loads, and gives src\/orders\.js \d+ rules of ours\.\neslint\.config\.mjs written\.\nNext:\n {2}npx eslint \. /);
    expect(out).toContain('docs/ci.md');
  });

  it.each([
    [{ yes: true, dryRun: true }, '--yes writes and --dry-run does not: say one of them.'],
    [{ preset: 'strickt' }, /^--preset strickt: there is no such preset\. Presets: recommended, strict, all, /],
    [{ cwd: 'nowhere' }, '--cwd nowhere: there is no such folder.'],
    [{ oxlint: true, baseline: true }, /^--baseline writes the suppressions of ESLint\. Beside oxlint, use: npx eslint-plugin-resilience check --baseline/],
  ])('%j ends with 2', async (options, message) => {
    expect(await init(fixture('edited/array'), options)).toMatchObject({ exit: 2, out: '', err: expect.stringMatching(message) });
  });

  it('takes another preset', async () => {
    const root = fixture('edited/array');
    expect((await init(root, { yes: true, preset: 'strict' })).out).toContain('Rules of severity warn do not fail a run');
    expect(read(root, 'eslint.config.mjs')).toContain('  ...resilience.configs.strict,\n];');
  });
});

describe('a plugin that is not installed', () => {
  it('is not written into a configuration, which would not load', async () => {
    const root = project({ 'eslint.config.mjs': ARRAY }, ['eslint']);
    expect(await init(root, { yes: true })).toEqual({ exit: 2, out: '', err: 'eslint-plugin-resilience is not installed here, so the configuration would not load. Install it, then run this again: npm install --save-dev eslint-plugin-resilience' });
    const { exit, out } = await init(root);
    expect(exit).toBe(0);
    expect(out).toContain('+  ...resilience.configs.recommended,');
    expect(out).toContain('Install it, then run this again:\n  npm install --save-dev eslint-plugin-resilience');
    expect(read(root, 'eslint.config.mjs')).toBe(ARRAY);
  });

  it.each([
    ['pnpm-lock.yaml', 'pnpm add --save-dev eslint eslint-plugin-resilience'],
    ['yarn.lock', 'yarn add --dev eslint eslint-plugin-resilience'],
    ['bun.lock', 'bun add --dev eslint eslint-plugin-resilience'],
  ])('is installed as %s says', async (lock, command) => {
    expect((await init(project({ [lock]: '' }, []), { yes: true })).err).toContain(command);
  });
});

describe('which configuration', () => {
  it('is the one that ESLint takes, of several', async () => {
    const root = project({ 'eslint.config.mjs': ARRAY, 'eslint.config.cjs': 'module.exports = [];\n', '.eslintrc.json': '{}' });
    const { out } = await init(root, { yes: true });
    expect(out).toContain('note: ESLint takes eslint.config.mjs and passes over eslint.config.cjs beside it');
    expect(out).toContain('note: ESLint no longer reads .eslintrc.json');
    expect(read(root, 'eslint.config.cjs')).toBe('module.exports = [];\n');
    expect(await reported(root)).toContain('resilience/require-timeout');
  });

  it('is the nearest above the folder', async () => {
    const root = project({ 'package.json': manifest({ workspaces: ['packages/*'] }), 'eslint.config.mjs': ARRAY, 'packages/a/package.json': '{ "name": "a" }', 'packages/a/src/a.js': CALL });
    expect((await init(root, { yes: true, cwd: 'packages/a' })).out).toContain('../../eslint.config.mjs written.');
    expect(await reported(root, 'packages/a/src/a.js')).toContain('resilience/require-timeout');
  });

  it.each(['.eslintrc', '.eslintrc.js', '.eslintrc.cjs', '.eslintrc.json', '.eslintrc.yml'])('of the old form is not half migrated: %s', async (name) => {
    const root = project({ [name]: '{}' });
    const before = filesIn(root);
    const { exit, err } = await init(root, { yes: true });
    expect(exit).toBe(2);
    expect(err).toMatch(new RegExp(`^\\${name} is of a form that ESLint 9 reads no more[^]*npx @eslint/migrate-config \\${name}\n[^]*npx eslint-plugin-resilience check\n$`));
    expect(filesIn(root)).toEqual(before);
  });

  it('in package.json is not either', async () => {
    expect(await init(project({ 'package.json': manifest({ eslintConfig: { root: true } }) }), { yes: true })).toMatchObject({ exit: 2, err: expect.stringContaining('Move `eslintConfig` into a file') });
  });

  it('is not added above packages that have their own', async () => {
    const root = project({ 'package.json': manifest({ workspaces: ['packages/*'] }), 'packages/a/package.json': '{ "name": "a" }', 'packages/a/eslint.config.mjs': ARRAY, 'packages/a/src/a.js': CALL });
    expect(await init(root, { yes: true })).toMatchObject({ exit: 2, err: expect.stringContaining('  npx eslint-plugin-resilience init --cwd packages/a') });
    expect(await init(root, { yes: true, cwd: 'packages/a' })).toMatchObject({ exit: 0 });
    expect(await reported(join(root, 'packages/a'), 'src/a.js')).toContain('resilience/require-timeout');
  });

  it('of an ESLint that is too old is left alone', async () => {
    const root = project({ 'eslint.config.mjs': ARRAY, 'node_modules/eslint/package.json': '{ "name": "eslint", "version": "8.57.1" }' }, ['eslint-plugin-resilience']);
    expect(await init(root, { yes: true })).toMatchObject({ exit: 2, err: expect.stringMatching(/^ESLint 8\.57\.1 is installed, and version 9 or later is needed: npm install --save-dev eslint@latest/) });
    expect(read(root, 'eslint.config.mjs')).toBe(ARRAY);
  });
});

describe('a new configuration', () => {
  it.each([
    ['module', 'eslint.config.js'],
    ['commonjs', 'eslint.config.mjs'],
  ])('of a package of type %s is %s', async (type, name) => {
    const root = project({ 'package.json': manifest({ type }) });
    expect(await init(root, { yes: true })).toMatchObject({ exit: 0, out: expect.stringContaining(`configuration: ${name} (new)`) });
    expect(read(root, name)).toBe("import resilience from 'eslint-plugin-resilience';\n\nexport default [...resilience.configs.recommended];\n");
    expect(await reported(root)).toContain('resilience/require-timeout');
    expect((await init(root, { yes: true })).out).toContain('already: nothing to change');
  });

  it('has a parser for TypeScript where one is installed', async () => {
    const root = project({ 'package.json': manifest({ type: 'module' }), 'src/mail.ts': `const to: string = 'x';\n${CALL}` });
    expect((await init(root, { yes: true })).out).toContain('parser: 1 TypeScript file has no parser in this configuration, so that of typescript-eslint is set for them');
    expect(read(root, 'eslint.config.js')).toContain("  { files: ['**/*.{ts,mts,cts,tsx}'], ...tseslint.configs.base },\n  ...resilience.configs.recommended,\n");
    expect(await reported(root, 'src/mail.ts')).toContain('resilience/require-timeout');
    expect(await reported(root)).toContain('resilience/require-timeout');
  });

  it('is not written where no file would be judged', async () => {
    const root = project({ 'package.json': manifest({ type: 'module' }), 'src/mail.ts': CALL }, ['eslint', 'eslint-plugin-resilience']);
    rmSync(join(root, 'src/orders.js'));
    const { exit, err } = await init(root, { yes: true });
    expect(exit).toBe(2);
    expect(err).toMatch(/^No configuration is written: /);
    expect(err).toContain('none of the 1 source file asked about would get the rules');
    expect(err).toContain('npm install --save-dev typescript-eslint typescript');
    expect(existsSync(join(root, 'eslint.config.js'))).toBe(false);
  });
});

describe('TypeScript that the configuration has no parser for', () => {
  const files = { 'eslint.config.mjs': ARRAY, 'src/mail.ts': `const to: string = 'x';\n${CALL}` };

  it('is told of, and not changed without a word', async () => {
    const root = project(files);
    const { exit, out } = await init(root, { yes: true });
    expect(exit).toBe(0);
    expect(out).toContain("1 TypeScript file has no parser in this configuration. To have them judged:\n  import tseslint from 'typescript-eslint';\n  { files: ['**/*.{ts,mts,cts,tsx}'], ...tseslint.configs.base },");
    expect(read(root, 'eslint.config.mjs')).not.toContain('tseslint');
  });

  it('gets one where somebody says so', async () => {
    const root = project(files);
    expect(await init(root, { ask: async () => true })).toMatchObject({ exit: 0 });
    expect(read(root, 'eslint.config.mjs')).toContain("import tseslint from 'typescript-eslint';");
    expect(await reported(root, 'src/mail.ts')).toEqual(['resilience/require-timeout']);
    expect(await reported(root)).toContain('resilience/require-timeout');
  });

  it('has the command that installs one, where it is missing', async () => {
    const { out } = await init(project({ ...files, 'pnpm-lock.yaml': '' }, ['eslint', 'eslint-plugin-resilience']), { yes: true });
    expect(out).toContain('  pnpm add --save-dev typescript-eslint typescript');
  });
});

describe('why', () => {
  const monorepo = {
    'package.json': manifest({ workspaces: ['packages/*'] }),
    'eslint.config.mjs': ARRAY,
    'packages/orders/package.json': '{ "name": "orders-service", "dependencies": { "axios": "^1.0.0", "ioredis": "^5.0.0", "pg": "^8.0.0", "p-retry": "^6.0.0" } }',
    'packages/orders/src/orders.js': CALL,
    'packages/mail/package.json': '{ "name": "mail", "dependencies": { "axios": "^1.0.0", "express": "^5.0.0" }, "devDependencies": { "got": "^14.0.0" } }',
    'packages/mail/src/mail.js': CALL,
    'packages/web/package.json': '{ "name": "web", "dependencies": { "react-dom": "^19.0.0", "axios": "^1.0.0" } }',
    'packages/web/src/web.js': CALL,
    'packages/render/package.json': '{ "name": "render", "dependencies": { "react-dom": "^19.0.0" }, "devDependencies": { "@types/node": "^22.0.0" } }',
    'packages/render/src/render.js': CALL,
  };

  it('names clients, packages for browsers, and what strict would add', async () => {
    const { out } = await init(project(monorepo));
    expect(out).toContain('recommended: 2 packages call out, through axios, ioredis and pg\n');
    expect(out).toContain('left out: packages/web (react-dom), for they run in browsers\n');
    expect(out).toMatch(/strict would add: .*require-pool-limits.*, for .*pg/);
    expect(out).toMatch(/strict would add: .*require-cache-ttl.*, for ioredis/);
    expect(out).toMatch(/strict would add: .*no-unsafe-retry.*, for p-retry/);
  });

  it('leaves packages for browsers out, and takes new ones in', async () => {
    const root = project(monorepo);
    expect(await init(root, { yes: true })).toMatchObject({ exit: 0 });
    expect(read(root, 'eslint.config.mjs')).toContain("  ...resilience.configs.recommended.map((config) => ({ ignores: ['packages/web/**'], ...config })),\n];");
    put(root, { 'packages/new/package.json': '{ "name": "new" }', 'packages/new/src/new.js': CALL, 'packages/orders/test/orders.js': CALL });
    expect(await reported(root, 'packages/orders/src/orders.js')).toContain('resilience/require-timeout');
    expect(await reported(root, 'packages/new/src/new.js')).toContain('resilience/require-timeout');
    expect(await reported(root, 'packages/web/src/web.js')).toEqual([]);
    expect(await reported(root, 'packages/orders/test/orders.js')).toEqual([]);
  });

  it('leaves none out where all are for browsers, or one is for both', async () => {
    const web = { ...monorepo, 'packages/web/package.json': '{ "name": "web", "dependencies": { "react-dom": "^19.0.0", "next": "^15.0.0" } }' };
    expect((await init(project(web))).out).not.toContain('left out');
    const browsers = { ...monorepo, 'package.json': manifest({ workspaces: ['packages/web'] }) };
    expect((await init(project(browsers))).out).not.toContain('left out');
  });

  it('says where nothing is named', async () => {
    expect((await init(project({ 'package.json': manifest({}), 'eslint.config.mjs': ARRAY }))).out).toContain('recommended: no package.json names a client that is modelled');
  });
});

describe('a lint script with --cache', () => {
  const cached = { 'package.json': manifest({ scripts: { lint: 'eslint . --cache' } }), 'eslint.config.mjs': ARRAY };

  it('has the list wrapped', async () => {
    const root = project(cached);
    expect((await init(root, { yes: true })).out).toContain('withProject: "lint" runs ESLint with --cache');
    expect(read(root, 'eslint.config.mjs')).toBe("import resilience from 'eslint-plugin-resilience';\n\nexport default resilience.withProject([\n  { rules: { 'no-var': 'error' } },\n  ...resilience.configs.recommended,\n]);\n");
    expect(await reported(root)).toContain('resilience/require-timeout');
    expect((await init(root, { yes: true })).out).toMatch(/already: nothing to change\n$/);
  });

  it('does not where somebody says no, and is told what to do', async () => {
    const root = project(cached);
    const { out } = await init(root, { ask: async (question) => question.startsWith('Write') });
    expect(read(root, 'eslint.config.mjs')).not.toContain('withProject');
    expect(out).toContain('Wrap the list to have it noticed: resilience.withProject([…]).');
  });

  it('of another program, or with another flag, does not', async () => {
    const scripts = { build: 'tsc --cache', lint: 'eslint . --cache-location x', both: 'eslint . && prettier --cache' };
    expect((await init(project({ ...cached, 'package.json': manifest({ scripts }) }))).out).not.toContain('withProject');
  });
});

describe('--baseline', () => {
  it('suppresses the findings of our rules alone, and later ones are seen', async () => {
    const root = project({ 'eslint.config.mjs': ARRAY, 'src/old.js': `var a = 1;\n${CALL}export { a };\n` });
    const first = await init(root, { yes: true, baseline: true });
    expect(first).toMatchObject({ exit: 0, out: expect.stringContaining('eslint-suppressions.json: 2 findings in 2 files are passed over from now on.') });
    const suppressions = JSON.parse(read(root, 'eslint-suppressions.json')) as object;
    expect(suppressions).toEqual({ 'src/old.js': { 'resilience/require-timeout': { count: 1 } }, 'src/orders.js': { 'resilience/require-timeout': { count: 1 } } });

    expect(await init(root, { yes: true, baseline: true })).toMatchObject({ exit: 0, out: expect.stringContaining('holds 2 findings of ours in 2 files already, and there is none beyond them.') });
    put(root, { 'src/new.js': CALL });
    const third = await init(root, { yes: true, baseline: true });
    expect(third).toMatchObject({ exit: 1, out: expect.stringContaining('1 finding beyond them is not added: npx eslint . shows it.') });
    expect(JSON.parse(read(root, 'eslint-suppressions.json'))).toEqual(suppressions);
  });

  it('keeps what is suppressed of other rules', async () => {
    const other = { 'src/old.js': { 'no-var': { count: 1 } } };
    const root = project({ 'eslint.config.mjs': ARRAY, 'src/old.js': 'var a = 1;\nexport { a };\n', 'eslint-suppressions.json': JSON.stringify(other) });
    expect(await init(root, { yes: true, baseline: true })).toMatchObject({ exit: 0 });
    expect(JSON.parse(read(root, 'eslint-suppressions.json'))).toEqual({ ...other, 'src/orders.js': { 'resilience/require-timeout': { count: 1 } } });
  });

  it('is not written in a dry run', async () => {
    const root = project({ 'eslint.config.mjs': ARRAY });
    expect((await init(root, { baseline: true })).out).toContain('No baseline either.');
    expect(await init(root, { yes: true })).toMatchObject({ exit: 0 });
    expect((await init(root, { baseline: true })).out).toContain('No baseline is written: nobody can be asked here. --yes writes it.');
    expect((await init(root, { baseline: true, dryRun: true })).out).toContain('No baseline is written: this is a dry run.');
    expect((await init(root, { baseline: true, ask: async () => false })).out).toContain('No baseline is written.');
    expect(existsSync(join(root, 'eslint-suppressions.json'))).toBe(false);
  });
});
