import { describe, expect, it } from 'vitest';
import { runExplain, type ExplainOptions } from '../../src/cli/commands/explain.js';
import type { PackageExplanation } from '../../src/cli/explain-package.js';
import type { SiteExplanation } from '../../src/cli/explain-site.js';
import { nearestNames } from '../../src/cli/nearest-names.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { fakeHost, tempProject } from './fixture.js';

async function explain(root: string, target: string, options: Partial<ExplainOptions> = {}): Promise<{ exit: number; out: string; err: string }> {
  const host = fakeHost(root);
  try {
    const exit = await runExplain({ target, format: 'text', ...options }, host);
    return { exit, out: host.out(), err: host.err() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { exit: 2, out: host.out(), err: error.message };
  }
}

async function siteOf(root: string, target: string): Promise<SiteExplanation> {
  return JSON.parse((await explain(root, target, { format: 'json' })).out) as SiteExplanation;
}

const service = {
  'package.json': '{ "name": "shop", "dependencies": { "axios": "^1.7.0", "express": "^4.0.0" } }',
  'node_modules/axios/package.json': '{ "name": "axios", "version": "1.7.2" }',
  'src/client.ts': [
    "import axios from 'axios';",
    "import { promises as fs } from 'node:fs';",
    '',
    "export const api = axios.create({ baseURL: 'https://api.example.org' });",
    '',
    'export async function load(id: string, options: { timeout?: number }) {',
    '  const cache = new Map<string, unknown>();',
    '  cache.get(id);',
    '  await axios.get(`/a/${id}`);',
    '  await axios.get(`/b/${id}`, { timeout: 500 });',
    '  await axios.get(`/c/${id}`, options);',
    '  return api',
    '    .get(`/d/${id}`);',
    '}',
  ].join('\n'),
};

describe('explain <file>:<line>', () => {
  it('says why an unbounded call is reported', async () => {
    const { exit, out } = await explain(tempProject(service), 'src/client.ts:9');
    expect(exit).toBe(0);
    expect(out).toContain('src/client.ts:9\n  Runs in: node');
    expect(out).toMatch(/Client: +axios instance \(http, model axios\)/);
    expect(out).toMatch(/Version: +axios@1\.7\.2, installed/);
    expect(out).toMatch(/Option: +timeout \(covers headers\) is absent; default: none/);
    expect(out).toMatch(/Signal: +signal is absent/);
    expect(out).toMatch(/Verdict: +unbounded/);
    expect(out).toMatch(/Steps: +1\. /);
    expect(out).toMatch(/Mend: +\S/);
    expect(out).toMatch(/Reported: +here/);
  });

  it('says what bounds a call', async () => {
    const { sites } = await siteOf(tempProject(service), 'src/client.ts:10');
    expect(sites).toMatchObject([{ is: 'call', subject: 'axios.get', verdict: { is: 'bounded' } }]);
    expect(sites[0]!.options[0]).toMatchObject({ path: 'timeout', answer: 'set', value: '500', where: 'call', at: 'src/client.ts:10:33' });
  });

  it('says what is unknown, and why', async () => {
    const { sites } = await siteOf(tempProject(service), 'src/client.ts:11');
    expect(sites[0]).toMatchObject({ verdict: { is: 'unknown' }, options: [{ answer: 'unknown', why: expect.stringContaining('comes from the caller') }, {}] });
  });

  it('explains the making of a client with its calls', async () => {
    const { sites } = await siteOf(tempProject(service), 'src/client.ts:4');
    expect(sites).toMatchObject([{ is: 'construction', subject: 'axios instance', verdict: null, calls: [{ subject: expect.stringContaining('get'), verdict: 'unbounded' }] }]);
  });

  it('judges a client that can only be bounded as a whole, and says where its calls are reported', async () => {
    const root = tempProject({ 'src/store.ts': "import { Pool } from 'pg';\nconst pool = new Pool({ host: 'db' });\nexport const load = () => pool.query('select 1');\n" });
    expect((await siteOf(root, 'src/store.ts:2')).sites).toMatchObject([{ is: 'construction', verdict: { is: 'unbounded' }, reported: { is: 'here' } }]);
    expect((await siteOf(root, 'src/store.ts:3')).sites).toMatchObject([{ is: 'call', reported: { is: 'elsewhere', at: 'src/store.ts:2:14' } }]);
  });

  it.each(['src/client.ts:12', 'src/client.ts:13', 'src/client.ts:12:11'])('finds a call over two lines at %s', async (target) => {
    expect((await siteOf(tempProject(service), target)).sites).toMatchObject([{ is: 'call', made: 'src/client.ts:4:20' }]);
  });

  it('says why nothing is said of a look-alike', async () => {
    const explanation = await siteOf(tempProject(service), 'src/client.ts:8');
    expect(explanation).toMatchObject({ sites: [], linesWithSites: expect.arrayContaining([9, 10, 11]) });
    expect(explanation.nearby[0]).toMatchObject({ line: 8, text: expect.stringContaining('cache.get') });
    const { out } = await explain(tempProject(service), 'src/client.ts:8');
    expect(out).toContain('No I/O call or client that we know stands on this line');
    expect(out).toMatch(/lines of this file have one: 9, 10, 11/);
  });

  it('takes the version from the lock file, or the oldest that package.json allows', async () => {
    const { 'node_modules/axios/package.json': _, ...rest } = service;
    const lock = JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: { '': { dependencies: { axios: '^1.7.0' } }, 'node_modules/axios': { version: '1.8.1' } } });
    expect((await siteOf(tempProject({ ...rest, 'package-lock.json': lock }), 'src/client.ts:9')).sites[0]!.version).toEqual({ package: 'axios', version: '1.8.1', from: 'lock-file' });
    expect((await explain(tempProject(rest), 'src/client.ts:9')).out).toMatch(/axios@1\.7\.0, the oldest that\s+package\.json allows/);
  });

  it.each([
    ['src/client.ts', 'is a file: name a line of it, as in src/client.ts:12.'],
    ['src/other.ts:3', 'src/other.ts: no such file.'],
    ['src/client.ts:999', 'the file has 14 lines.'],
    ['src/client.ts:0', 'lines count from 1.'],
    ['./nothing', 'no such file'],
  ])('%s is no place', async (target, message) => {
    expect(await explain(tempProject(service), target)).toMatchObject({ exit: 2, err: expect.stringContaining(message) });
  });

  it.each([
    ['const = 1', 'cannot be parsed'],
    ['// @flow\n', 'written in Flow'],
  ])('does not judge %j', async (text, message) => {
    expect(await explain(tempProject({ 'a.js': text }), 'a.js:1')).toMatchObject({ exit: 2, err: expect.stringContaining(message) });
  });
});

