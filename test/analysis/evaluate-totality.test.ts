import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { readOption } from '../../src/analysis/options.js';
import { factsOfFile } from '../../src/facts/file-facts.js';
import { nodesOf, sourceOf } from '../support/source.js';
import { valueText } from '../support/value-text.js';

const odd: [sentence: string, code: string][] = [
  ['nothing', ''],
  ['only a comment', '// nothing\n'],
  ['a class without members', 'class Empty {} new Empty().missing();'],
  ['a class with every kind of member', 'class Odd { static { this.x = 1; } static #y = 2; accessor z = 3; get w() { return this.z; } set w(v) {} [Symbol.iterator]() {} async *items() { yield* this; } constructor(readonly a: string, b?: number, ...c: unknown[]) {} declare d: string; e!: number; abstract: boolean; }'],
  ['an abstract class', 'abstract class Base { abstract load(): void; protected constructor(); } class Sub extends Base { load() { super.load(); } }'],
  ['a class that extends null', 'class Odd extends null { x = super.y; load() { return this.x; } }'],
  ['a class that extends a call', 'class Odd extends mixin(A, B) { load() { this.get(); } }'],
  ['a class that extends itself', 'class A extends A { load() { this.x.get(); } } new A().y;'],
  ['classes that extend each other', 'class A extends B {} class B extends C {} class C extends A { load() { fetch(this.url, this.options); } } new A().load();'],
  ['decorators everywhere', '@Module({ imports: [HttpModule] }) class A { @Input() x = 1; @Post() load(@Body() body: unknown) { return this.x; } }'],
  ['enums and namespaces', 'enum A { X = 1, Y = A.X << 1, Z = `t`.length } const enum B { X = "x" } namespace N.M { export const z = fetch; } declare module "m" { export function f(): void; } N.M.z(A.X, B.X);'],
  ['overloads and ambient functions', 'function f(a: string): void; function f(a: number): void; function f(a: any) {} declare function g(): void; f(1); g();'],
  ['generators and async generators', 'async function* g() { for await (const x of g()) yield x; const y = yield* g(); return y; } g().next();'],
  ['labels, with a switch in a loop', 'outer: for (const a of b) { switch (a) { default: continue outer; case 1: break outer; } }'],
  ['destructuring of everything', 'const { a: [{ b: { c = d } = e }, ...f], ...g } = h; for (const { x = y } of z) x(); try { a } catch ({ message }) { message(); }'],
  ['defaults that refer to each other', 'function f(a = b, b = a, { c = f(a) } = {}) { return f(c); } f();'],
  ['optional chains', 'a?.b?.[c]?.(d)?.e!.f; delete a?.b; new (a?.b)();'],
  ['tagged templates', 'tag`a${b}c`; a.b`c`; a`b``c`; String.raw`\\u`;'],
  ['meta properties and dynamic imports', 'import.meta.url; function f() { return new.target.x(); } import("x").then((m) => m.default()); import(y); await import(`z`, { with: { type: "json" } });'],
  ['a spread of everything', 'f(...a, ...b); [...c, ...d]; ({ ...e, ...f() }); new G(...h);'],
  ['getters and setters and computed keys', 'const o = { get a() { return this.b; }, set a(v) { this.b = v; }, [x]: 1, ["y"]: 2, 3: 4, async *z() {}, __proto__: null }; o.a; o[x]; o[3];'],
  ['keys that every object has', 'const o = {}; o.constructor(); o.__proto__.x(); o.hasOwnProperty("x"); o.toString().length; const { constructor } = o;'],
  ['a package whose members have the names of Object.prototype', "import axios, { constructor, toString, __proto__ } from 'axios'; axios.constructor(); axios.hasOwnProperty('x'); axios.__proto__.get(); toString(); new constructor(); __proto__.x();"],
  ['commands with the names of Object.prototype', "import Redis from 'ioredis'; const redis = new Redis(); redis.constructor(); redis.__proto__(); redis.hasOwnProperty('x'); redis.valueOf();"],
  ['members of primitive values', "''.x.y(); (1).toFixed(); null?.x; undefined?.y(); true.z; /r/.exec('').index; 10n.x;"],
  ['every operator', 'a + b; a - b; a ** b; a << b; a in b; a instanceof b; a ?? b; a ||= b; a &&= b; a ??= b; a **= b; a++; --b; typeof a; void a; ~a; !a; (a, b);'],
  ['JSX', 'const x = <A b={fetch(c)} {...d}>{e}</A>;'],
  ['type assertions', 'const a = <T,>(b: T) => b as unknown as string; (a satisfies Function)!; a<string>("x"); let c = b!;'],
  ['import and export forms', "import a, * as b from 'x'; import { c as d, type e } from 'y'; import type f from 'z'; import g = require('w'); import h = b.c; export * from 'x'; export * as i from 'y'; export { d as default, a as 'quoted name' }; export import j = b.c;"],
  ['CommonJS forms', "'use strict'; module.exports = exports = { a: require('./a'), ...require('b') }; exports.c = module.exports.a; module.exports.default = module.exports; Object.defineProperty(exports, 'x', { get: function () { return y; } });"],
  ['a variable that is all of itself', 'let a = a; const b = { b }; var c = [c]; const d = () => d()(); const e = (f) => f(f); e(e); d();'],
  ['objects that hold each other', 'const a = { b: null }; const b = { a }; a.b = b; a.b.a.b.a.b; fetch(a, b); fetch(url, a.b.a);'],
  ['a controller in odd places', 'new AbortController().signal; const { signal } = new AbortController(); class A { c = new AbortController(); s = this.c.signal; } [new AbortController()].map((c) => c.abort()); fetch(u, { signal });'],
  ['a shadowed world', 'const Promise = 1, setTimeout = 2, AbortSignal = 3, fetch = 4, process = 5, globalThis = 6, Object = 7; Promise.race([fetch()]); AbortSignal.timeout(1); process.env.X; globalThis.fetch(); Object.assign({}, {});'],
  ['this at the top and in functions', 'this.x; function f() { this.y(); return () => this.z(); } const o = { m() { this.w(); }, n: () => this.v() };'],
  ['super in objects', 'const o = { m() { return super.m(); } }; o.m();'],
  ['with, sloppy', 'var x = arguments; function f() { return arguments[0](arguments); }'],
];

