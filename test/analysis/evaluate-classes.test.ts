import { afterAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { marked, sourceOf } from '../support/source.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';
import { valueText } from '../support/value-text.js';

afterAll(removeTempProjects);

function valueOf(code: string): string {
  const file = sourceOf(`import axios, { type AxiosInstance } from 'axios'; import { Pool } from 'pg'; import { Redis } from 'ioredis'; import { HttpService } from '@nestjs/axios';\n${code}`);
  return valueText(evaluate(file, marked(file, 'a')));
}

const members: [sentence: string, code: string, value: string][] = [
  ['a field with a value', 'class Orders { http = axios.create({ timeout: 1 }); load() { /*a*/ this.http; } }', 'axios instance ({ timeout: 1 })'],
  ['a private field with a value', 'class Orders { #http = axios.create({ timeout: 1 }); load() { /*a*/ this.#http; } }', 'axios instance ({ timeout: 1 })'],
  ['a field that a private one does not hide', 'class Orders { #ms = 1; ms = 2; load() { /*a*/ this.ms; } }', '2'],
  ['a field that the constructor fills', 'class Orders { http; constructor() { this.http = axios.create({ timeout: 1 }); } load() { /*a*/ this.http; } }', 'axios instance ({ timeout: 1 })'],
  ['a private field that the constructor fills', 'class Orders { #http; constructor() { this.#http = axios.create({ timeout: 1 }); } load() { /*a*/ this.#http; } }', 'axios instance ({ timeout: 1 })'],
  ['a field that a method fills', 'class Orders { pool; connect() { this.pool = new Pool({ max: 5 }); } load() { /*a*/ this.pool; } }', 'pg Pool ({ max: 5 })'],
  ['a field that is emptied again', 'class Orders { pool = new Pool({ max: 5 }); close() { this.pool = null; } load() { /*a*/ this.pool; } }', 'pg Pool ({ max: 5 })'],
  ['a field that is filled twice is either', 'class Orders { ms = 1; slow() { this.ms = 2; } load() { /*a*/ this.ms; } }', '1 | 2'],
  ['a field that is counted is not known', 'class Orders { n = 0; load() { this.n += 1; /*a*/ this.n; } }', '0 | ? mutated'],
  ['a field by ??=', 'class Orders { pool; load() { this.pool ??= new Pool({ max: 5 }); /*a*/ this.pool; } }', 'pg Pool ({ max: 5 })'],
  ['a field by its type only', 'class Orders { http: AxiosInstance; load() { /*a*/ this.http; } }', 'axios instance (? parameter)'],
  ['a field by its type, filled from a parameter', 'class Orders { private readonly http: AxiosInstance; constructor(http) { this.http = http; } load() { /*a*/ this.http; } }', 'axios instance (? parameter)'],
  ['a field by its type, filled from options that may be left out', 'class Orders { private http?: AxiosInstance; constructor(options: Options = {}) { this.http = options.http; } load() { /*a*/ this.http; } }', 'axios instance (? parameter)'],
  ['a field of a type that nobody models', 'class Orders { http: Transport; load() { /*a*/ this.http; } }', '? untyped-receiver'],
  ['a parameter property', 'class Orders { constructor(private readonly http: HttpService) {} load() { /*a*/ this.http; } }', 'Nest HttpService (? injected)'],
  ['a parameter property with a default', 'class Orders { constructor(private readonly ms = 5000) {} load() { /*a*/ this.ms; } }', 'parameter 0 | 5000'],
  ['a parameter property of a type that nobody models', 'class Orders { constructor(private readonly ms: number) {} load() { /*a*/ this.ms; } }', 'parameter 0'],
  ['a parameter that the constructor keeps', 'class Orders { constructor(options) { this.options = options; } load() { /*a*/ this.options; } }', 'parameter 0'],
  ['a member of a parameter that the constructor keeps', 'class Orders { constructor({ pool }: { pool: Pool }) { this.pool = pool; } load() { /*a*/ this.pool; } }', 'parameter 0.pool'],
  ['a static field', 'class Orders { static pool = new Pool({ max: 5 }); static load() { /*a*/ Orders.pool; } }', 'pg Pool ({ max: 5 })'],
  ['a static field and a field of one name are two', 'class Orders { static ms = 1; ms = 2; load() { /*a*/ Orders.ms; } }', '1'],
  ['this in a static method is the class', 'class Orders { static pool = new Pool({ max: 5 }); static load() { /*a*/ this.pool; } }', 'pg Pool ({ max: 5 })'],
  ['a method', 'class Orders { load() { /*a*/ this.load; } }', 'function'],
  ['a getter', 'class Orders { get http() { return axios.create({ timeout: 1 }); } load() { /*a*/ this.http; } }', 'axios instance ({ timeout: 1 })'],
  ['a getter of a private field', 'class Orders { #pool = new Pool({ max: 5 }); get pool() { return this.#pool; } load() { /*a*/ this.pool; } }', 'pg Pool ({ max: 5 })'],
  ['a setter alone gives nothing back', 'class Orders { set ms(ms) { this.limit = ms; } load() { /*a*/ this.ms; } }', 'undefined'],
  ['a field that is an arrow', 'class Orders { load = () => { /*a*/ this.pool; }; pool = new Pool({ max: 5 }); }', 'pg Pool ({ max: 5 })'],
  ['this in an arrow within a method', 'class Orders { pool = new Pool({ max: 5 }); load() { [1].map(() => { /*a*/ this.pool; }); } }', 'pg Pool ({ max: 5 })'],
  ['this in a function within a method is another one', 'class Orders { pool = new Pool({ max: 5 }); load() { [1].map(function () { /*a*/ this.pool; }); } }', '? untyped-receiver'],
  ['a nested class has its own this', 'class Orders { ms = 1; load() { return class { ms = 2; run() { /*a*/ this.ms; } }; } }', '2'],
  ['a field that is not there', 'class Orders { load() { /*a*/ this.missing; } }', 'undefined'],
  ['a field with a quoted name', "class Orders { 'ms' = 1; load() { /*a*/ this['ms']; } }", '1'],
  ['a field with a computed name is not known', 'class Orders { [name] = 1; load() { /*a*/ this.ms; } }', '? untyped-receiver'],
  ['a field that Object.assign may have made', 'class Orders { constructor(options) { Object.assign(this, options); } load() { /*a*/ this.ms; } }', '? untyped-receiver'],
  ['a field that a computed key may have made', 'class Orders { set(key, value) { this[key] = value; } load() { /*a*/ this.ms; } }', '? untyped-receiver'],
  ['a field that a decorator may have made', '@Injectable() class Orders { load() { /*a*/ this.ms; } }', '? untyped-receiver'],
  ['this in a static block is the class', 'class Orders { static pool = new Pool({ max: 5 }); static { /*a*/ this.pool; } }', 'pg Pool ({ max: 5 })'],
  ['this kept under another name', 'class Orders { pool = new Pool({ max: 5 }); load() { const self = this; /*a*/ self.pool; } }', 'pg Pool ({ max: 5 })'],
  ['fields that are destructured from this', 'class Orders { pool = new Pool({ max: 5 }); load() { const { pool } = this; /*a*/ pool; } }', 'pg Pool ({ max: 5 })'],
];

const objects: [sentence: string, code: string, value: string][] = [
  ['a field of an object that is made here', 'class Orders { pool = new Pool({ max: 5 }); } const orders = new Orders(); /*a*/ orders.pool;', 'pg Pool ({ max: 5 })'],
  ['a parameter of the constructor is what is passed', 'class Orders { constructor(options) { this.options = options; } } const orders = new Orders({ timeout: 1 }); /*a*/ orders.options;', '{ timeout: 1 }'],
  ['a parameter property is what is passed', 'class Orders { constructor(private readonly ms: number) {} } /*a*/ new Orders(5).ms;', '5'],
  ['a client that the constructor makes of its parameter', 'class Orders { constructor(ms) { this.http = axios.create({ timeout: ms }); } } const orders = new Orders(5); /*a*/ orders.http;', 'axios instance ({ timeout: 5 })'],
  ['a client that the constructor makes of a parameter nobody passes', 'class Orders { constructor(ms) { this.http = axios.create({ timeout: ms }); } } const orders = new Orders(); /*a*/ orders.http;', 'axios instance ({ timeout: undefined })'],
  ['an object of a class by a type annotation', 'class Orders { pool = new Pool({ max: 5 }); } function load(orders: Orders) { /*a*/ orders.pool; }', 'pg Pool ({ max: 5 })'],
  ['an object of a class that the constructor of another one gets', 'class Orders { pool = new Pool({ max: 5 }); } class Api { constructor(private orders: Orders) {} load() { /*a*/ this.orders.pool; } }', 'pg Pool ({ max: 5 })'],
  ['a class expression', 'const Orders = class { pool = new Pool({ max: 5 }); }; /*a*/ new Orders().pool;', 'pg Pool ({ max: 5 })'],
  ['an object that a constructor function makes is not known', 'function Orders() { this.pool = 1; } /*a*/ new Orders();', '? opaque-call'],
];

const bases: [sentence: string, code: string, value: string][] = [
  ['a field of a base class', 'class Base { pool = new Pool({ max: 5 }); } class Orders extends Base { load() { /*a*/ this.pool; } }', 'pg Pool ({ max: 5 })'],
  ['a field that hides that of its base class', 'class Base { ms = 1; } class Orders extends Base { ms = 2; load() { /*a*/ this.ms; } }', '2'],
  ['a field two base classes up', 'class Root { ms = 1; } class Base extends Root {} class Orders extends Base { load() { /*a*/ this.ms; } }', '1'],
  ['a static field of a base class', 'class Base { static ms = 1; } class Orders extends Base {} /*a*/ Orders.ms;', '1'],
  ['a field of a base class that is made of its parameter', 'class Base { constructor(ms) { this.http = axios.create({ timeout: ms }); } } class Orders extends Base { constructor() { super(5); } load() { /*a*/ this.http; } }', 'axios instance ({ timeout: 5 })'],
  ['a base class that is not known', 'class Orders extends Transport { load() { /*a*/ this.http; } }', '? untyped-receiver'],
  ['a base class that a call makes is not known', 'class Orders extends mixin(Base) { load() { /*a*/ this.http; } }', '? untyped-receiver'],
  ['a class that extends itself', 'class Orders extends Orders { load() { /*a*/ this.http; } }', '? untyped-receiver'],
  ['classes that extend each other', 'class A extends B { load() { /*a*/ this.http; } } class B extends A {}', '? untyped-receiver'],
  ['a field of a base class that gets what its maker passes', 'class Base { constructor(ms) { this.http = axios.create({ timeout: ms }); } } class Orders extends Base {} /*a*/ new Orders(5).http;', 'axios instance ({ timeout: 5 })'],
  ['a field of a base class through the constructor of a subclass', 'class Base { constructor(ms) { this.http = axios.create({ timeout: ms }); } } class Orders extends Base { constructor(ms) { super(ms); } } /*a*/ new Orders(5).http;', 'axios instance ({ timeout: 5 })'],
  ['a client class that is extended', 'class Cache extends Redis {} const cache = new Cache({ commandTimeout: 1 }); /*a*/ cache;', 'ioredis client ({ commandTimeout: 1 })'],
  ['a client class whose subclass passes options on', 'class Cache extends Redis { constructor(options) { super({ ...options, commandTimeout: 1 }); } } /*a*/ new Cache({ db: 1 });', 'ioredis client ({ db: 1, commandTimeout: 1 })'],
  ['a client class whose subclass sets options', 'class Cache extends Redis { constructor() { super({ commandTimeout: 1 }); } } /*a*/ new Cache();', 'ioredis client ({ commandTimeout: 1 })'],
  ['a client class whose subclass takes a parameter', 'class Cache extends Redis { constructor(ms) { super({ commandTimeout: ms }); } } /*a*/ new Cache(5);', 'ioredis client ({ commandTimeout: 5 })'],
  ['a method of a client class in its subclass', "class Cache extends Redis { constructor() { super({ commandTimeout: 1 }); } load() { /*a*/ this.get; } }", 'ioredis client ({ commandTimeout: 1 }).get'],
  ['a method that hides that of the client class', 'class Cache extends Redis { get() {} load() { /*a*/ this.get; } }', 'function'],
  ['a subclass of a subclass of a client class', 'class Base extends Redis { constructor() { super({ commandTimeout: 1 }); } } class Cache extends Base {} /*a*/ new Cache();', 'ioredis client ({ commandTimeout: 1 })'],
];

describe('a member of a class evaluates', () => {
  it.each(members)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});

describe('an object of a class evaluates', () => {
  it.each(objects)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});

describe('a class with a base evaluates', () => {
  it.each(bases)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });

  it('a base class of another file', () => {
    const project = tempProject({
      'base.ts': "import axios from 'axios';\nexport abstract class ApiClient { protected readonly http = axios.create({ timeout: 5000 }); }",
      'orders.ts': "import { ApiClient } from './base.js';\nexport class Orders extends ApiClient { load() { /*a*/ this.http; } }",
    });
    const file = project.file('orders.ts');
    expect(valueText(evaluate(file, marked(file, 'a')))).toBe('axios instance ({ timeout: 5000 })');
  });

  it('a client class that a file of the project extends', () => {
    const project = tempProject({
      'redis.ts': "import { Redis as Client } from 'ioredis';\nexport class Redis extends Client { constructor(url: string) { super(url, { commandTimeout: 500 }); } }",
      'cache.ts': "import { Redis } from './redis.js';\n/*a*/ new Redis('redis://cache');",
    });
    const file = project.file('cache.ts');
    expect(valueText(evaluate(file, marked(file, 'a')))).toContain('commandTimeout: 500');
  });
});

describe('an object that is made of another one like it', () => {
  const options = 'class Options { constructor(defaults) { this.timeout = defaults.timeout; } }\n';

  it.each([
    ['a parameter that is written again', 'export function create(options) { const extend = () => { options = new Options(options); }; return () => { /*a*/ options.timeout; }; }', 'parameter 0.timeout | ? depth'],
    ['a variable of the module', 'let options = new Options({ timeout: 1 });\nfunction extend() { options = new Options(options); }\nfunction load() { /*a*/ options.timeout; }', '1 | ? depth'],
    ['a member of what it becomes a member of', 'export function create(defaults) { defaults = { options: new Options(defaults.options) }; return () => { /*a*/ defaults.options.timeout; }; }', 'parameter 0.options.timeout | ? depth'],
  ])('ends: %s', (_name, code, value) => {
    expect(valueOf(options + code)).toBe(value);
  });
});
