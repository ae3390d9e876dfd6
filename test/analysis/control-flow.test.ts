import { describe, expect, it } from 'vitest';
import { controlFlow, controlFlowAround, type ControlFlow } from '../../src/analysis/control-flow.js';
import type { SourceFile } from '../../src/analysis/source-file.js';
import { isFunction } from '../../src/analysis/syntax.js';
import { marked, nodesOf, sourceOf } from '../support/source.js';

/** The flow of the first function that is declared, or of the program. */
function flowOf(file: SourceFile): ControlFlow {
  return controlFlow(file, file.index.functions[0] ?? file.program);
}

const inFunction = (body: string): string => `async function* run() { ${body} }`;

describe('is a node reached', () => {
  const programs: [sentence: string, body: string, reached: boolean][] = [
    ['code after a return is not', 'return; /*a*/ f();', false],
    ['code after a throw is not', 'throw e; /*a*/ f();', false],
    ['code after an endless loop is not', 'for (;;); /*a*/ f();', false],
    ['code after while (true) with a break is', 'while (true) { if (x) break; } /*a*/ f();', true],
    ['code after while (true) without a break is not', 'while (true) { g(); } /*a*/ f();', false],
    ['code under if (false) is not', 'if (false) { /*a*/ f(); }', false],
    ['code after an if of which both ways leave is not', 'if (x) return; else throw e; /*a*/ f();', false],
    ['code after an if of which one way leaves is', 'if (x) return; /*a*/ f();', true],
    ['code after process.exit() is not', 'process.exit(1); /*a*/ f();', false],
    ['code after process.abort() is not', 'process.abort(); /*a*/ f();', false],
    ['code after exit() of something else named process is', 'const process = g(); process.exit(1); /*a*/ f();', true],
    ['code after a do-while that returns is not', 'do { return; } while (x); /*a*/ f();', false],
    ['the test of a do-while that continues is', 'do { continue; } while (/*a*/ f());', true],
    ['the update of a loop that always breaks is not', 'for (;; /*a*/ f()) { break; }', false],
    ['a case after one that returns is, by its test', 'switch (x) { case 1: return; case 2: /*a*/ f(); }', true],
    ['a statement after a break in a case is not', 'switch (x) { case 1: break; /*a*/ f(); }', false],
    ['code after a switch of which all ways leave is not', 'switch (x) { case 1: return; default: throw e; } /*a*/ f();', false],
    ['code after a labelled block that breaks is', 'out: { if (x) break out; return; } /*a*/ f();', true],
    ['code after a loop left by a labelled continue of the outer one is not', 'o: for (const x of xs) { for (;;) { continue o; } /*a*/ f(); }', false],
    ['the handler of a try with calls is', 'try { g(); } catch { /*a*/ f(); }', true],
    ['the handler of a try without calls is too: somebody expects an error', 'try { x.y = z.u; } catch { /*a*/ f(); }', true],
    ['code after a try of which body and handler leave is not', 'try { return g(); } catch { throw e; } /*a*/ f();', false],
    ['code after a finally that returns is not', 'try { g(); } finally { return; } /*a*/ f();', false],
    ['code after a try that throws and a handler that goes on is', 'try { throw e; } catch {} /*a*/ f();', true],
    ['the finally of an endless try is not', 'try { for (;;); } finally { /*a*/ f(); }', false],
    ['an argument of a call that is not reached is not', 'return g; g(/*a*/ f());', false],
    ['a jump to no loop ends the path', 'while (x) { break; /*a*/ f(); }', false],
  ];
  it.each(programs)('%s', (_sentence, body, reached) => {
    const file = sourceOf(inFunction(body));
    expect(flowOf(file).isReachable(marked(file, 'a'))).toBe(reached);
  });
});

