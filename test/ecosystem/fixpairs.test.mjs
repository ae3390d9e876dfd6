import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { cloneOf, filesToJudge, packageOf, packagesOf } from './lib/commits.mjs';
import { judgePair, PRESETS, rowOf, RULES_OF, tableOf, withoutReason } from './lib/pairs.mjs';

const pair = (more = {}) => ({ id: 'timeout-shop-1', category: 'timeout', needs: 'syntax', path: 'src/a.ts', fire_lines: [20], ...more });
const run = (lines, more = {}) => ({ findings: lines.map((line) => ({ path: 'src/a.ts', rule: 'require-timeout', line })), filesRead: 1, unparsed: 0, crashes: [], ...more });
const built = new Map([['require-timeout', 'recommended']]);

describe('a pair', () => {
  it('is caught by a report within three lines that is gone after the fix', () => {
    expect(judgePair(pair(), run([17, 90]), run([90]), built).by).toEqual(['require-timeout']);
    expect(judgePair(pair({ fire_lines: [5, 92] }), run([90]), run([]), built).by).toEqual(['require-timeout']);
  });

  it('is missed four lines away, and where the rule speaks as often after the fix', () => {
    expect(judgePair(pair(), run([16]), run([]), built)).toEqual({ by: [], seen: 'silent there; 1 reports elsewhere in the file' });
    expect(judgePair(pair(), run([20]), run([25]), built)).toEqual({ by: [], seen: 'reported before and after' });
    expect(judgePair(pair(), run([]), run([]), built)).toEqual({ by: [], seen: 'silent' });
  });

  it('is not caught by a rule of another kind, nor in another file', () => {
    expect(judgePair(pair({ category: 'cache' }), run([20]), run([]), built).seen).toBe('no rule of this kind exists yet');
    const other = { ...run([]), findings: [{ path: 'src/b.ts', rule: 'require-timeout', line: 20 }] };
    expect(judgePair(pair(), other, run([]), built).seen).toBe('silent');
  });

  it('says when the file was not judged', () => {
    expect(judgePair(pair(), run([], { filesRead: 0 }), run([]), built).seen).toBe('the preset leaves the file out');
    expect(judgePair(pair(), run([], { unparsed: 1 }), run([]), built).seen).toBe('not parsed');
    expect(judgePair(pair(), run([20]), run([], { crashes: [{}] }), built).seen).toBe('a rule crashed');
  });
});

describe('rows', () => {
  const missed = { recommended: { by: [], seen: 'silent' }, strict: { by: [], seen: 'silent' } };
  const noRule = { recommended: { by: [], seen: 'no rule of this kind exists yet' }, strict: { by: [], seen: 'no rule of this kind exists yet' } };

  it('keep a reason as long as they stay missed', () => {
    expect(rowOf(pair(), missed, { result: 'missed', reason: 'a stream' }).reason).toBe('a stream');
    expect(rowOf(pair(), { recommended: { by: [], seen: 'silent' }, strict: { by: ['require-timeout'], seen: null } }, { result: 'missed', reason: 'a stream' })).toEqual({
      id: 'timeout-shop-1', category: 'timeout', needs: 'syntax', result: 'caught', caught: { recommended: [], strict: ['require-timeout'] },
    });
    expect(rowOf(pair(), missed, { result: 'caught' }).reason).toBeUndefined();
    expect(rowOf(pair(), null, undefined).result).toBe('not available');
  });

  it('lose the want of a rule as a reason when there is one', () => {
    const row = rowOf(pair(), noRule, undefined);
    expect(row.reason).toBe('no rule of this kind exists yet');
    expect(withoutReason([rowOf(pair(), missed, row)])).toEqual(['timeout-shop-1']);
  });

  it('are all in the table', () => {
    const table = tableOf([rowOf(pair(), missed, undefined), rowOf(pair(), null, undefined), rowOf(pair({ category: 'cache' }), { recommended: { by: [], seen: 'silent' }, strict: { by: ['x'], seen: null } }, undefined)]);
    const cells = table.split('\n').map((line) => line.trim().split(/ {2,}/).slice(0, 7).join(' '));
    expect(cells).toEqual(['kind pairs caught missed not available by recommended by strict', 'cache 1 1 0 0 0 1', 'timeout 2 0 1 1 0 0', 'all 3 1 1 1 0 1']);
  });
});

describe('the files of a commit', () => {
  const paths = ['package.json', 'pnpm-lock.yaml', 'README.md', 'tsconfig.base.json', 'src/top.ts', 'apps/api/package.json', 'apps/api/src/a.ts', 'apps/api/logo.png', 'apps/web/package.json', 'apps/web/src/b.ts'];

  it('are the code of the package and every manifest', () => {
    expect(packageOf(paths, 'apps/api/src/a.ts')).toBe('apps/api');
    expect(packageOf(paths, 'src/top.ts')).toBe('');
    expect(filesToJudge(paths, 'apps/api/src/a.ts')).toEqual(['package.json', 'pnpm-lock.yaml', 'tsconfig.base.json', 'apps/api/package.json', 'apps/api/src/a.ts', 'apps/web/package.json']);
    expect(filesToJudge(paths, 'apps/api/src/a.ts', { wholeCommit: true })).toContain('apps/web/src/b.ts');
  });

  it('are the code of the packages that it asks for too', () => {
    const manifests = new Map([['', { name: 'shop' }], ['apps/api', { name: '@shop/api', dependencies: { '@shop/web': 'workspace:*', axios: '1.0.0' } }], ['apps/web', { name: '@shop/web', devDependencies: { '@shop/api': '*' } }]]);
    expect([...packagesOf('apps/api', manifests)]).toEqual(['apps/api', 'apps/web']);
    expect(filesToJudge(paths, 'apps/api/src/a.ts', { manifests })).toContain('apps/web/src/b.ts');
    expect(filesToJudge(paths, 'apps/api/src/a.ts', { manifests })).not.toContain('src/top.ts');
  });
});

