/** Code that is legal, or nearly so, and that nobody writes tests for by hand. */

export interface OddFile {
  readonly title: string;
  readonly path: string;
  readonly code: string;
  /** Plain JavaScript that espree parses too. */
  readonly javascript: boolean;
}

const js = (title: string, code: string, path = 'src/odd.js'): OddFile => ({ title, path, code, javascript: true });
const ts = (title: string, code: string, path = 'src/odd.ts'): OddFile => ({ title, path, code, javascript: false });

const nested = (open: string, middle: string, close: string, depth: number): string => `${open.repeat(depth)}${middle}${close.repeat(depth)}`;

export const ODD_FILES: readonly OddFile[] = [
  js('an empty file', ''),
  js('a file of comments only', '// nothing here\n/* nor here */\n'),
  js('a byte order mark', '\uFEFFfetch("http://a.internal");\n'),
  js('a hashbang', '#!/usr/bin/env node\nfetch("http://a.internal");\n'),
  js('Windows line ends', 'import axios from "axios";\r\n\r\nexport const a = () => axios.get("http://a.internal");\r\n'),
  js('characters outside the basic plane', 'const 𝒂 = "💥"; fetch(`http://${𝒂}.internal`, { "\u{1F4A5}": 1 });'),
  js('names of Object.prototype', 'const toString = {}; toString.constructor.fetch(); hasOwnProperty("fetch"); ({ __proto__: null, constructor: fetch }).constructor("x"); __proto__.get();'),
  js('imports named like Object.prototype', 'import { constructor, toString as fetch } from "axios"; import * as hasOwnProperty from "__proto__"; constructor(); fetch(); hasOwnProperty.valueOf();'),
  js('constants that name each other', 'const a = b; const b = a; fetch(a, b); const c = { ...c }; fetch("x", c);'),
  js('functions that call each other for ever', 'function a(o) { return b(o); } function b(o) { return a(o); } fetch("x", a({ signal: b() }));'),
  js('a module that imports itself', 'import * as self from "./odd.js"; export * from "./odd.js"; export const client = self.client; client.get("x"); self.self.self.fetch("x");'),
  js('a class that extends itself and its own call', 'class A extends A { constructor() { super(); this.x = this.x; } get() { return this.get().get(); } } new A().get(); class B extends fetch("x") {}'),
  js('holes, rests and defaults in patterns', 'const [, ...[, { a: { b = fetch("x") } = {} }]] = []; function f({ fetch: g = fetch, ...rest } = {}, ...[h]) { return g("x", rest, h); } f();'),
  js('spread of everything', 'fetch(...[..."ab"], ...{ signal: 1 } ? [] : []); const o = { ...null, ...undefined, ..."a", ...[1] }; fetch("x", o);'),
  js('optional and computed chains', 'globalThis?.["fetch"]?.("x")?.[Symbol.iterator]?.().next?.(); globalThis[`fetch`]("x"); (0, fetch)("x"); fetch.call(null, "x"); fetch.bind(null)("x");'),
  js('tagged templates', 'fetch`x`; String.raw`\\u{`; axios.get`a${1}b`;'),
  js('getters, setters, static blocks and private names', 'class A { #a = fetch("x"); static { fetch("y"); } get a() { return this.#a; } set a(v) { this.#a = v; } static async *[Symbol.asyncIterator]() { yield* fetch("z"); } has(o) { return #a in o; } }'),
  js('new.target, import.meta and dynamic import', 'function A() { new.target?.fetch("x"); } import.meta.url; import("axios").then(({ default: a }) => a.get("x")); A();'),
  js('labels, switch fall-through and empty statements', ';;a: for (;;) { b: while (true) { switch (fetch("x")) { case 1: default: break a; case 2: continue b; } } }'),
  js('try without end', 'try { try { throw fetch("x"); } finally { try { } catch { } } } catch ({ message = fetch("y") }) { } finally { }'),
  js('generators that delegate', 'function* g() { const x = yield* g(); return fetch(yield, x); } async function* h() { for await (const { a = fetch("x") } of h()) yield a; } g(); h();'),
  js('numbers of every kind', 'fetch("x", { timeout: 0x1F, signal: AbortSignal.timeout(1_000n) }); fetch("x", { timeout: -0, ["time" + "out"]: .5e-7, 1e3: 1 });'),
  js('signals of odd arguments', 'AbortSignal.timeout(); AbortSignal.timeout(...[]); AbortSignal.any(); AbortSignal.any([,]); AbortSignal.any(AbortSignal.any); fetch("x", { signal: AbortSignal.any([, AbortSignal.timeout(1)]) });'),
  js('options that are not objects', 'import axios from "axios"; axios.create(null); axios.create(1)("x"); axios.create(...a); axios.create(axios).get("x"); axios.create(() => ({})).get(); axios.get(); new axios.Axios().get("x"); new (class extends axios.Axios {})();'),
  js('a CommonJS file', '"use strict"; const { get: g } = require("https"); const axios = require("axios").default; module.exports = { g: g("x"), a: axios.get("y") }; require(); require(...[]); require(1); return;', 'src/odd.cjs'),
  js('an export of everything', 'export { fetch as default, fetch as "a b" }; export * as axios from "axios"; const fetch = () => {};'),
  js('deep nesting of expressions', `const deep = ${nested('(a, ', 'fetch("x")', ')', 300)};`),
  js('deep nesting of functions', `${nested('(() => {', 'fetch("x")', '})()', 120)};`),
  js('deep nesting of objects', `fetch("x", ${nested('{ a: ', '1', ' }', 300)});`),
  js('a long chain of calls', `axios${'.get("x")'.repeat(300)};`),
  js('a long chain of members', `fetch("x", a${'.b'.repeat(800)});`),
  js('a long sum of strings', `fetch(${Array.from({ length: 500 }, (_, index) => `"${index}"`).join(' + ')});`),
  js('many writes of one name', `let o = {};\n${Array.from({ length: 300 }, (_, index) => `if (a${index}) o = { ...o, signal: o };`).join('\n')}\nfetch("x", o);`),
  js('many chained wrappers', `${Array.from({ length: 60 }, (_, index) => `const f${index} = (u, o) => ${index === 0 ? 'fetch(u, o)' : `f${index - 1}(u, o)`};`).join('\n')}\nf59("x");`),
  js('a script with `with` left out and sloppy names', 'var let_ = 1, async = fetch, of = async; async("x"); of("x"); var yield_; fetch = null;', 'src/odd.cjs'),
  js('JSX', 'export const A = () => <a href={fetch("x")} {...fetch("y")}>{/* none */}<></></a>;', 'src/odd.jsx'),
  ts('decorators and parameter properties', '@Injectable({ a: fetch("x") }) class A { constructor(@Inject("t") private readonly http: HttpService, public override?: any) {} @Get() get(@Body() { a }: any = fetch("x")) { return this.http.get("x"); } }'),
  ts('types at every place', 'const a = <T,>(x: T): x is NonNullable<T> => !!fetch("x" as unknown as string, <any>{}!); type A = typeof import("axios")["default"]; let b: A = a satisfies any; (b as any)!.get<string>("x"); abstract class C { abstract get(): void; declare x: number; }'),
  ts('enums, namespaces and overloads', 'enum E { A = 1, B = E.A << 2, fetch = "fetch" } namespace N.M { export const fetch = 1; } function f(a: string): void; function f(a: number): void; function f(a: any) { return fetch(a, E as any); } export = N;', 'src/odd.cts'),
  ts('import equals and export assignment', 'import axios = require("axios"); import A = axios.AxiosInstance; axios.get("x"); export default A;', 'src/odd.cts'),
  ts('using and satisfies', 'async function f() { await using client = make(); using other = client satisfies any; return other.get(accessor); } let accessor: unique symbol; declare function make(): any; declare global { function fetch(a: string): void } f();'),
  ts('a declaration file', 'declare module "axios" { export function get(url: string): Promise<void>; } export {};', 'src/odd.d.ts'),
  ts('TSX generics', 'export const A = <T,>({ x }: { x: T }) => <b onClick={async () => { await fetch(String(x)); }}>{(x as any)!}</b>;', 'src/odd.tsx'),
];
