import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { runModel, type ModelOptions } from '../../src/cli/commands/model.js';
import type { UserModel } from '../../src/cli/draft-model.js';
import { UsageError } from '../../src/cli/usage-error.js';
import plugin from '../../src/index.js';
import { readUserModels } from '../../src/models/user-models.js';
import { fakeHost, tempProject } from './fixture.js';

const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('docs/schemas/models.json', 'utf8')) as object);
const PACKAGE = { 'package.json': '{ "name": "@acme/http", "version": "3.2.0", "type": "module" }' };

interface Drafted {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly model: UserModel;
}

async function draft(files: string | Readonly<Record<string, string>>, options: Partial<ModelOptions> = {}): Promise<Drafted> {
  const root = tempProject(typeof files === 'string' ? { ...PACKAGE, 'src/index.ts': files } : files);
  const host = fakeHost(root);
  try {
    const exit = await runModel({ file: 'src/index.ts', format: 'json', config: false, ...options }, host);
    const file = options.format === 'js' ? null : (JSON.parse(host.out()) as { models: [UserModel] });
    if (file !== null) {
      expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
      expect(readUserModels(file).errors).toEqual([]);
    }
    return { exit, out: host.out(), err: host.err(), model: file?.models[0] ?? {} };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { exit: 2, out: host.out(), err: error.message, model: {} };
  }
}

/** The lines of a consumer on which `require-timeout` reports, with the model in its settings. */
function reportedIn(consumer: string, model: UserModel): readonly number[] {
  const messages = new Linter({ cwd: '/shop' }).verify(consumer, [{ plugins: { resilience: plugin as never }, rules: { 'resilience/require-timeout': ['error', { kinds: ['http', 'cache'] }] }, settings: { resilience: { models: [model] } } }], { filename: '/shop/src/orders.js' });
  expect(messages.filter(({ ruleId }) => ruleId === null)).toEqual([]);
  return messages.map(({ line }) => line);
}

interface Case {
  readonly name: string;
  readonly wrapper: string;
  /** Lines that end in `// !` are to be reported, all others not. */
  readonly consumer: string;
}

const cases: readonly Case[] = [
  {
    name: 'functions, with an option of another name',
    wrapper: `
import axios from 'axios';
export async function get(path: string, options: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const { data } = await axios.get(\`http://x/\${path}\`, { timeout: options.timeoutMs, signal: options.signal });
  return data;
}`,
    consumer: `
import { get } from '@acme/http';
export const a = () => get('a'); // !
export const b = () => get('a', { timeoutMs: 500 });
export const c = () => get('a', { signal: AbortSignal.timeout(500) });
export const d = (options) => get('a', options);`,
  },
  {
    name: 'a timed signal around fetch, only where it is asked for',
    wrapper: `
export async function find(id: string, { timeoutMs }: { timeoutMs?: number } = {}) {
  const response = await fetch(\`http://x/\${id}\`, { signal: timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs) });
  return response.json();
}`,
    consumer: `
import { find } from '@acme/http';
export const a = () => find('a'); // !
export const b = () => find('a', { timeoutMs: 500 });`,
  },
  {
    name: 'options that are handed on, whole or spread',
    wrapper: `
import axios from 'axios';
export const get = (path: string, options: object) => axios.get(path, options);
export const post = (path: string, body: object, options: object) => axios.post(path, body, { ...options, headers: {} });`,
    consumer: `
import { get, post } from '@acme/http';
export const a = () => get('a'); // !
export const b = () => get('a', { timeout: 500 });
export const c = () => post('a', {}, {}); // !
export const d = () => post('a', {}, { timeout: 500 });`,
  },
  {
    name: 'a class with methods, whose constructor takes a limit too',
    wrapper: `
import axios, { type AxiosInstance } from 'axios';
export class AcmeHttp {
  readonly #http: AxiosInstance;
  constructor(options: { baseUrl: string; timeoutMs?: number }) {
    this.#http = axios.create({ baseURL: options.baseUrl, timeout: options.timeoutMs });
  }
  async get(path: string, { timeoutMs }: { timeoutMs?: number } = {}) {
    return (await this.#http.get(path, { ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }) })).data;
  }
  private async secret() { return this.#http.get('/secret'); }
}`,
    consumer: `
import { AcmeHttp } from '@acme/http';
const bounded = new AcmeHttp({ baseUrl: 'http://x', timeoutMs: 500 });
export const a = () => bounded.get('a');
export const b = () => new AcmeHttp({ baseUrl: 'http://x' }).get('a', { timeoutMs: 500 });
export const c = (http) => http.get('a');
const bare = new AcmeHttp({ baseUrl: 'http://x' }); // !
export const d = () => bare.get('a');`,
  },
  {
    name: 'a factory of an object of functions',
    wrapper: `
export function createClient({ baseUrl, timeoutMs }: { baseUrl: string; timeoutMs?: number }) {
  async function get(path: string, options: { timeoutMs?: number } = {}) {
    const response = await fetch(baseUrl + path, { signal: AbortSignal.timeout(options.timeoutMs ?? timeoutMs) });
    return response.json();
  }
  return { get };
}`,
    consumer: `
import { createClient } from '@acme/http';
const bounded = createClient({ baseUrl: 'http://x', timeoutMs: 500 });
export const a = () => bounded.get('a');
const bare = createClient({ baseUrl: 'http://x' }); // !
export const b = () => bare.get('a');
export const c = () => bare.get('a', { timeoutMs: 500 });`,
  },
  {
    name: 'clients of a library that are made once, one of them with a limit',
    wrapper: `
import axios from 'axios';
export const http = axios.create({ baseURL: 'http://x' });
export const bounded = axios.create({ timeout: 3000 });`,
    consumer: `
import { http, bounded } from '@acme/http';
export const a = () => http.get('a'); // !
export const b = () => http.post('a', {}, { timeout: 500 });
export const c = () => bounded.get('a');`,
  },
  {
    name: 'a default in the wrapper',
    wrapper: `
import axios from 'axios';
export const send = (path: string, options: { timeoutMs?: number } = {}) => axios.post(path, {}, { timeout: options.timeoutMs ?? 5000 });`,
    consumer: `
import { send } from '@acme/http';
export const a = () => send('a');
export const b = () => send('a', { timeoutMs: 500 });`,
  },
  {
    name: 'a client that can only be bounded as a whole',
    wrapper: `
import Redis from 'ioredis';
export class Cache {
  readonly #redis: Redis;
  constructor(options: { timeoutMs?: number }) { this.#redis = new Redis({ commandTimeout: options.timeoutMs }); }
  get(key: string) { return this.#redis.get(key); }
}
export const createCache = (options: { timeoutMs?: number }) => new Cache(options);`,
    consumer: `
import { Cache, createCache } from '@acme/http';
export const bare = new Cache({}); // !
export const bounded = createCache({ timeoutMs: 500 });
export const also = createCache({}); // !
export const a = () => bounded.get('a');`,
  },
];