describe('does every path to b pass a', () => {
  const programs: [sentence: string, body: string, dominates: boolean][] = [
    ['one after the other', '/*a*/ f(); /*b*/ g();', true],
    ['not the other way round', '/*b*/ g(); /*a*/ f();', false],
    ['the test of an if', 'if (/*a*/ f()) { /*b*/ g(); }', true],
    ['one branch does not', 'if (x) { /*a*/ f(); } /*b*/ g();', false],
    ['a guard that returns does not count as the branch', 'if (x) { /*a*/ f(); return; } /*b*/ g();', false],
    ['the left of && passes before the right', '(/*a*/ f()) && /*b*/ g();', true],
    ['the right of && need not run', 'x && /*a*/ f(); /*b*/ g();', false],
    ['the right of || need not run', 'x || /*a*/ f(); /*b*/ g();', false],
    ['the right of ?? need not run', 'x ?? /*a*/ f(); /*b*/ g();', false],
    ['the right of ||= need not run', 'x ||= /*a*/ f(); /*b*/ g();', false],
    ['the right of += runs', 'x += /*a*/ f(); /*b*/ g();', true],
    ['an arm of ?: need not run', 'x ? /*a*/ f() : 0; /*b*/ g();', false],
    ['the argument of an optional call need not run', 'x?.(/*a*/ f()); /*b*/ g();', false],
    ['the rest of an optional chain need not run', 'x?.y.z(/*a*/ f()); /*b*/ g();', false],
    ['what stands before the ?. runs', '(/*a*/ f())?.y.z(/*b*/ g());', true],
    ['a default value need not be evaluated', 'const { y = /*a*/ f() } = x; /*b*/ g();', false],
    ['a computed key is', 'const { [/*a*/ f()]: y } = x; /*b*/ g();', true],
    ['the body of a while need not run', 'while (x) { /*a*/ f(); } /*b*/ g();', false],
    ['the body of a do-while runs', 'do { /*a*/ f(); } while (x); /*b*/ g();', true],
    ['the test of a while runs', 'while (/*a*/ f()) {} /*b*/ g();', true],
    ['the body of a for-of need not run', 'for (const x of xs) { /*a*/ f(); } /*b*/ g();', false],
    ['a case need not match', 'switch (x) { case 1: /*a*/ f(); } /*b*/ g();', false],
    ['a case may be entered by its label, past the one above', 'switch (x) { case 1: /*a*/ f(); case 2: /*b*/ g(); }', false],
    ['the test of an earlier case runs', 'switch (x) { case /*a*/ f(): break; case 2: /*b*/ g(); }', true],
    ['a call in a try was attempted when its handler runs', 'try { /*a*/ f(); } catch { /*b*/ g(); }', true],
    ['the second call of a try need not have been', 'try { h(); /*a*/ f(); } catch { /*b*/ g(); }', false],
    ['an assigned result is not there in the handler', 'try { /*a*/ x = f(); } catch { /*b*/ g(); }', false],
    ['a finally runs before what follows', 'try { h(); } finally { /*a*/ f(); } /*b*/ g();', true],
    ['what a try computed is there after its finally', 'try { /*a*/ x = f(); } finally { h(); } /*b*/ g();', true],
    ['what a try computed may be missing in its finally', 'try { /*a*/ x = f(); } finally { /*b*/ g(); }', false],
    ['a call of the try was attempted when finally runs', 'try { /*a*/ f(); } finally { /*b*/ g(); }', true],
    ['all cases of a switch with default, each on its own, do not', 'switch (x) { case 1: /*a*/ f(); break; default: h(); } /*b*/ g();', false],
      ];
  it.each(programs)('%s', (_sentence, body, dominates) => {
    const file = sourceOf(inFunction(body));
    expect(flowOf(file).dominates(marked(file, 'a'), marked(file, 'b'))).toBe(dominates);
  });

  it('a node passes itself', () => {
    const file = sourceOf(inFunction('/*a*/ f();'));
    expect(flowOf(file).dominates(marked(file, 'a'), marked(file, 'a'))).toBe(true);
  });

  it('gives no answer for code that is not reached', () => {
    const file = sourceOf(inFunction('/*a*/ f(); return; /*b*/ g();'));
    expect(flowOf(file).dominates(marked(file, 'a'), marked(file, 'b'))).toBe(false);
  });
});

