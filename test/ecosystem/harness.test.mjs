import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { compareRuns, formatRun, parseRun } from './lib/findings.mjs';
import { idOf, labelProblem, matchLabels, sample, score, secondSample, shapeOf, verdictsOf, wilsonLowerBound } from './lib/labels.mjs';
import { chooseSites, isProductionSource, judgeSites, sitesIn } from './lib/sites.mjs';
import { isPinnedPackage, readTrees } from './lib/trees.mjs';

const finding = (line, message = 'no timeout', path = 'src/a.ts') => ({ path, line, column: 5, rule: 'require-timeout', message });
const report = (line, shape = 's1', path = 'src/a.ts') => ({ repository: 'acme/shop', commit: 'abc', path, line, rule: 'require-timeout', shape });
const label = (line, verdict, more = {}) => ({ ...report(line), label: verdict, reader: 'one', reason: 'because', ...more });

describe('runs as text', () => {
  it('come back as they were written, sorted', () => {
    const run = { findings: [finding(9), finding(2, 'two\n  lines')], crashes: [{ path: 'src/b.ts', message: 'TypeError: x\n at y' }] };
    const text = formatRun(run);
    expect(text).toBe('src/a.ts:2:5 require-timeout two lines\nsrc/a.ts:9:5 require-timeout no timeout\nCRASH src/b.ts TypeError: x\n');
    expect(formatRun(parseRun(text))).toBe(text);
  });

  it('compare as sets: added, removed, changed, new crashes', () => {
    const before = { findings: [finding(1), finding(2), finding(3, 'old words')], crashes: [] };
    const after = { findings: [finding(2), finding(3, 'new words'), finding(4)], crashes: [{ path: 'src/c.ts', message: 'boom' }] };
    expect(compareRuns(before, after)).toEqual({
      added: ['src/a.ts:4:5 require-timeout no timeout'],
      removed: ['src/a.ts:1:5 require-timeout no timeout'],
      changed: [{ key: 'src/a.ts:3:5 require-timeout', before: 'old words', after: 'new words' }],
      newCrashes: ['src/c.ts boom'],
    });
  });

  it('count two findings at one place as two', () => {
    expect(compareRuns({ findings: [finding(1), finding(1)] }, { findings: [finding(1)] }).removed).toHaveLength(1);
  });
});

describe('samples', () => {
  const many = Array.from({ length: 100 }, (_, index) => report(index + 1));

  it('take everything up to the limit and the smallest hashes above it', () => {
    expect(sample(many.slice(0, 40))).toHaveLength(40);
    const chosen = sample(many);
    expect(chosen).toHaveLength(40);
    expect(sample([...many].reverse())).toEqual(chosen);
    expect(sample(chosen.concat(many.slice(0, 3)))).toHaveLength(40);
  });

  it('choose the second reader\'s ten by another order', () => {
    const rows = many.map((item) => ({ ...item, label: 'bug', reader: 'one' }));
    const ten = secondSample(rows);
    expect(ten).toHaveLength(10);
    expect(ten.map(idOf)).not.toEqual(sample(many).slice(0, 10).map(idOf));
    expect(secondSample([...rows].reverse())).toEqual(ten);
  });
});

