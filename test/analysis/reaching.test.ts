import { describe, expect, it } from 'vitest';
import { reachingWrites } from '../../src/analysis/reaching.js';
import type { SourceFile } from '../../src/analysis/source-file.js';
import { marked, nodesOf, sourceOf } from '../support/source.js';

/** A write as text: its kind and the text of its value, its path, its default. */
function told(file: SourceFile, name = 'r'): string[] {
  const { writes, complete, reason } = reachingWrites(file, marked(file, name, 'Identifier'));
  if (!complete) return [`incomplete: ${reason?.detail ?? ''}`];
  return writes.map((write) => {
    const value = write.value === null ? '' : ` ${file.text.slice(...write.value.range)}`;
    const path = write.path.length === 0 ? '' : ` .${write.path.map((part) => part ?? '?').join('.')}`;
    const fallback = write.fallback === null ? '' : ` or ${file.text.slice(...write.fallback.range)}`;
    return `${write.kind}${value}${path}${fallback}`;
  });
}

describe('which writes reach a read', () => {
  const programs: [sentence: string, code: string, writes: string[]][] = [
    ['a constant has its definition', 'const x = 1; /*r*/ x;', ['declaration 1']],
    ['a let that is never reassigned too', 'let x = 1; /*r*/ x;', ['declaration 1']],
    ['a constant read in a function declared above it', 'function f() { return /*r*/ x; } const x = 1;', ['declaration 1']],
    ['the last of two writes in a row', 'let x = 1; x = 2; /*r*/ x;', ['assignment 2']],
    ['a write behind the read does not', 'let x = 1; /*r*/ x; x = 2;', ['declaration 1']],
    ['a write behind the read does, around a loop', 'let x = 1; for (;;) { /*r*/ x; x = 2; }', ['declaration 1', 'assignment 2']],
    ['both, where one branch writes', 'let x = 1; if (a) x = 2; /*r*/ x;', ['declaration 1', 'assignment 2']],
    ['one of each branch, where both write', 'let x; if (a) x = 1; else x = 2; /*r*/ x;', ['assignment 1', 'assignment 2']],
    ['undefined, where one branch writes and nothing before', 'let x; if (a) x = 1; /*r*/ x;', ['undefined', 'assignment 1']],
    ['not from a branch that returned', 'function f() { let x = 1; if (a) { x = 2; return; } return /*r*/ x; }', ['declaration 1']],
    ['each case of a switch that falls through', 'let x = 0; switch (a) { case 1: x = 1; case 2: /*r*/ x; }', ['declaration 0', 'assignment 1']],
    ['in a handler: before and after the call', 'let x = 1; try { x = 2; f(); x = 3; g(); } catch { /*r*/ x; }', ['assignment 2', 'assignment 3']],
    ['the write whose value failed is not there in the handler', 'let x = 1; try { x = f(); } catch { /*r*/ x; }', ['declaration 1']],
    ['behind a try with finally only what it wrote', 'let x; try { x = f(); } finally { g(); } /*r*/ x;', ['assignment f()']],
    ['in the finally both', 'let x = 0; try { x = f(); } finally { /*r*/ x; }', ['declaration 0', 'assignment f()']],
    ['a short-circuited write', 'let x = 1; a && (x = 2); /*r*/ x;', ['declaration 1', 'assignment 2']],
    ['??= may leave the old value', 'let x = f(); x ??= 2; /*r*/ x;', ['declaration f()', 'assignment 2']],
    ['+= makes a new value of the old', 'let x = 1; x += 2; /*r*/ x;', ['compound']],
    ['the read of x in x += is of the old value', 'let x = 1; /*r*/ x += 2;', ['declaration 1']],
    ['++ in a loop', 'let x = 0; while (/*r*/ x < 3) x++;', ['declaration 0', 'compound']],
    ['the read within its own assignment', 'let x = 1; x = /*r*/ x + 1;', ['declaration 1']],
    ['a var before its assignment is undefined', '/*r*/ x; var x = 1;', ['undefined']],
    ['a var declared again keeps its value', 'var x = 1; var x; /*r*/ x;', ['declaration 1']],
    ['a var that is never written', 'var x; /*r*/ x;', ['undefined']],
    ['let x; sets undefined in each round', 'for (;;) { let x; if (a) x = 1; /*r*/ x; }', ['undefined', 'assignment 1']],
    ['an object pattern gives value and path', 'const { a: { b: x } } = v; /*r*/ x;', ['declaration v .a.b']],
    ['an array pattern gives an index', 'const [, x] = v; /*r*/ x;', ['declaration v .1']],
    ['the default of a pattern', 'const { x = 5 } = v; /*r*/ x;', ['declaration v .x or 5']],
    ['a default on the way makes the path unknown', 'const { a: { x } = {} } = v; /*r*/ x;', ['declaration v .a.?.x']],
    ['a rest is not known', 'const { a, ...x } = v; /*r*/ x;', ['declaration v .?']],
    ['a computed key is not known, a quoted one is', "const { [k]: x, 'b-c': y } = v; /*r*/ x; /*s*/ y;", ['declaration v .?']],
    ['a pattern in an assignment', 'let x = 1; ({ x } = v); /*r*/ x;', ['assignment v .x']],
    ['the item of a loop', 'for (const x of xs) { /*r*/ x; }', ['loop']],
    ['a loop over an existing variable', 'let x = 1; for (x of xs); /*r*/ x;', ['declaration 1', 'loop']],
    ['a parameter', 'function f(x) { /*r*/ x; }', ['parameter']],
    ['a parameter with a default', 'function f(x = 1) { /*r*/ x; }', ['parameter or 1']],
    ['a destructured parameter', 'function f({ a: [x] }) { /*r*/ x; }', ['parameter .a.0']],
    ['a parameter property', 'class A { constructor(private x = 1) { /*r*/ x; } }', ['parameter or 1']],
    ['a parameter that is normalised', 'function f(x) { if (!x) x = {}; return /*r*/ x; }', ['parameter', 'assignment {}']],
    ['the error of a catch', 'try { f(); } catch (x) { /*r*/ x; }', ['catch']],
    ['an import', "import { x } from 'y'; /*r*/ x;", ['import']],
    ['a function declaration, before it too', '/*r*/ x; function x() {}', ['function']],
    ['a function declaration that is replaced', 'function x() {} x = 1; /*r*/ x;', ['assignment 1']],
    ['a class', 'class x {} /*r*/ x;', ['class']],
    ['an enum', 'enum x { A } /*r*/ x;', ['enum']],
    ['a namespace', 'namespace x { f(); } /*r*/ x;', ['namespace']],
    ['written in another function: all', 'let x = 1; function f() { x = 2; } /*r*/ x;', ['declaration 1', 'assignment 2']],
    ['a lazily made singleton: undefined too', 'let x; function get() { if (!x) x = make(); return /*r*/ x; }', ['undefined', 'assignment make()']],
    ['a closure made after the write does not see what was before', 'let x; x = make(); export const get = () => /*r*/ x;', ['assignment make()']],
    ['a closure sees what is written after it was made', 'let x = 1; const get = () => /*r*/ x; x = 2;', ['declaration 1', 'assignment 2']],
    ['a hoisted function may run before the write', 'let x; function get() { return /*r*/ x; } x = 1;', ['undefined', 'assignment 1']],
    ['a var read from a function', 'var x; x = 1; function get() { return /*r*/ x; }', ['undefined', 'assignment 1']],
    ['a var with a value, read from a function, is that value', 'var x = 1; function get() { return /*r*/ x; }', ['declaration 1']],
    ['in code that is not reached: all', 'function f() { let x = 1; x = 2; return; /*r*/ x; }', ['declaration 1', 'assignment 2']],
    ['a global is not known', '/*r*/ x;', ['incomplete: declared nowhere in this file']],
    ['a declared variable is written elsewhere', 'declare let x: number; /*r*/ x;', ['incomplete: declared elsewhere']],
    ['a name that is no variable', 'a./*r*/ x;', ['incomplete: not a variable']],
    ['a label of the same name is no write', 'const x = 1; x: for (;;) { /*r*/ x; break x; }', ['declaration 1']],
    ['an inner variable of the same name is another one', 'let x = 1; { let x = 2; } /*r*/ x;', ['declaration 1']],
    ['a field initialiser has no place in the flow: all', 'let x = 1; x = 2; class A { y = /*r*/ x; }', ['declaration 1', 'assignment 2']],
    ['a var of the function around keeps its value from call to call', 'var x; function f() { /*r*/ x; x = 1; }', ['undefined', 'assignment 1']],
  ];
  it.each(programs)('%s', (_sentence, code, writes) => {
    expect(told(sourceOf(code))).toEqual(writes);
  });

  it('says which writes are conditional', () => {
    const file = sourceOf('let x = 1; /*a*/ x; if (y) x = 2; /*b*/ x;');
    expect(reachingWrites(file, marked(file, 'a', 'Identifier')).writes.map((write) => write.conditional)).toEqual([false]);
    expect(reachingWrites(file, marked(file, 'b', 'Identifier')).writes.map((write) => write.conditional)).toEqual([true, true]);
  });

  it('answers for every identifier of odd code', () => {
    const file = sourceOf(`
      import a, { b as c } from 'x'; enum E { A = 1, B = A } namespace N { export let n = 1; n++; }
      class K<T> extends a { static s = c; static { var v = 1; v; } #p = 1; m(q: T = this.#p as any) { return q; } }
      for (var i in {}) { i; } label: for (;;) { break label; } function f(this: any, ...rest: number[]) { arguments; return rest; }
      const { [f]: g, ...h } = a; export { g as default, h }; type X = typeof g; let u: X; try {} catch { u; } with_: { ; }
    `);
    for (const node of nodesOf(file)) if (node.type === 'Identifier') expect(() => reachingWrites(file, node)).not.toThrow();
  });
});
