import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkClient } from './client.mjs';
import { judge } from './judge.mjs';
import { checkPolicy } from './policy.mjs';
import { declarationsOf } from './program.mjs';
import { lowestMajor, newestChecked, rangesOf } from './versions.mjs';

const SCRATCH = fileURLToPath(new URL('../../.tmp/', import.meta.url));
mkdirSync(SCRATCH, { recursive: true });
const folder = mkdtempSync(join(SCRATCH, 'shape-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function declare(name, text, type = 'commonjs') {
  const at = join(folder, 'node_modules', name);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version: '1.0.0', type, types: 'index.d.ts', main: 'index.js' }));
  writeFileSync(join(at, 'index.d.ts'), text);
  return declarationsOf(folder, [name]);
}

const library = declare('shop', `
  export interface Options { timeout?: number; retry?: { limit?: number }; dispatcher?: Agent; hooks?: any }
  export interface Wait { ms?: number }
  export declare class Agent { constructor(options?: { headersTimeout?: number }); close(): void }
  export declare class Lent { release(): void; query(text: string): Promise<string[]> }
  export declare class Query { then<T>(done: (rows: string[]) => T): Promise<T>; timeout(wait: Wait | number): this; where(name: string): Query }
  export declare class Client {
    constructor(url: string, options?: Options);
    get(url: string): Promise<string>;
    get(url: string, options: { signal?: AbortSignal } | { abort?: boolean }): Promise<string>;
    users: { list(options?: Options): Promise<string[]> };
    name: string;
    select(): Query;
    connect(): Promise<Lent>;
    transaction<T>(run: (lent: Lent) => Promise<T>): Promise<T>;
    close(): void;
  }
  export declare function create(options: Options): Promise<Client>;
  export declare const loose: any;
`);

const MODEL = {
  id: 'shop', packages: ['shop'], checked: ['1.0.0'], exports: { Client: { is: 'class', makes: 'client', options: { at: [1] } } },
  clients: { client: { title: 'client', operations: { get: { options: { at: [1] }, effect: 'read' } }, perCall: true } }, bounds: [],
};
const withShape = (more) => ({ ...MODEL, clients: { ...MODEL.clients, client: { ...MODEL.clients.client, ...more } } });
const bound = (path, ...at) => ({ ...MODEL, bounds: [{ path, at }], exports: { ...MODEL.exports, Agent: { is: 'options', options: { at: [0] } } } });

/** What became of the paths, without those of the plain model. */
function outcomes(model, declared = library) {
  return Object.fromEntries(checkClient(model, declared, '1.0.0').map(({ what, outcome }) => [what, outcome]));
}

describe('what is there', () => {
  it.each([
    ['an export', { ...MODEL, exports: { ...MODEL.exports, create: { is: 'factory', makes: 'client', options: { at: [0] } } } }, 'export create'],
    ['an export by part of its name', { ...MODEL, exports: { '*ient': MODEL.exports.Client } }, 'export *ient'],
    ['the default of a CommonJS package', { ...MODEL, exports: { 'default.Client': MODEL.exports.Client } }, 'export default.Client'],
    ['an operation', MODEL, 'operation client.get'],
    ['an operation below', withShape({ operations: { 'users.list': { effect: 'read' } } }), 'operation client.users.list'],
    ['an operation by a star', withShape({ operations: { 'users.*': { effect: 'read' } } }), 'operation client.users.*'],
    ['an operation at any depth', withShape({ operations: { '**': { effect: 'read' } } }), 'operation client.**'],
    ['what a promise is kept with', { ...withShape({ members: { connect: { is: 'factory', makes: 'lent' } } }), clients: { ...withShape({ members: { connect: { is: 'factory', makes: 'lent' } } }).clients, lent: { title: 'lent', operations: { query: { effect: 'read' } } } } }, 'operation lent.query'],
    ['what a function is handed', { ...MODEL, clients: { client: { ...MODEL.clients.client, operations: { transaction: { effect: 'unknown', hands: { argument: 0, client: 'lent' } } } }, lent: { title: 'lent', operations: { query: { effect: 'read' } } } } }, 'operation lent.query'],
    ['a harmless name', withShape({ harmless: ['close'] }), 'harmless client.close'],
    ['a harmless name below', withShape({ harmless: ['list'] }), 'harmless client.list'],
    ['a type', withShape({ types: ['Client'] }), 'type Client'],
    ['an option of the client', bound('timeout', 'client'), 'bound client timeout'],
    ['an option below', bound('retry.limit', 'client'), 'bound client retry.limit'],
    ['an option of one overload and one constituent', bound('abort', 'call'), 'bound call abort'],
    ['an option through another client', bound('dispatcher.headersTimeout', 'client'), 'bound client dispatcher.headersTimeout'],
    ['a position', MODEL, 'position client.get options 1'],
    ['a chained limit', withShape({ operations: { select: { effect: 'read', chained: [{ method: 'timeout', path: 'ms', covers: 'total' }] } } }), 'chained timeout ms'],
    ['an edit', { ...MODEL, edits: [{ at: 'client', path: 'timeout', value: 'ms' }] }, 'edit client timeout'],
    ['a way to give back', { ...MODEL, lends: [{ client: 'client', call: 'connect', returned: [{ by: 'method', name: 'release' }] }] }, 'loan client.connect returned by release'],
  ])('%s', (_, model, what) => {
    expect(outcomes(model)).toHaveProperty([what], 'found');
  });
});