/** Which ways lead out of a try with a finally: the finally always runs, and what follows is told apart. */
describe('finally with each way to complete', () => {
  const completions = {
    normal: 'work();',
    return: 'return work();',
    throw: 'throw work();',
    break: 'work(); break;',
    continue: 'work(); continue;',
  };
  const overrides = { normal: '', return: 'return;', throw: 'throw other;', break: 'break;', continue: 'continue;' };
  /** Where each completion leads, apart from the error of work(). */
  const leadsTo = { normal: 'below', return: 'return', throw: 'throw', break: 'behind', continue: 'head' } as const;

  for (const [name, body] of Object.entries(completions)) {
    for (const [override, last] of Object.entries(overrides)) {
      it(`try ends with ${name}, finally with ${override}`, () => {
        const file = sourceOf(
          `async function run() { for (const item of /*items*/ items()) { /*head*/ use(item); try { ${body} } finally { /*clean*/ clean(); ${last} } /*below*/ below(); } /*behind*/ behind(); }`,
        );
        const flow = flowOf(file);
        const clean = marked(file, 'clean');
        const reached = (to: string): boolean => (to === 'return' || to === 'throw' ? flow.everyPath(clean, to, () => false) !== 'unreachable' : flow.canReach(clean, marked(file, to)));
        const work = nodesOf(file).find((node) => node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'work')!;
        // Whatever happens in the try, the finally runs.
        expect(flow.everyPath(work, 'end', (node) => node === clean)).toBe('yes');
        const ways = new Set<string>(override === 'normal' ? ['throw', leadsTo[name as keyof typeof leadsTo]] : [leadsTo[override as keyof typeof leadsTo]]);
        expect(reached('below'), 'below the try').toBe(ways.has('below'));
        expect(flow.isReachable(marked(file, 'below'))).toBe(ways.has('below'));
        // The loop goes on: below() or the next item.
        expect(reached('head'), 'next item').toBe(ways.has('below') || ways.has('head'));
        // The loop's own end leads behind it, and on to the return; without a way back to its head, only a break does.
        const canGoBehind = ways.has('below') || ways.has('head') || ways.has('behind');
        expect(reached('behind'), 'behind the loop').toBe(canGoBehind);
        expect(reached('throw'), 'throw').toBe(canGoBehind || ways.has('throw'));
        expect(reached('return'), 'return').toBe(canGoBehind || ways.has('return'));
      });
    }
  }

  it('a catch that rethrows and a finally: both run on the way out', () => {
    const file = sourceOf(inFunction('try { /*a*/ f(); } catch (e) { /*b*/ log(e); throw e; } finally { /*c*/ clean(); }'));
    const flow = flowOf(file);
    expect(flow.everyPath(marked(file, 'a'), 'throw', (node) => node === marked(file, 'c'))).toBe('yes');
    expect(flow.everyPath('entry', 'throw', (node) => node === marked(file, 'c'))).toBe('yes');
    // clean() itself may fail, after a try that went well.
    expect(flow.everyPath('entry', 'throw', (node) => node === marked(file, 'b'))).toBe('no');
    expect(flow.canReach(marked(file, 'b'), marked(file, 'c'))).toBe(true);
  });

  it('nested finally blocks run one after the other on a labelled break', () => {
    const file = sourceOf('function run() { out: for (;;) { try { for (;;) { try { break out; } finally { /*a*/ a(); } } } finally { /*b*/ b(); } } /*c*/ c(); }');
    const flow = flowOf(file);
    expect(flow.dominates(marked(file, 'a'), marked(file, 'c'))).toBe(true);
    expect(flow.dominates(marked(file, 'b'), marked(file, 'c'))).toBe(true);
    expect(flow.dominates(marked(file, 'a'), marked(file, 'b'))).toBe(true);
  });

  it('finally blocks in finally blocks do not multiply without end', () => {
    const build = (depth: number): string => (depth === 0 ? 'f();' : `try { g(); } finally { ${build(depth - 1)} }`);
    const blocks = (depth: number): number => flowOf(sourceOf(`function run() { ${build(depth)} }`)).blocks.length;
    expect(blocks(40)).toBeLessThan(blocks(20) * 3);
  });
});