describe('the analysis neither throws nor hangs on', () => {
  it.each(odd)('%s', (_sentence, code) => {
    const file = sourceOf(code, '/project/odd.tsx');
    for (const node of nodesOf(file)) {
      const value = evaluate(file, node);
      expect(value.kind).toBeTypeOf('string');
      void valueText(value);
      void readOption(value, 'timeout.request');
    }
    const facts = factsOfFile(file);
    expect(facts.unboundedSites()).toBeInstanceOf(Array);
    expect(facts.wholeClients()).toBeInstanceOf(Array);
  });

  it('deep nesting of objects', () => {
    const file = sourceOf(`const o = ${'{ a: '.repeat(400)}1${' }'.repeat(400)}; const v = o${'.a'.repeat(400)}; fetch(url, o);`);
    for (const node of nodesOf(file)) expect(evaluate(file, node).kind).toBeTypeOf('string');
    expect(factsOfFile(file).timeBounds()).toHaveLength(1);
  });

  it('a long chain of names', () => {
    const names = Array.from({ length: 2000 }, (_, i) => `const v${i + 1} = v${i};`).join('\n');
    const file = sourceOf(`const v0 = { timeout: 1 };\n${names}\nfetch(url, v2000);`);
    expect(factsOfFile(file).timeBounds()[0]!.verdict).not.toBe('unbounded');
  });

  it('a long chain of calls', () => {
    const file = sourceOf(`import superagent from 'superagent';\nsuperagent.get(url)${'.set("a", "b")'.repeat(1000)}.end();`);
    expect(factsOfFile(file).timeBounds()).toHaveLength(1);
  });

  it('a long sum', () => {
    const file = sourceOf(`const total = ${Array.from({ length: 3000 }, (_, i) => i).join(' + ')}; fetch(url, { timeout: total });`);
    for (const node of nodesOf(file)) void evaluate(file, node);
    expect(factsOfFile(file).timeBounds()).toHaveLength(1);
  });

  it('functions that branch into each other', () => {
    const functions = Array.from({ length: 24 }, (_, i) => `function f${i}(a) { return a ? f${i + 1}(a) : f${i + 2}({ ...a }); }`).join('\n');
    const file = sourceOf(`${functions}\nfunction f24(a) { return a; }\nfunction f25(a) { return a; }\nfetch(url, f0({ timeout: 1 }));`);
    const started = performance.now();
    expect(factsOfFile(file).timeBounds()).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('spreads that double at each step', () => {
    const steps = Array.from({ length: 40 }, (_, i) => `const o${i + 1} = { ...o${i}, ...(x ? o${i} : load(o${i})), k${i}: o${i} };`).join('\n');
    const file = sourceOf(`const o0 = { a: 1 };\n${steps}\nfetch(url, o40);`);
    const started = performance.now();
    expect(factsOfFile(file).timeBounds()).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('wrappers that forward to each other', () => {
    const wrappers = Array.from({ length: 30 }, (_, i) => `const w${i + 1} = (options) => { w${i}(options); return w${i}({ ...options }); };`).join('\n');
    const file = sourceOf(`const w0 = (options) => fetch(url, options);\n${wrappers}\nw30({});`);
    const { length } = factsOfFile(file).timeBounds();
    expect(length).toBeGreaterThan(0);
    // One a call: they must not double at every level.
    expect(length).toBeLessThanOrEqual(2 * 30 + 2);
  });
});

describe('half-written code', () => {
  it.each([
    ['a class in the making', 'class Orders { constructor(private http: ) {} }'],
    ['a call in the making', "import axios from 'axios'; axios.get('/orders', {"],
    ['an import in the making', "import { } from"],
  ])('%s is refused by the parser, not by us', (_sentence, code) => {
    expect(() => sourceOf(code)).toThrow();
  });
});