describe('a drafted model', () => {
  it.each(cases)('of $name makes the linter report what is unbounded, and nothing else', async ({ wrapper, consumer }) => {
    const { exit, model } = await draft(wrapper);
    expect(exit).toBe(0);
    const wanted = consumer.split('\n').flatMap((line, i) => (line.endsWith('// !') ? [i + 1] : []));
    expect(reportedIn(consumer, model), JSON.stringify(model, null, 1)).toEqual(wanted);
  });

  it('names the package, its version, and the file that was read', async () => {
    const { model, out } = await draft(cases[0]!.wrapper);
    expect(model).toMatchObject({ packages: ['@acme/http'], kind: 'http', checked: ['3.2.0'], sources: { code: 'src/index.ts' }, verified: 'source' });
    expect(out).toContain('"$schema": "./node_modules/eslint-plugin-resilience/docs/schemas/models.json"');
    expect((await draft(cases[0]!.wrapper, { package: '@acme/other' })).model.packages).toEqual(['@acme/other']);
  });

  it('takes the kind and the effects from what is called', async () => {
    const { model } = await draft(cases[7]!.wrapper);
    expect(model).toMatchObject({ kind: 'cache', clients: { cache: { operations: { get: { effect: 'read' } } } } });
  });

  it('keeps what a call answers when the thing is missing, and how often it tries again', async () => {
    const { model } = await draft(`
import axios from 'axios';
export async function find(path: string, options: { timeoutMs?: number } = {}) {
  for (let i = 0; i < 3; i++) {
    try {
      const response = await axios.get(path, { timeout: options.timeoutMs });
      if (response.status === 404) return null;
      return response.data;
    } catch (error) {
      if (i === 2) throw error;
    }
  }
}`);
    expect(model).toMatchObject({ exports: { find: { is: 'operation', empty: { path: '', value: 'null' } } }, retry: { retries: 2, backoff: 'none' } });
  });

  it('reads CommonJS', async () => {
    const { model } = await draft({ ...PACKAGE, 'src/index.cjs': "const axios = require('axios');\nmodule.exports = { get: (path, options) => axios.get(path, { timeout: options.timeoutMs }) };\n" }, { file: 'src/index.cjs' });
    expect(model.exports).toEqual({ get: { is: 'operation', effect: 'read', options: { at: [1] } } });
  });

  it('reads what another file of the package does', async () => {
    const { model } = await draft({ ...PACKAGE, 'src/index.ts': "export { get } from './get.js';\n", 'src/get.ts': "import axios from 'axios';\nexport const get = (path: string, options: { ms?: number } = {}) => axios.get(path, { timeout: options.ms });\n" });
    expect(model.bounds?.[0]).toMatchObject({ path: 'ms' });
  });

  it('is a piece of a configuration with --format js', async () => {
    const { out } = await draft(cases[0]!.wrapper, { format: 'js' });
    const { default: config } = (await import(`data:text/javascript,${encodeURIComponent(out)}`)) as { default: [{ settings: { resilience: { models: [UserModel] } } }] };
    expect(readUserModels(config[0].settings.resilience.models).errors).toEqual([]);
    expect(reportedIn(cases[0]!.consumer, config[0].settings.resilience.models[0])).toEqual([3]);
  });
});