describe('what is not there', () => {
  it.each([
    ['an export', { ...MODEL, exports: { ...MODEL.exports, Pool: { is: 'class', makes: 'client' } } }, 'export Pool'],
    ['a class that is a function', { ...MODEL, exports: { create: { is: 'class', makes: 'client' } } }, 'export create'],
    ['an operation', withShape({ operations: { fetch: { effect: 'read' } } }), 'operation client.fetch'],
    ['an operation that is a text', withShape({ operations: { name: { effect: 'read' } } }), 'operation client.name'],
    ['an operation below', withShape({ operations: { 'users.find': { effect: 'read' } } }), 'operation client.users.find'],
    ['an operation by a star', withShape({ operations: { 'user*.find*': { effect: 'read' } } }), 'operation client.user*.find*'],
    ['a client that is called', withShape({ operations: { '': { effect: 'read' } } }), 'operation client.'],
    ['a member', withShape({ members: { pool: { is: 'chain', client: 'client' } } }), 'member client.pool'],
    ['a harmless name', withShape({ harmless: ['destroy'] }), 'harmless client.destroy'],
    ['a type', withShape({ types: ['ClientBase'] }), 'type ClientBase'],
    ['an option of the client', bound('timeuot', 'client'), 'bound client timeuot'],
    ['an option of the client, written in a call', bound('timeout', 'call'), 'bound call timeout'],
    ['an option below', bound('retry.max', 'client'), 'bound client retry.max'],
    ['an option through another client', bound('dispatcher.bodyTimeout', 'client'), 'bound client dispatcher.bodyTimeout'],
    ['a position', withShape({ operations: { get: { options: { at: [2] }, effect: 'read' } } }), 'position client.get options 2'],
    ['a chained method', withShape({ operations: { select: { effect: 'read', chained: [{ method: 'deadline', path: '', covers: 'total' }] } } }), 'chained deadline'],
    ['a signal', { ...MODEL, signal: { path: 'signl', at: ['call'] } }, 'signal call signl'],
    ['an edit', { ...MODEL, edits: [{ at: 'client', path: 'retry.timeout', value: 'ms' }] }, 'edit client retry.timeout'],
    ['a retry option', { ...MODEL, retry: { retries: 1, option: 'retry.count', methods: 'all' } }, 'retry retry.count'],
    ['a pool option', { ...MODEL, pool: [{ limits: 'size', path: 'max' }] }, 'pool max'],
    ['a way to give back', { ...MODEL, lends: [{ client: 'client', call: 'connect', returned: [{ by: 'method', name: 'free' }] }] }, 'loan client.connect returned by free'],
    ['a mutator', { ...MODEL, mutators: [{ by: 'call', path: 'setDefaults' }] }, 'mutator call setDefaults'],
  ])('%s', (_, model, what) => {
    expect(outcomes(model)).toHaveProperty([what], 'absent');
  });

  it('a default, of a module that has none', () => {
    const esm = declare('shop-esm', 'export declare function get(): Promise<string>;', 'module');
    expect(outcomes({ ...MODEL, exports: { default: { is: 'factory', makes: 'client' } } }, esm)).toHaveProperty(['export default'], 'absent');
  });
});