describe('does every path from a to the end pass b', () => {
  const programs: [sentence: string, body: string, answer: 'yes' | 'no' | 'unreachable'][] = [
    ['a release in finally', 'const c = /*a*/ await open(); try { await work(c); } finally { /*b*/ c.release(); }', 'yes'],
    ['a release after work that may fail', 'const c = /*a*/ await open(); await work(c); /*b*/ c.release();', 'no'],
    ['a release with nothing between that may fail', 'const c = /*a*/ open(); /*b*/ c.release();', 'yes'],
    ['a release on one branch', 'const c = /*a*/ open(); if (c) { /*b*/ c.release(); }', 'no'],
    ['an early return past the release', 'const c = /*a*/ open(); if (x) return; /*b*/ c.release();', 'no'],
    ['a process that ends never gets there', 'const c = /*a*/ open(); if (x) process.exit(1); /*b*/ c.release();', 'yes'],
    ['a consumer may stop at a yield', 'const c = /*a*/ open(); yield 1; /*b*/ c.release();', 'no'],
    ['finally covers a consumer that stops', 'const c = /*a*/ open(); try { yield 1; } finally { /*b*/ c.release(); }', 'yes'],
    ['an endless loop has no end', '/*a*/ open; for (;;); /*b*/ f();', 'unreachable'],
    ['released in the handler and after the try', 'const c = /*a*/ open(); try { work(); } catch (e) { c.end(); throw e; } /*b*/ c.end();', 'no'],
  ];
  it.each(programs)('%s', (_sentence, body, answer) => {
    const file = sourceOf(inFunction(body));
    const b = marked(file, 'b');
    expect(flowOf(file).everyPath(marked(file, 'a'), 'end', (node) => node === b)).toBe(answer);
  });

  it('tells a return from an error', () => {
    const file = sourceOf('function run() { /*a*/ open; work(); /*b*/ release(); }');
    const flow = flowOf(file);
    const isB = (node: unknown): boolean => node === marked(file, 'b');
    expect(flow.everyPath(marked(file, 'a'), 'return', isB)).toBe('yes');
    expect(flow.everyPath(marked(file, 'a'), 'throw', isB)).toBe('no');
    expect(flow.everyPath('entry', marked(file, 'b'), (node) => node.type === 'CallExpression')).toBe('yes');
  });

  it('does not know about nodes of other functions', () => {
    const file = sourceOf('function run() { xs.map(() => { /*a*/ f(); }); }');
    expect(flowOf(file).everyPath(marked(file, 'a'), 'end', () => true)).toBe('unknown');
    expect(flowOf(file).blockOf(marked(file, 'a'))).toBe(null);
    expect(controlFlowAround(file, marked(file, 'a'))!.blockOf(marked(file, 'a'))).not.toBe(null);
  });
});

describe('can a lead to b', () => {
  const programs: [sentence: string, body: string, answer: boolean][] = [
    ['forward', '/*a*/ f(); /*b*/ g();', true],
    ['not backward', '/*b*/ g(); /*a*/ f();', false],
    ['backward in a loop', 'for (;;) { /*b*/ g(); /*a*/ f(); }', true],
    ['from the try to its handler', 'try { /*a*/ f(); } catch { /*b*/ g(); }', true],
    ['from a handler around to the loop test: a retry', 'while (/*b*/ more()) { try { return await f(); } catch (e) { /*a*/ log(e); } }', true],
    ['not from a handler that rethrows', 'while (/*b*/ more()) { try { return await f(); } catch (e) { /*a*/ log; throw e; } }', false],
    ['not between branches', 'if (x) { /*a*/ f(); } else { /*b*/ g(); }', false],
    ['falling through', 'switch (x) { case 1: /*a*/ f(); default: /*b*/ g(); }', true],
    ['not past a break', 'switch (x) { case 1: /*a*/ f(); break; default: /*b*/ g(); }', false],
    ['from a for-update to the body', 'for (let i = 0; i < n; /*a*/ i++) { /*b*/ g(); }', true],
  ];
  it.each(programs)('%s', (_sentence, body, answer) => {
    const file = sourceOf(inFunction(body));
    expect(flowOf(file).canReach(marked(file, 'a'), marked(file, 'b'))).toBe(answer);
  });

  it('a node can run again only in a loop', () => {
    const once = sourceOf(inFunction('/*a*/ f();'));
    expect(flowOf(once).canReach(marked(once, 'a'), marked(once, 'a'))).toBe(false);
    const often = sourceOf(inFunction('while (x) { /*a*/ f(); }'));
    expect(flowOf(often).canReach(marked(often, 'a'), marked(often, 'a'))).toBe(true);
  });
});

describe('is there a suspension between a and b', () => {
  const programs: [sentence: string, body: string, answer: boolean][] = [
    ['an await', '/*a*/ f(); await h(); /*b*/ g();', true],
    ['none', '/*a*/ f(); h(); /*b*/ g();', false],
    ['on one branch', '/*a*/ f(); if (x) await h(); /*b*/ g();', true],
    ['on a branch that leaves', '/*a*/ f(); if (x) { await h(); return; } /*b*/ g();', false],
    ['the await of a itself is over', 'await /*x*/ h(); /*a*/ f(); /*b*/ g();', false],
    ['a yield', '/*a*/ f(); yield 1; /*b*/ g();', true],
    ['the next item of for await', '/*a*/ f(); for await (const x of xs) { /*b*/ g(); }', true],
    ['an await behind b, around a loop', 'for (;;) { /*a*/ f(); /*b*/ g(); await h(); }', true],
    ['an await in another function', '/*a*/ f(); const k = async () => { await h(); }; /*b*/ g();', false],
  ];
  it.each(programs)('%s', (_sentence, body, answer) => {
    const file = sourceOf(inFunction(body));
    expect(flowOf(file).awaitsBetween(marked(file, 'a'), marked(file, 'b'))).toBe(answer);
  });
});