describe('what cannot be told is left out, and noted', () => {
  it.each<[name: string, code: string, note: string]>([
    ['a call that bounds itself', "export const fixed = (path: string) => axios.get(path, { timeout: 500 });", 'fixed: left out: it bounds itself'],
    ['a limit by position', 'export const get2 = (path: string, ms: number) => axios.get(path, { timeout: ms });', 'get2: left out: only a limit by position bounds it'],
    ['a limit from elsewhere', "import { limits } from 'limits';\nexport const get2 = (path: string) => axios.get(path, limits.of(path));", 'get2: left out: what bounds `axios.get` (line 4) cannot be told'],
    ['a second options argument', 'export const get2 = (path: string, one: { ms?: number }, two: { signal?: AbortSignal }) => axios.get(path, { timeout: one.ms, signal: two.signal });', 'get2: `signal` of argument 3 is left out'],
    ['a wait that grows', "export async function get2(path: string, o: { ms?: number }) {\n  for (let i = 0; i < 3; i++) {\n    try { return await axios.get(path, { timeout: o.ms }); } catch (error) { if (i === 2) throw error; await new Promise((r) => setTimeout(r, 100 * 2 ** i)); }\n  }\n}", 'get2: makes up to 3 attempts with a wait between'],
    ['a module that is handed on', "export * from './other.js';", "export * from './other.js': not read"],
    ['an interceptor', "export const http = axios.create({});", 'http: what interceptors or assigned defaults change is not read'],
  ])('%s', async (_, code, note) => {
    const { err, model } = await draft(`import axios from 'axios';\nexport const known = (path: string, o: { ms?: number } = {}) => axios.get(path, { timeout: o.ms });\n${code}\n`);
    expect(err).toContain(`note: ${note}`);
    expect(Object.keys(model.exports ?? {})).toContain('known');
  });
});

describe('what cannot be drafted', () => {
  it.each<[name: string, files: Readonly<Record<string, string>>, options: Partial<ModelOptions>, message: string]>([
    ['no such file', PACKAGE, {}, 'src/index.ts: no such file. Paths are read from '],
    ['a folder', { ...PACKAGE, 'src/index.ts': '' }, { file: 'src' }, 'src is a folder: name the file that exports the wrapper, as in src'],
    ['a file that cannot be parsed', { ...PACKAGE, 'src/index.ts': 'export const = 1;' }, {}, 'src/index.ts cannot be parsed'],
    ['no export', { ...PACKAGE, 'src/index.ts': "import axios from 'axios';\nvoid axios.get('x');\n" }, {}, 'src/index.ts exports nothing: name the file from which consumers take the wrapper.'],
    ['nothing that calls out', { ...PACKAGE, 'src/index.ts': 'export const add = (a: number, b: number) => a + b;\n' }, {}, 'src/index.ts: nothing that it exports makes a call that a model can be drafted of.'],
    ['only what bounds itself', { ...PACKAGE, 'src/index.ts': "import axios from 'axios';\nexport const get = () => axios.get('x', { timeout: 5 });\n" }, {}, 'note: get: left out: it bounds itself'],
    ['a package without a name', { 'package.json': '{}', 'src/index.ts': "import axios from 'axios';\nexport const get = (o: { ms?: number }) => axios.get('x', { timeout: o.ms });\n" }, {}, 'no package.json above it has a name. Say which package its consumers import: --package @acme/http.'],
  ])('%s', async (_, files, options, message) => expect(await draft(files, options)).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(message) }));
});