describe('what stands in another place', () => {
  const made = declare('shop-made', `
    export declare class Provider { constructor(url: string, options?: { timeout?: number }); send(): void }
    export declare class Client { constructor(provider: Provider); get(): Promise<string> }
    export declare class Rows { filter(filter: object, options?: { limit?: number }): Cursor }
    export declare class Cursor { all(): Promise<string[]>; most(ms: number): Cursor }
    declare class Shop { rows(): Rows }
    export default Shop;
  `);
  const shape = (operations, more = {}) => ({ title: 'shape', operations, perCall: true, ...more });

  it('options of what is handed in whole', () => {
    const model = { ...MODEL, exports: { Client: { is: 'class', makes: 'client', options: { at: [0] } }, Provider: { is: 'options', options: { at: [1] } } } };
    expect(outcomes({ ...model, bounds: [{ path: 'timeout', at: ['client'] }, { path: 'gone', at: ['client'] }] }, made)).toMatchObject({ 'bound client timeout': 'found', 'bound client gone': 'absent' });
  });

  it('options of the step before, and of the step itself', () => {
    const before = (method, path, argument) => ({ method, path, argument, before: true, covers: 'total' });
    const chained = [before('filter', 'limit', 1), before('filter', 'gone', 1), before('most', ''), before('least', '')];
    const clients = { client: shape({}, { members: { filter: { is: 'chain', client: 'cursor' } }, types: ['Rows'] }), cursor: shape({ all: { effect: 'read', chained } }, { members: { '*': { is: 'chain', client: 'cursor' } } }) };
    expect(outcomes({ ...MODEL, exports: {}, clients }, made)).toMatchObject({ 'chained filter limit': 'found', 'chained filter gone': 'absent', 'chained most': 'found', 'chained least': 'absent' });
  });

  it('a second argument with options of its own', () => {
    const pooled = declare('shop-pooled', 'export declare class Client { constructor(options: { timeout?: number }, pool?: { max?: number }); get(): Promise<string> }');
    const model = { ...MODEL, exports: { Client: { is: 'class', makes: 'client', options: { at: [0] }, more: { at: [1] } } }, pool: [{ limits: 'size', path: 'max' }, { limits: 'wait', path: 'gone' }] };
    expect(outcomes(model, pooled)).toMatchObject({ 'pool max': 'found', 'pool gone': 'absent', 'position export Client more 1': 'found' });
  });

  it('what a client takes from the one that it is made from', () => {
    const model = { ...MODEL, exports: { Client: { is: 'class', makes: 'client', options: { at: [1] }, from: { at: [0] } } }, pool: [{ limits: 'size', path: 'max' }] };
    expect(outcomes(model)).toMatchObject({ 'pool max': 'skipped' });
  });

  it('the type of a default by the name of its class', () => {
    const clients = { client: shape({}, { types: ['Shop', 'Shops'] }) };
    expect(outcomes({ ...MODEL, exports: {}, clients }, made)).toMatchObject({ 'type Shop': 'found', 'type Shops': 'absent' });
  });
});

describe('what nothing can be said of', () => {
  it('any passes nothing', () => {
    const model = { ...bound('hooks.deep', 'client'), exports: { ...MODEL.exports, loose: { is: 'operation', effect: 'read' } } };
    expect(outcomes(model)).toMatchObject({ 'bound client hooks.deep': 'untyped' });
  });

  it('no declarations', () => {
    expect(outcomes(MODEL, declarationsOf(folder, ['not-there']))).toEqual({ 'export *': 'untyped' });
  });

  it('a bound of other versions is not asked', () => {
    expect(outcomes({ ...MODEL, bounds: [{ path: 'gone', at: ['client'], versions: '<1' }] })).not.toHaveProperty(['bound client gone']);
  });
});