describe('what is kept', () => {
  const rows = JSON.parse(readFileSync(new URL('./fixpairs.json', import.meta.url), 'utf8'));

  it('has a reason for each miss', () => {
    expect(withoutReason(rows)).toEqual([]);
  });

  it('has the fields of a row and nothing else', () => {
    for (const row of rows) expect(['id', 'category', 'needs', 'result', 'caught', 'seen', 'reason']).toEqual(expect.arrayContaining(Object.keys(row)));
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    for (const row of rows) expect(Object.keys(RULES_OF), row.id).toContain(row.category);
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fixpairs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const clone = join(folder, 'git', 'acme+shop');
  const git = (...args) => execFileSync('git', ['-C', clone, '-c', 'user.name=Shop', '-c', 'user.email=shop@example.com', '-c', 'commit.gpgsign=false', ...args], { encoding: 'utf8' }).trim();
  const write = (path, text) => {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  };
  const commit = (message) => {
    git('add', '-A');
    git('commit', '-qm', message);
    return git('rev-parse', 'HEAD');
  };
  const command = (...args) => spawnSync(process.execPath, [fileURLToPath(new URL('./run.mjs', import.meta.url)), 'fixpairs', ...args, '--kept', join(folder, 'kept.json')], { encoding: 'utf8' });
  const kept = () => JSON.parse(readFileSync(join(folder, 'kept.json'), 'utf8'));

  const orders = (options) => `import axios from 'axios';\n\nexport async function order(id) {\n  return axios.get(\`http://orders.internal/\${id}\`${options});\n}\n`;
  mkdirSync(clone, { recursive: true });
  git('init', '-q');
  write('package.json', '{ "private": true, "workspaces": ["services/*"] }');
  write('services/api/package.json', '{ "name": "api", "type": "module", "engines": { "node": ">=20" }, "dependencies": { "axios": "1.7.0" } }');
  write('services/api/src/orders.js', orders(''));
  write('services/api/src/stock.js', orders(''));
  const parent = commit('orders');
  write('services/api/src/orders.js', orders(', { timeout: 2000 }'));
  const fixed = commit('bound orders');
  const pairs = ['orders', 'stock', 'prices'].map((name) => ({ id: `timeout-${name}`, category: 'timeout', repo: 'acme/shop', commit: fixed, parent, path: `services/api/src/${name}.js`, fire_lines: [4], needs: name === 'stock' ? 'cross-file' : 'syntax' }));
  writeFileSync(join(folder, 'pairs.json'), JSON.stringify([...pairs, { ...pairs[0], id: 'timeout-away', repo: 'acme/away' }]));

  it('finds clones under any of their names', () => {
    expect(cloneOf(join(folder, 'git'), 'acme/shop')).toBe(clone);
    expect(cloneOf(join(folder, 'git'), 'acme/away')).toBeNull();
  });

  it('judges real commits, and fails until each miss has a reason', () => {
    const result = command('--pairs', join(folder, 'pairs.json'), '--git', join(folder, 'git'));
    expect(result.stderr).toBe('');
    expect(kept().map((row) => [row.id, row.result])).toEqual([['timeout-orders', 'caught'], ['timeout-stock', 'missed'], ['timeout-prices', 'not available'], ['timeout-away', 'not available']]);
    expect(kept()[0].caught).toEqual(Object.fromEntries(PRESETS.map((preset) => [preset, ['require-timeout']])));
    expect(kept()[1].seen).toBe('reported before and after');
    expect(result.stdout).toContain('missed without a reason: timeout-stock (reported before and after)');
    expect(result.status).toBe(1);
    expect(command('--id', 'timeout-stock', '--reason', 'the fix is of another file').status).toBe(0);
    expect(command('--id', 'timeout-orders', '--reason', 'none').status).toBe(2);
    expect(command('--pairs', join(folder, 'pairs.json'), '--git', join(folder, 'git')).status).toBe(0);
    expect(kept()[1].reason).toBe('the fix is of another file');
  });

  it('runs some pairs and leaves the rows of the others', () => {
    const result = command('--pairs', join(folder, 'pairs.json'), '--git', join(folder, 'git'), '--only', 'orders', '--verbose');
    expect(result.stdout).toMatch(/^caught timeout-orders/);
    expect(result.stdout).not.toContain('caught timeout-stock');
    expect(kept()).toHaveLength(4);
  });
});