describe('edges', () => {
  it('carry the condition and how it came out', () => {
    const file = sourceOf('function run() { if (!(a && b?.c)) f(); else x ?? g(); }');
    const edges = flowOf(file).blocks.flatMap((block) => block.successors.map((edge) => `${edge.kind}:${edge.test === null ? '' : file.text.slice(...edge.test.range)}`));
    for (const expected of ['true:a', 'false:a', 'true:b?.c', 'false:b?.c', 'nullish:b', 'non-nullish:b', 'nullish:x', 'non-nullish:x', 'throw:']) expect(edges).toContain(expected);
  });

  it('reading a member throws only when asked for', () => {
    const file = sourceOf('function run() { const x = a.b; return this.c; }');
    const fn = file.index.functions[0]!;
    expect(controlFlow(file, fn).thrown.reachable).toBe(false);
    expect(controlFlow(file, fn, { memberAccessThrows: true }).thrown.predecessors).toHaveLength(1);
    expect(controlFlow(file, fn)).toBe(controlFlow(file, fn));
  });
});

describe('any code gives a graph', () => {
  const programs: [sentence: string, code: string, path?: string][] = [
    ['nothing', ''],
    ['empty functions', 'function f() {} const g = () => {}; const h = async () => undefined; class C { m() {} constructor() {} get x() { return 1; } set x(v) {} }'],
    ['every loop', 'for(;;); while(0); do ; while(0); for (var k in o); for (const k of o); for (x.y of o); for ([a, b = 1] of o);'],
    ['labels', 'a: b: for (;;) { continue a; } c: { break c; } d: switch (x) { case 1: break d; } e: ;'],
    ['code after jumps', 'function f() { return 1; try { g(); } finally { h(); } for (;;) { break; } switch (x) {} }'],
    ['patterns', 'const { a, b: { c = 1, ...d } = {}, [e]: [f, , ...g] } = h; ({ a: x.y, b: [z.u = 1] } = k); function fn({ a }, [b] = [], ...c) {}'],
    ['classes', 'class A extends f(B) { static x = g(); static { h(); } #p = 1; [k()] = 2; static async *m() {} }'],
    ['decorators', '@dec() class A { @prop() x = 1; @m() f(@p() a: string) {} constructor(private readonly y: number, @inject() z = 1) { } }'],
    ['enums and namespaces', 'enum E { A = f(), B } const enum F { C } declare enum G { D } namespace N { export const x = f(); namespace M { g(); } } declare namespace O { const y: number; } declare module "m" {}'],
    ['declarations without a body', 'declare function f(): void; function g(a: string): void; function g(a: any) {} abstract class A { abstract m(): void; abstract x: number; } interface I { a: string } type T = string; declare const z: number; declare class Z {}'],
    ['TypeScript expressions', 'const a = <any>b; const c = d as any; e!.f; g satisfies H; i<string>; (j as any).k = 1; (l as any) = 2; import m = require("m"); export = n;'],
    ['modules', 'import a, { b } from "x"; import * as c from "y"; export { a }; export * from "z"; export default class {} ; export const d = 1, e = f();'],
    ['templates, tags, imports, meta', 'f`a${b}c`; `x${y}`; import("z"); import.meta.url; function m() { new.target; } void 0; delete a.b; typeof q; (1, 2);'],
    ['generators', 'function* f() { const x = yield; yield* g(); } async function* h() { for await (const x of y) yield x; }'],
    ['JSX', 'const a = <div {...p} on={() => f()}>{g()}{/* c */}<B.C x="1" /><>text</></div>;', '/project/file.tsx'],
    ['with, and a debugger', 'with (a) { b; } debugger;', '/project/file.cjs'],
    ['using', 'async function f() { using a = g(); await using b = h(); }'],
    ['getters and spread', 'const a = { get x() { return 1; }, ...b, [c()]: d, e() {}, f }; f(...g); [...h, , i];'],
    ['BigInt, regular expressions, null', 'if (1n) f(); if (/a/) g(); if (null) h();'],
  ];
  it.each(programs)('%s', (_sentence, code, path) => {
    const file = sourceOf(code, path);
    const owners = [file.program, ...nodesOf(file).filter(isFunction)];
    for (const owner of owners) {
      const flow = controlFlow(file, owner);
      expect(flow.entry.reachable).toBe(true);
      expect(flow.approximate).toBe(false);
      for (const block of flow.blocks) {
        for (const edge of block.successors) expect(edge.to.predecessors).toContain(edge);
        if (!block.reachable) expect(block.successors).toHaveLength(0);
      }
    }
    // Each value belongs to at most one flow.
    const seen = new Map<unknown, unknown>();
    for (const owner of owners) for (const block of controlFlow(file, owner).blocks) for (const { node } of block.steps) if (seen.has(node)) expect(seen.get(node)).toBe(owner); else seen.set(node, owner);
  });

  it('nodes nobody has heard of are evaluated in order and may throw', () => {
    const file = sourceOf('function run() { try { f(/*x*/ a, b); } catch { /*c*/ g(); } }');
    const call = file.index.calls[0] as unknown as { type: string };
    call.type = 'PipelineExpression';
    const flow = flowOf(file);
    expect(flow.isReachable(marked(file, 'c'))).toBe(true);
    expect(flow.blockOf(marked(file, 'x'))).not.toBe(null);
  });

  it('half a tree is a tree', () => {
    const file = sourceOf('function run() { if (a) f(); while (b) g(); const x = 1; try { h(); } catch (e) { k(); } }');
    for (const node of nodesOf(file)) {
      const broken = node as unknown as Record<string, unknown>;
      if (node.type === 'IfStatement') broken['test'] = null;
      if (node.type === 'CallExpression') broken['arguments'] = undefined;
      if (node.type === 'CatchClause') broken['body'] = null;
    }
    expect(() => flowOf(file)).not.toThrow();
  });
});