describe('labels', () => {
  it('follow the code when lines move and layout changes', () => {
    expect(shapeOf('  await fetch("x");')).toBe(shapeOf("await  fetch('x')"));
    expect(shapeOf('await fetch(url)')).not.toBe(shapeOf('await fetch(uri)'));
    const verdict = label(10, 'bug');
    expect(matchLabels([verdict], [report(250)]).get(verdict)).toEqual(report(250));
    expect(matchLabels([verdict], [report(10, 's2'), report(10, 's1', 'src/b.ts')]).size).toBe(0);
  });

  it('pair equal code by the nearest line, one report to one label', () => {
    const [first, second] = [label(10, 'bug'), label(50, 'false')];
    const matched = matchLabels([first, second], [report(12), report(55)]);
    expect(matched.get(first).line).toBe(12);
    expect(matched.get(second).line).toBe(55);
    expect(matchLabels([first, second], [report(12)]).size).toBe(1);
  });

  it('count as false where readers differ on keeping it', () => {
    expect(verdictsOf([label(1, 'bug'), label(1, 'false', { reader: 'two' })])).toMatchObject([{ label: 'false', disputed: true }]);
    expect(verdictsOf([label(1, 'bug'), label(1, 'bad practice', { reader: 'two' })])).toMatchObject([{ label: 'bad practice', disputed: false }]);
  });

  it('are refused without what makes them useful', () => {
    expect(labelProblem(label(1, 'bug'))).toBeNull();
    expect(labelProblem(label(1, 'maybe'))).toContain('label is none of');
    expect(labelProblem(label(1, 'false', { reason: '' }))).toContain('reason');
    expect(labelProblem(label(1, 'bug', { shape: '' }))).toBe('shape is missing');
    expect(labelProblem(label(0, 'bug'))).toContain('line');
  });

  it('score what is still reported, and name what was lost', () => {
    const rows = [label(1, 'bug'), label(2, 'bug', { shape: 's2' }), label(3, 'false', { shape: 's3' }), label(4, 'bad practice', { shape: 's4' }), label(5, 'bug', { repository: 'other/repo' })];
    const result = score(rows, [report(1), report(30, 's3'), report(4, 's4')], new Set(['acme/shop']));
    expect(result).toMatchObject({ reports: 3, labelled: 3, bug: 1, badPractice: 1, false: 1 });
    expect(result.kept).toBeCloseTo(2 / 3);
    expect(result.lostBugs.map((verdict) => verdict.line)).toEqual([2]);
    expect(result.falseAlarms.map((verdict) => verdict.line)).toEqual([3]);
  });

  it('state the lower bound that a share proves', () => {
    // Reference values of Wilson's interval.
    expect(wilsonLowerBound(5, 5)).toBeCloseTo(0.5655, 3);
    expect(wilsonLowerBound(38, 40)).toBeCloseTo(0.835, 3);
    expect(wilsonLowerBound(0, 10)).toBe(0);
    expect(wilsonLowerBound(0, 0)).toBe(0);
  });
});

describe('sites', () => {
  const text = [
    "import axios from 'axios';",
    '// fetch(url) in a comment',
    'const a = await fetch(url);',
    'const b = await axios.get<Order>(url), c = axios(options);',
    'async fetch(id: string) {',
    'function fetch(input) {}',
    'this.cache.fetch(key);',
    "const text = 'call fetch(url)';",
    'client.get(url);',
  ].join('\n');

  it('are calls, not comments, declarations, strings or methods of something else', () => {
    expect(sitesIn('src/a.ts', text).map((site) => `${site.line} ${site.kind}`)).toEqual(['3 fetch', '4 axios', '4 axios']);
  });

  it('may have their method on the next line', () => {
    expect(sitesIn('src/a.ts', "import https from 'https';\nhttps\n  .get(url, done);")).toMatchObject([{ kind: 'node:http', line: 2, column: 1 }]);
  });

  it('of a library are looked for only where the file names it', () => {
    expect(sitesIn('src/a.ts', 'const r = await got(url);')).toEqual([]);
    expect(sitesIn('src/a.ts', "import got from 'got';\nconst r = await got.post(url);")).toHaveLength(1);
    expect(sitesIn('src/a.ts', "import { HttpService } from '@nestjs/axios';\nreturn this.httpService.get<User>(url);")).toMatchObject([{ kind: 'HttpService' }]);
    expect(sitesIn('src/a.ts', "import https from 'node:https';\nhttps.request(options);")).toMatchObject([{ kind: 'node:http' }]);
  });

  it('lie in production code', () => {
    for (const path of ['src/a.ts', 'packages/api/src/http.mjs']) expect(isProductionSource(path), path).toBe(true);
    for (const path of ['src/a.test.ts', 'test/a.ts', 'src/a.d.ts', 'scripts/x.js', 'README.md', 'node_modules/a/i.js']) expect(isProductionSource(path), path).toBe(false);
  });

  it('that nobody decided on count as not seen', () => {
    const sites = [3, 10, 20].map((line) => ({ repository: 'a/b', path: 'src/a.ts', line, column: 1, kind: 'fetch' }));
    const decision = (line, verdict) => ({ repository: 'a/b', path: 'src/a.ts', line, column: 1, verdict, reason: 'parameter' });
    expect(judgeSites(sites, [decision(3, 'absent'), decision(8, 'unknown')]).map((site) => site.verdict)).toEqual(['absent', 'unknown', 'not seen']);
    expect(chooseSites(sites, 2)).toEqual(chooseSites([...sites].reverse(), 2));
  });
});