describe('a limit that nothing sets', () => {
  it('is shown as one that holds by itself, for a call', async () => {
    const root = tempProject({ 'a.js': "import { Firestore } from '@google-cloud/firestore';\nconst db = new Firestore();\nexport const f = async () => await db.doc('a/b').set({});\n" });
    const out = (await explain(root, 'a.js:3')).out.replace(/\s+/g, ' ');
    expect(out).toContain('reading (covers attempt) holds by itself: 5 min');
    expect(out).toContain('writing (covers total) holds by itself: 1 min');
    expect(out).toMatch(/Verdict: bounded, by library-default/);
    expect((await siteOf(root, 'a.js:3')).sites[0]!.options).toMatchObject([{ answer: 'absent', fixed: true }, { answer: 'absent', fixed: true }]);
  });

  it('is shown as one that holds by itself, for a package', async () => {
    const out = (await explain(tempProject({}), '@google-cloud/firestore')).out.replace(/\s+/g, ' ');
    expect(out).toContain('(db): Bounded too late: by default after 5 min.');
    expect(out).toContain('writing, in ms: holds by itself, and nothing sets it; covers the whole call, retries included; after 1 min; of what it does as write.');
    expect(out).toContain('Firestore batch: bounded by nothing that is set');
  });
});

describe('explain <package>', () => {
  it('tells what bounds the client, what does not, and the sources', async () => {
    const { exit, out } = await explain(tempProject({}), 'axios');
    expect(exit).toBe(0);
    const headings = ['axios >=1 (http): Unbounded by default.', 'axios <1 (http): Unbounded', 'Mend', 'Retries by itself', 'Seam', 'Options that limit time', 'Abort signal', 'Clients', 'Sources', "explain 'axios@<1'"];
    const places = headings.map((heading) => out.indexOf(heading));
    // The verdicts first, then what mends it; in this order.
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
    expect(out).toMatch(/timeout, in ms: at the call or client; covers/);
  });

  it('gives the same as data, whole', async () => {
    const data = JSON.parse((await explain(tempProject({}), 'axios@1.7.2', { format: 'json' })).out) as PackageExplanation;
    expect(data).toMatchObject({ schemaVersion: 1, package: 'axios', version: '1.7.2', clients: [{ id: 'axios', unboundedByDefault: true, byDefault: { is: 'unbounded', ms: null }, mendLines: [{ at: 'client', code: 'axios.create({ timeout: 10_000 })', import: "import axios from 'axios';" }, { at: 'call' }], seam: { kind: 'adapter' }, bounds: expect.any(Array), sources: expect.any(Object) }], nearest: [] });
  });

  it('knows globals and policies', async () => {
    expect((await explain(tempProject({}), 'fetch')).out).toContain('of a global');
    expect((await explain(tempProject({}), 'cockatiel')).out).toMatch(/\(policy\)[^]*only aborts a signal/);
    expect((await explain(tempProject({}), 'p-retry')).out).toMatch(/^p-retry >=7 \(policy\): Bounds nothing: what it runs may wait for ever\. Tries again by `default`/);
  });

  it.each([
    ['axios', ['  axios.create({ timeout: 10_000 })  // every call of the client', '  axios.get(url, { timeout: 10_000 })  // one call']],
    ['ioredis@5', ['  new Redis({ commandTimeout: 10_000 })  // every call of the client']],
    ['@aws-sdk/client-sqs', ['  new SQSClient({ requestHandler: { requestTimeout: 10_000, throwOnRequestTimeout: true } })', '  client.send(command, { abortSignal: AbortSignal.timeout(10_000) })']],
    ['superagent', ['  superagent.get(url).timeout(10_000)']],
    ['fetch', ['  fetch(url, { signal: AbortSignal.timeout(10_000) })']],
  ])('shows the mend of %s as code', async (target, lines) => {
    const { out } = await explain(tempProject({}), target);
    for (const line of lines) expect(out).toContain(`\n${line}`);
  });

  it.each([
    ['axios', 'None that the model knows of.'],
    ['ioredis@5', 'Up to 21 attempts by default, the first included (`maxRetriesPerRequest` counts those after the first): writes too.'],
    ['ky@2', 'GET, PUT, HEAD, DELETE, OPTIONS and TRACE. POST and PATCH are sent once. Waits grow, the first of 300 ms, without jitter.'],
    ['@aws-sdk/client-sqs@3.1162.0', 'Up to 3 attempts by default, the first included (`maxAttempts` counts attempts): writes too.'],
    ['p-retry', 'Up to 11 attempts by default'],
  ])('says in words how %s tries again', async (target, text) => {
    const { out } = await explain(tempProject({}), target);
    expect(out.replace(/\s+/g, ' ')).toContain(text);
  });

  it.each([
    ['@aws-sdk/client-dynamodb@3.1169.0', /\(sdk\): Unbounded by default\. Waits for ever on a silent server/],
    ['openai@6', /\(sdk\): Bounded too late: by default after 10 min\./],
    ['ky@2', /^ky >=2 \(http\): Bounded by default, after 10 s\./],
    ['redis@4', /Unbounded, and no option of the library bounds a call\./],
    ['@prisma/client', /A driver below it sets the limits\./],
    ['lru-cache', /Calls nobody by itself/],
  ])('gives the verdict of %s first', async (target, verdict) => {
    const { out } = await explain(tempProject({}), target);
    expect(out.split('\n\n')[0]!.replace(/\s+/g, ' ')).toMatch(verdict);
  });

  it('tells of the pool, of what is empty and of where a policy is put', async () => {
    const out = (await explain(tempProject({}), 'pg')).out.replace(/\s+/g, ' ');
    expect(out).toContain('At most 10 at once (`max`; 0 means the default; of pool). A caller waits for a free one without end (`connectionTimeoutMillis`');
    expect(out).toContain('undefined at `rows[0]`, where no row matches: query');
    expect(out).toContain('`wrap-clients` puts a policy around each call (`clients=pg`)');
    const redis = (await explain(tempProject({}), 'ioredis')).out.replace(/\s+/g, ' ');
    // Once, though the client and the cluster answer so; and cut.
    expect(redis).toMatch(/null: get, hget, [^:]* and \d+ more/);
  });

  it('shows the model of what is installed first, and says so', async () => {
    const root = tempProject({ 'node_modules/axios/package.json': '{ "name": "axios", "version": "0.27.2" }', 'packages/a/package.json': '{}' });
    const { out } = await explain(root, 'axios', { cwd: 'packages/a' });
    expect(out).toMatch(/^axios 0\.27\.2 is installed \(\.\.\/\.\.\/node_modules\/axios\)\.\n\naxios <1 \(http\): [^]*\naxios >=1 \(http\): /);
    expect(out).toContain('Model axios-0 of axios');
    const data = JSON.parse((await explain(root, 'axios', { format: 'json' })).out) as PackageExplanation;
    expect(data.installed).toEqual({ version: '0.27.2', at: 'node_modules/axios' });
    expect(data.clients.map(({ id, isInstalled }) => [id, isInstalled])).toEqual([['axios-0', true], ['axios', false]]);
    // A version that is asked for counts, whatever is installed.
    expect((await explain(root, 'axios@1')).out).toMatch(/^axios >=1/);
  });

  it('says that no model is of what is installed', async () => {
    const root = tempProject({ 'node_modules/undici/package.json': '{ "name": "undici", "version": "2.2.1" }' });
    expect((await explain(root, 'undici')).out.replace(/\s+/g, ' ')).toContain('undici 2.2.1 is installed (node_modules/undici), a version of which no model is: the newest serves.');
  });

  it('says how to add what it does not know, with names near it', async () => {
    const { exit, out } = await explain(tempProject({}), 'axois');
    expect(exit).toBe(2);
    expect(out).toMatch(/No model of axois[^]*Near names that have one: [^.]*axios[^]*settings\.resilience\.models/);
  });

  it('refuses a version that is none', async () => {
    expect(await explain(tempProject({}), 'axios@lots')).toMatchObject({ exit: 2, err: expect.stringContaining('lots is no version') });
    expect(await explain(tempProject({}), 'axios@')).toMatchObject({ exit: 2, err: expect.stringContaining('a version is missing') });
  });

  it('does not take a folder for a file', async () => {
    expect((await explain(tempProject({ 'axios/readme.md': '' }), 'axios')).exit).toBe(0);
  });

  it.each([
    ['axois', ['axios']],
    ['@nestjs/axio', ['@nestjs/axios', 'axios']],
    ['postgres-pool', []],
  ])('names near %s: %j', (wanted, expected) => {
    expect(nearestNames(wanted, ['axios', '@nestjs/axios', 'got', 'pg']).sort()).toEqual(expect.arrayContaining(expected));
  });
});