describe('work grows with the size of the code', () => {
  const body = (statements: number): string =>
    Array.from({ length: statements }, (_, i) => `if (a${i}) { b(${i}); } else x${i} = y?.z ?? f(${i});`).join('\n');
  const measure = (code: string): { nodes: number; blocks: number; edges: number; steps: number } => {
    const file = sourceOf(code);
    const flow = flowOf(file);
    return {
      nodes: file.index.nodeCount,
      blocks: flow.blocks.length,
      edges: flow.blocks.reduce((sum, block) => sum + block.successors.length, 0),
      steps: flow.blocks.reduce((sum, block) => sum + block.steps.length, 0),
    };
  };
  it.each([
    ['statements', (n: number) => `function run() { ${body(n)} }`],
    ['statements in a try with a finally', (n: number) => `function run() { try { ${body(n)} } finally { f(); } }`],
    ['else-ifs', (n: number) => `function run() { ${Array.from({ length: n }, (_, i) => `if (a === ${i}) f(${i});`).join(' else ')} }`],
    ['cases', (n: number) => `function run() { switch (a) { ${Array.from({ length: n }, (_, i) => `case ${i}: f(${i}); break;`).join(' ')} } }`],
    ['operands', (n: number) => `function run() { return ${Array.from({ length: n }, (_, i) => `a${i}`).join(' + ')} || ${Array.from({ length: n }, (_, i) => `b${i}`).join(' || ')}; }`],
    ['a program', (n: number) => body(n)],
  ] as const)('%s', (_sentence, code) => {
    const small = measure(code(150));
    const large = measure(code(1500));
    for (const key of ['blocks', 'edges', 'steps'] as const) {
      expect(large[key]).toBeLessThan(small[key] * 10.5);
      expect(large[key]).toBeLessThan(large.nodes * 2);
    }
  });

  it('depth does not overflow the stack', () => {
    for (const code of [`x = ${'('.repeat(900)}a${')'.repeat(900)};`, `${'if (a) {'.repeat(700)}f();${'}'.repeat(700)}`, `a${'.b(c)'.repeat(2000)};`, `x = ${'!'.repeat(900)}a;`, `x = ${'[f('.repeat(450)}${')]'.repeat(450)};`]) {
      const file = sourceOf(code);
      expect(() => controlFlow(file, file.program)).not.toThrow();
    }
    const deep = sourceOf(`a${'.b(c)'.repeat(2000)}; /*x*/ f(); /*y*/ g();`);
    const flow = controlFlow(deep, deep.program);
    expect(flow.approximate).toBe(true);
    expect(flow.everyPath(marked(deep, 'x'), marked(deep, 'y'), () => false)).toBe('unknown');
  });
});