describe('policies', () => {
  const declared = declare('guard', `
    export interface Options { attempts?: number; wait?: number }
    export interface Context { signal: AbortSignal }
    declare function guard<T>(run: () => Promise<T>, options?: Options): Promise<T>;
    export default guard;
    export declare function policy(ms: number): { execute<T>(run: (context: Context) => Promise<T>): Promise<T> };
  `);
  const found = (exports, retry) =>
    Object.fromEntries(checkPolicy({ id: 'guard', packages: ['guard'], exports, ...(retry === undefined ? {} : { retry }) }, declared, '1.0.0').map(({ what, outcome }) => [what, outcome]));

  it('takes what is there', () => {
    expect(found({ default: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } } }, { option: 'attempts', delay: ['wait'] })).toMatchObject({ 'export default': 'found', 'retry attempts': 'found', 'retry wait': 'found' });
    expect(found({ policy: { does: 'makes-policy', limit: { argument: { at: [0] }, path: '' }, runs: { methods: ['execute'], signal: 'signal' } } })).toMatchObject({ 'run execute of policy': 'found', 'run execute of policy hands signal': 'found' });
  });

  it('takes a policy that nobody has to make', () => {
    const ready = declare('guard-ready', 'export declare const noop: { execute<T>(run: () => T): Promise<T> }; export declare const none: { stop(): void };');
    const model = { id: 'guard', packages: ['guard'], exports: { noop: { does: 'passes', runs: { methods: ['execute'] } }, none: { does: 'passes', runs: { methods: ['execute'] } } } };
    expect(Object.fromEntries(checkPolicy(model, ready, '1.0.0').map(({ what, outcome }) => [what, outcome]))).toMatchObject({ 'run execute of noop': 'found', 'export none': 'absent' });
  });

  it('refuses what is not', () => {
    expect(found({ default: { does: 'passes', retries: true, subject: { at: [3] }, retryOptions: { at: [1] } } }, { option: 'times' })).toMatchObject({ 'subject of default 3': 'absent', 'retry times': 'absent' });
    expect(found({ policy: { does: 'makes-policy', limit: { argument: { at: [0] }, path: 'ms' }, runs: { methods: ['fire'] } } })).toMatchObject({ 'limit ms of policy': 'absent', 'run fire of policy': 'absent' });
  });
});

describe('the judgement', () => {
  const row = (version, ...rows) => ({ model: 'm', package: 'p', version, rows: rows.map(([what, outcome]) => ({ what, outcome })) });

  it('lets a name be in one version only, and no option', () => {
    const { results } = judge([row('1.0.0', ['operation c.get', 'absent'], ['bound call timeout', 'absent']), row('2.0.0', ['operation c.get', 'found'], ['bound call timeout', 'found'])], []);
    expect(results[0]).toMatchObject({ failures: ['bound call timeout'], elsewhere: ['operation c.get: there in p@2.0.0'] });
  });

  it('takes an exception, and tells of one that is not needed', () => {
    const { results, unneeded } = judge([row('1.0.0', ['bound call timeout', 'absent'])], [{ model: 'm', paths: ['bound call timeout', 'bound call idle'] }]);
    expect(results[0]).toMatchObject({ failures: [], leftOut: ['bound call timeout'] });
    expect(unneeded).toEqual([{ model: 'm', path: 'bound call idle' }]);
  });
});

describe('the versions', () => {
  it('takes the lower end of the range, or of what was read', () => {
    expect(lowestMajor({ versions: '>=5 <7', packages: ['p'], checked: ['6.1.0'] }, 'p')).toBe(5);
    expect(lowestMajor({ versions: '<5', packages: ['p'], checked: ['4.1.0 (documentation)', '3.2.0'] }, 'p')).toBe(3);
    expect(lowestMajor({ checked: ['p 8.1.0', 'q 1.2.0'] }, 'p')).toBe(8);
    expect(lowestMajor({ checked: ['q 1.2.0'] }, 'p')).toBeNull();
    expect(lowestMajor({ versions: '>=2', packages: ['p', 'q'], checked: ['p 2.1.0', 'q 3.1.0'] }, 'q')).toBe(3);
    expect(lowestMajor({ versions: '>=2', packages: ['p'], checked: ['p 3.1.0'] }, 'p')).toBe(2);
    expect(newestChecked({ versions: '<9', checked: ['8.1.0', '9.0.0'] }, 'p')).toBe('8.1.0');
    expect(rangesOf({ versions: '<3.1162.0', packages: ['p'], checked: ['3.1161.0'] }, 'p')).toEqual({ lowest: '>=3.0.0 <4.0.0 <3.1162.0', highest: '<3.1162.0' });
  });
});