describe('targets', () => {
  it('tell a pinned package from a folder', () => {
    for (const target of ['got@14.4.2', '@nestjs/axios@4.0.0', 'a@1.0.0-rc.1']) expect(isPinnedPackage(target), target).toBe(true);
    for (const target of ['got', 'got@latest', './got@folder', '@nestjs/axios']) expect(isPinnedPackage(target), target).toBe(false);
  });
});

describe('the commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ecosystem-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const tree = join(folder, 'trees', 'acme+shop');
  mkdirSync(join(tree, 'src'), { recursive: true });
  writeFileSync(join(tree, 'package.json'), '{ "name": "shop", "type": "module", "engines": { "node": ">=20" }, "dependencies": { "axios": "1.7.0" } }');
  writeFileSync(join(tree, 'src/orders.ts'), "import axios from 'axios';\nexport async function order(id: string) {\n  return axios.get(`http://orders.internal/${id}`);\n}\n");
  writeFileSync(join(folder, 'corpus.json'), '[{ "repo": "acme/shop", "head": "0123abc" }]');
  const run = (...args) => execFileSync(process.execPath, [fileURLToPath(new URL('./run.mjs', import.meta.url)), ...args, '--store', join(folder, 'store'), '--labels', join(folder, 'labels')], { encoding: 'utf8' });

  it('take a report from the scan to a label and a score', () => {
    expect(readTrees(join(folder, 'trees'), join(folder, 'corpus.json'))).toMatchObject([{ repository: 'acme/shop', commit: '0123abc' }]);
    expect(run('scan', '--trees', join(folder, 'trees'), '--corpus', join(folder, 'corpus.json'))).toContain('acme/shop: 1 findings');
    const id = run('sample', '--rule', 'require-timeout').slice(0, 12);
    expect(run('show', '--rule', 'require-timeout')).toMatch(/>\s+3 {3}return axios\.get/);
    expect(run('add', '--id', id, '--label', 'bug', '--reader', 'one')).toContain('1 labels added');
    expect(run('add', '--id', id, '--label', 'bug', '--reader', 'one')).toContain('0 labels added');
    const [row] = readFileSync(join(folder, 'labels/require-timeout.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
    expect(Object.keys(row)).toEqual(['repository', 'commit', 'path', 'line', 'rule', 'shape', 'label', 'reader']);
    expect(run('score', '--rule', 'require-timeout')).toContain('1 labelled: 1 bug, 0 bad practice, 0 false');
    expect(run('second', '--rule', 'require-timeout')).toContain(id);
    expect(run('decided', '--rule', 'require-timeout')).toContain('1 of 1 chosen sites decided');
  });

  it('compare a folder with its previous run', () => {
    const out = join(folder, 'shop.txt');
    expect(run('check', tree, '--out', out)).toContain('1 findings');
    writeFileSync(join(tree, 'src/stock.ts'), "import axios from 'axios';\nexport const stock = () => axios.get('http://stock.internal');\n");
    expect(run('check', tree, '--out', out)).toMatch(/\+ src\/stock\.ts:2:.*\n1 added, 0 removed, 0 changed/);
  });

  it('refuse what they do not know with exit code 2', () => {
    const result = spawnSync(process.execPath, [fileURLToPath(new URL('./run.mjs', import.meta.url)), 'labels'], { encoding: 'utf8' });
    expect(result.status).toBe(2);
    expect(result.stderr).toContain('unknown command "labels"');
  });
});
