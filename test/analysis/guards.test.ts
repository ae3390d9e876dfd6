import { describe, expect, it } from 'vitest';
import { factsAt, isGuarded, type CallGuards, type Facts } from '../../src/analysis/guards.js';
import type { SourceFile } from '../../src/analysis/source-file.js';
import { describe as textOf } from '../../src/analysis/syntax.js';
import { marked, nodesOf, sourceOf } from '../support/source.js';

/** A stand-in for what the models will say. */
const calls: CallGuards = (call) => {
  switch (textOf(call.callee)) {
    case 'assert':
    case 'assert.ok':
    case 'invariant':
      return { argument: 0, is: 'truthy', when: 'completes' };
    case 'assertDefined':
      return { argument: 0, is: 'non-nullish', when: 'completes' };
    case 'isNil':
      return { argument: 0, is: 'nullish', when: 'true', exact: true };
    case 'isString':
      return { argument: 0, is: 'non-nullish', when: 'true' };
    case 'notFound':
      return 'ends';
    default:
      return null;
  }
};

/** The marker `a` stands before the subject's use: `/*a*\/ x.y` asks about `x`, at the evaluation of `x.y`. */
function ask(file: SourceFile): Facts {
  const use = marked(file, 'a', 'MemberExpression');
  if (use.type !== 'MemberExpression') throw new Error('mark a member access');
  return factsAt(file, use, use.object, { calls });
}

const inFunction = (body: string): string => `async function run(x, y, rows, map, key, obj, res) { ${body} }`;

it('tells null from undefined', () => {
  const facts = (body: string) => ask(sourceOf(inFunction(body)));
  expect(facts('if (x === null) return; /*a*/ x.p;')).toMatchObject({ notNull: 'yes', defined: 'unknown', nonNullish: 'unknown' });
  expect(facts('if (x === undefined) return; /*a*/ x.p;')).toMatchObject({ notNull: 'unknown', defined: 'yes', nonNullish: 'unknown' });
});

describe('is it known not to be null or undefined', () => {
  const yes: [sentence: string, body: string][] = [
    ['in an if of itself', 'if (x) { /*a*/ x.p; }'],
    ['in an if of != null', 'if (x != null) { /*a*/ x.p; }'],
    ['after an early return of == null', 'if (x == null) return; /*a*/ x.p;'],
    ['after an early return of !x', 'if (!x) return; /*a*/ x.p;'],
    ['after an early throw', 'if (!x) throw new Error(); /*a*/ x.p;'],
    ['after continue in a loop', 'for (const z of rows) { if (!z) continue; /*a*/ z.p; }'],
    ['after break in a loop', 'for (;;) { const z = next(); if (!z) break; /*a*/ z.p; }'],
    ['after process.exit()', 'if (!x) process.exit(1); /*a*/ x.p;'],
    ['after a call that never returns', 'if (!x) notFound(); /*a*/ x.p;'],
    ['in the else of an early test', 'if (x === null || x === undefined) { f(); } else { /*a*/ x.p; }'],
    ['both tests, each with its return', 'if (x === null) return; if (x === undefined) return; /*a*/ x.p;'],
    ['right of &&', 'x && /*a*/ x.p;'],
    ['right of two &&', 'y && x && /*a*/ x.p;'],
    ['right of || of its negation', '!x || /*a*/ x.p;'],
    ['in an arm of ?:', 'const z = x ? /*a*/ x.p : null;'],
    ['typeof string', "if (typeof x === 'string') { /*a*/ x.length; }"],
    ['typeof function', "if (typeof x !== 'function') return; /*a*/ x.name;"],
    ['instanceof', 'if (x instanceof Error) { /*a*/ x.message; }'],
    ['Array.isArray', 'if (!Array.isArray(x)) return; /*a*/ x.length;'],
    ['in', "if ('p' in x) { /*a*/ x.p; }"],
    ['equal to a text', "if (x === 'a') { /*a*/ x.length; }"],
    ['equal to something that is not null', 'const z = {}; if (x === z) { /*a*/ x.p; }'],
    ['a case of a switch', "switch (x) { case 'a': /*a*/ x.length; }"],
    ['a case of switch (true)', 'switch (true) { case x != null: /*a*/ x.p; }'],
    ['a case of switch (typeof x)', "switch (typeof x) { case 'string': /*a*/ x.length; }"],
    ['a link of an optional chain that came out true', 'if (x?.ok) { /*a*/ x.p; }'],
    ['a link of an optional chain compared to a text', "if (x?.kind === 'a') { /*a*/ x.p; }"],
    ['a link of an optional chain greater than a number', 'if (x?.length > 0) { /*a*/ x.p; }'],
    ['a link of an optional chain that is not undefined', 'if (x?.y !== undefined) { /*a*/ x.p; }'],
    ['within the same optional chain', 'x?.p(/*a*/ x.q);'],
    ['after assert', 'assert(x); /*a*/ x.p;'],
    ['after an assertion of a condition', 'invariant(x != null && y); /*a*/ x.p;'],
    ['after an assertion of its own kind', 'assertDefined(x); /*a*/ x.p;'],
    ['a test function that came out true', 'if (isString(x)) { /*a*/ x.p; }'],
    ['a test function that came out false', 'if (isNil(x)) return; /*a*/ x.p;'],
    ['Boolean(x)', 'if (Boolean(x)) { /*a*/ x.p; }'],
    ['!!x', 'if (!!x) { /*a*/ x.p; }'],
    ['an assignment in the condition', 'let m; while ((m = re.exec(y))) { /*a*/ m.index; }'],
    ['an assignment compared in the condition', 'let m; while ((m = re.exec(y)) !== null) { /*a*/ m.index; }'],
    ['after ??=', 'x ??= {}; /*a*/ x.p;'],
    ['after ||=', 'x ||= {}; /*a*/ x.p;'],
    ['after an if that fills it', 'if (!x) { x = {}; } /*a*/ x.p;'],
    ['with a default by ??', 'const z = x ?? {}; /*a*/ z.p;'],
    ['with a default by ||', 'const z = x || []; /*a*/ z.p;'],
    ['a copy of something tested', 'if (!x) return; const z = x; /*a*/ z.p;'],
    ['a destructured member that was tested', 'if (!obj.user) return; const { user } = obj; /*a*/ user.p;'],
    ['a constant that stands for the condition', 'const ok = x != null; if (ok) { /*a*/ x.p; }'],
    ['a constant that stands for its negation', 'const missing = !x || !y; if (missing) return; /*a*/ x.p;'],
    ['a member path', 'if (obj.user) { /*a*/ obj.user.p; }'],
    ['a member path, spelled otherwise', "if (obj['user']) { /*a*/ obj.user.p; }"],
    ['a constant index', 'if (rows[0]) { /*a*/ rows[0].p; }'],
    ['a variable key', 'if (obj[key]) { /*a*/ obj[key].p; }'],
    ['a member of this', 'if (!this.client) return; /*a*/ this.client.p;'],
    ['an environment variable', 'if (!process.env.URL) throw new Error(); /*a*/ process.env.URL.length;'],
    ['has, then get', 'if (map.has(key)) { /*a*/ map.get(key).p; }'],
    ['has, then get into a constant', 'if (!map.has(key)) return; const z = map.get(key); /*a*/ z.p;'],
    ['set if it is not there, then get', 'if (!map.has(key)) map.set(key, []); /*a*/ map.get(key).length;'],
    ['get, twice', 'if (map.get(key)) { /*a*/ map.get(key).p; }'],
    ['a getter without arguments', 'if (obj.getUser()) { /*a*/ obj.getUser().p; }'],
    ['after a call of something else', 'if (!x) return; f(); /*a*/ x.p;'],
    ['a local across an await', 'if (!x) return; await f(); /*a*/ x.p;'],
    ['a member of a local across an await', 'if (!res.body) return; await f(); /*a*/ res.body.p;'],
    ['in a synchronous callback', 'if (!obj.user) return; rows.map((r) => /*a*/ obj.user.p);'],
    ['in a reduce in a filter', 'if (!obj.user) return; rows.filter((r) => r.reduce((s, t) => /*a*/ obj.user.p, 0));'],
    ['a constant in any closure made after the test', 'const z = f(); if (!z) return; setTimeout(() => /*a*/ z.p, 10);'],
    ['after it was used', 'x.q; /*a*/ x.p;'],
    ['a new object', 'const z = new Thing(); /*a*/ z.p;'],
    ['on each branch in its own way', 'if (y) { if (!x) return; } else { x = {}; } /*a*/ x.p;'],
    ['after a try that leaves on failure', 'let z; try { z = {}; f(); } catch { return; } /*a*/ z.p;'],
    ['after a finally', 'if (!x) return; try { f(); } finally { g(); } /*a*/ x.p;'],
    ['in a loop that tests it in each round', 'let z = f(); while (z) { /*a*/ z.p; z = g(); }'],
    ['behind a type assertion', 'if (!(x as any)) return; /*a*/ (x as any).p;'],
  ];
  it.each(yes)('yes: %s', (_sentence, body) => {
    expect(ask(sourceOf(inFunction(body))).nonNullish).toBe('yes');
  });

  const not: [sentence: string, body: string, reason: Facts['reason']][] = [
    ['nothing was asked', '/*a*/ x.p;', 'untested'],
    ['it was tested and used all the same', 'if (!x) { log(); } /*a*/ x.p;', 'some-paths'],
    ['it was tested on one path', 'if (y) { if (!x) return; } /*a*/ x.p;', 'some-paths'],
    ['only null was ruled out', 'if (x !== null) { /*a*/ x.p; }', 'some-paths'],
    ['typeof object lets null through', "if (typeof x === 'object') { /*a*/ x.p; }", 'some-paths'],
    ['left of its own test', '/*a*/ x.p && x;', 'untested'],
    ['right of ||', 'x || /*a*/ y.p;', 'untested'],
    ['right of || of something else', 'y || !x || z || 1; /*a*/ x.p;', 'some-paths'],
    ['an optional chain that came out false', 'if (x?.ok) return; /*a*/ x.p;', 'some-paths'],
    ['behind the end of an optional chain', 'x?.q; /*a*/ x.p;', 'some-paths'],
    ['another variable was tested', 'if (y) { /*a*/ x.p; }', 'untested'],
    ['another member was tested', 'if (obj.user) { /*a*/ obj.owner.p; }', 'untested'],
    ['another key was tested', 'if (obj[key]) { /*a*/ obj[y].p; }', 'untested'],
    ['another key is in the map', 'if (map.has(y)) { /*a*/ map.get(key).p; }', 'untested'],
    ['it was reassigned', 'if (!x) return; x = f(); /*a*/ x.p;', 'written'],
    ['its object was reassigned', 'if (!obj.user) return; obj = f(); /*a*/ obj.user.p;', 'written'],
    ['its member was written', 'if (!obj.user) return; obj.user = f(); /*a*/ obj.user.p;', 'written'],
    ['its key was reassigned', 'if (!obj[key]) return; key = f(); /*a*/ obj[key].p;', 'written'],
    ['some key was written', 'if (!obj.user) return; obj[key] = f(); /*a*/ obj.user.p;', 'written'],
    ['a map lost its key', 'if (!map.has(key)) return; map.delete(key); /*a*/ map.get(key).p;', 'written'],
    ['the key of the map changed', 'if (!map.has(key)) return; key = f(); /*a*/ map.get(key).p;', 'written'],
    ['a map across an await', 'if (!map.has(key)) return; await f(); /*a*/ map.get(key).p;', 'await'],
    ['a queue was shifted', 'if (!rows[0]) return; rows.shift(); /*a*/ rows[0].p;', 'written'],
    ['a member of this across an await', 'if (!this.client) return; await f(); /*a*/ this.client.p;', 'await'],
    ['a member in a callback that runs later', 'if (!obj.user) return; setTimeout(() => { /*a*/ obj.user.p; }, 1);', 'untested'],
    ['a variable that changes, in a callback that runs later', 'if (!x) return; setTimeout(() => { /*a*/ x.p; }, 1); x = null;', 'untested'],
    ['this in a function that is no arrow', 'if (!this.user) return; rows.map(function () { /*a*/ this.user.p; });', 'untested'],
    ['a callback that clears it for its next run', 'if (!obj.user) return; rows.map(() => { /*a*/ obj.user.p; obj.user = null; });', 'untested'],
    ['a function declaration', 'if (!x) return; later(); function later() { /*a*/ x.p; }', 'untested'],
    ['a loop that clears it', 'if (!x) return; for (;;) { /*a*/ x.p; x = f(); }', 'written'],
    ['in the handler: the use may be what failed', 'try { x.q(); } catch { /*a*/ x.p; }', 'untested'],
    ['in the handler: the assertion may be what failed', 'try { assert(x); } catch { /*a*/ x.p; }', 'untested'],
    ['a method whose answer changes', 'if (rows.shift()) { const z = rows.shift(); /*a*/ z.p; }', 'untested'],
    ['a call that writes it', 'let z = f(); const reset = () => { z = f(); }; if (!z) return; reset(); /*a*/ z.p;', 'call'],
    ['a shared variable across an await', 'let z = f(); on(() => { z = f(); }); if (!z) return; await g(); /*a*/ z.p;', 'await'],
    ['after ?? with something unknown', 'const z = x ?? f(); /*a*/ z.p;', 'untested'],
    ['a constant condition about a variable that changed', 'let z = f(); const ok = z != null; z = f(); if (ok) { /*a*/ z.p; }', 'untested'],
    ['the result of a call', 'const z = f(); /*a*/ z.p;', 'untested'],
    ['a destructured member', 'const { z } = obj; /*a*/ z.p;', 'untested'],
    ['a test function that only tells what is', 'if (isString(x)) return; /*a*/ x.p;', 'some-paths'],
  ];
  it.each(not)('unknown: %s', (_sentence, body, reason) => {
    const facts = ask(sourceOf(inFunction(body)));
    expect(facts.nonNullish).toBe('unknown');
    expect(facts.reason).toBe(reason);
  });

  const no: [sentence: string, body: string][] = [
    ['where the test says that it is null', 'if (x == null) { /*a*/ x.p; }'],
    ['a variable without a value', 'let z; /*a*/ z.p;'],
    ['null was assigned', 'x = null; /*a*/ x.p;'],
    ['a deleted member', 'delete obj.user; /*a*/ obj.user.p;'],
    ['typeof undefined', "if (typeof x === 'undefined') { /*a*/ x.p; }"],
  ];
  it.each(no)('no: %s', (_sentence, body) => {
    expect(ask(sourceOf(inFunction(body))).nonNullish).toBe('no');
  });
});

describe('other facts', () => {
  const lengths: [sentence: string, body: string, truthy: 'yes' | 'no' | 'unknown'][] = [
    ['length > 0', 'if (rows.length > 0) { /*a*/ rows.length; }', 'yes'],
    ['not length <= 1', 'if (rows.length <= 1) return; /*a*/ rows.length;', 'yes'],
    ['not length < 2', 'if (rows.length < 2) return; /*a*/ rows.length;', 'yes'],
    ['not length < 0', 'if (rows.length < 0) return; /*a*/ rows.length;', 'unknown'],
    ['length >= 1', 'if (rows.length >= 1) { /*a*/ rows.length; }', 'yes'],
    ['0 < length', 'if (0 < rows.length) { /*a*/ rows.length; }', 'yes'],
    ['length !== 0', 'if (rows.length !== 0) { /*a*/ rows.length; }', 'yes'],
    ['length === 0, early', 'if (rows.length === 0) return; /*a*/ rows.length;', 'yes'],
    ['!length, early', 'if (!rows.length) return; /*a*/ rows.length;', 'yes'],
    ['length < 1, early', 'if (rows.length < 1) return; /*a*/ rows.length;', 'yes'],
    ['length === 1', 'if (rows.length === 1) { /*a*/ rows.length; }', 'yes'],
    ['optional length > 0', 'if (rows?.length > 0) { /*a*/ rows.length; }', 'yes'],
    ['length === 0', 'if (rows.length === 0) { /*a*/ rows.length; }', 'no'],
    ['length > 0, else', 'if (rows.length > 0) return; /*a*/ rows.length;', 'no'],
    ['a pop in between', 'if (!rows.length) return; rows.pop(); /*a*/ rows.length;', 'unknown'],
    ['a write in between', 'if (!rows.length) return; rows[0] = 1; /*a*/ rows.length;', 'unknown'],
    ['length > -1', 'if (rows.length > -1) { /*a*/ rows.length; }', 'unknown'],
    ['nothing', '/*a*/ rows.length;', 'unknown'],
  ];
  it.each(lengths)('is a list not empty: %s', (_sentence, body, truthy) => {
    const file = sourceOf(inFunction(body));
    const use = marked(file, 'a', 'MemberExpression');
    expect(factsAt(file, use, use).truthy).toBe(truthy);
  });

  it('tells tested from guarded', () => {
    const tested = (body: string): string => ask(sourceOf(inFunction(body))).tested;
    expect(tested('if (!x) log(); /*a*/ x.p;')).toBe('yes');
    expect(tested('if (y) { if (!x) log(); } /*a*/ x.p;')).toBe('unknown');
    expect(tested('/*a*/ x.p;')).toBe('no');
    expect(tested('if (!x) log(); x = f(); /*a*/ x.p;')).toBe('no');
  });

  it('isGuarded tells unguarded from unknown', () => {
    const file = sourceOf(inFunction('/*a*/ x.p; f().p; if (x !== undefined) { /*b*/ x.p; } if (x) { /*c*/ x.p; } return; /*d*/ x.p;'));
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => marked(file, name, 'MemberExpression'));
    const x = marked(file, 'a', 'Identifier');
    const variable = file.bindings.variableOf(x);
    if (variable === null || variable === 'global') throw new Error('x is a parameter');
    expect(isGuarded(file, a!, x, 'nullish')).toBe('no');
    expect(isGuarded(file, a!, variable, 'nullish')).toBe('no');
    expect(isGuarded(file, a!, file.index.calls[0]!, 'nullish')).toBe('unknown');
    expect(isGuarded(file, b!, x, 'undefined')).toBe('yes');
    expect(isGuarded(file, c!, x, 'falsy')).toBe('yes');
    expect(isGuarded(file, d!, x, 'nullish')).toBe('unknown');
    expect(factsAt(file, d!, x).reason).toBe('unreachable');
    expect(factsAt(file, file.index.calls[0]!, file.index.calls[0]!).reason).toBe('no-path');
  });

  it('a field initialiser has no place', () => {
    const file = sourceOf('class A { p = /*a*/ x.y; }');
    expect(ask(file).reason).toBe('no-place');
  });

  it('answers for every member of odd code, and ends on code that feeds itself', () => {
    const file = sourceOf(`
      let a = b, b = a; for (;;) { a = b.next ?? a; b = a?.prev || b; if (a === b) break; }
      label: do { switch (a) { case b: continue label; default: a = a.a.a; } } while ((a = a.b) && a[a.c][a?.d].e);
      function f({ p = f.q, ...r } = {}, [s = r.t] = []) { try { return p.u; } finally { delete r.v; for (r.w in s.x) { r.w.y; } } }
      class K { static z = a.b; m() { return super.m.n ?? this.o?.p!.q; } } enum E { A = a.b } for (const k of a.b) k.c.d; a.b.c\`\${a.d}\`;
    `);
    for (const node of nodesOf(file)) if (node.type === 'MemberExpression') expect(() => factsAt(file, node, node.object)).not.toThrow();
  });

  it('a long function is followed once for each path', () => {
    const statements = Array.from({ length: 1500 }, (_, i) => `if (x${i % 50}) f(x${i % 50}.p);`).join('\n');
    const file = sourceOf(`function run() { ${statements} }`);
    let yes = 0;
    for (const member of file.index.members) if (isGuarded(file, member, member.object, 'nullish') === 'yes') yes++;
    expect(yes).toBe(1500);
  });

  it('long chains of values, conditions and nesting neither overflow nor hang', () => {
    const chain = Array.from({ length: 800 }, (_, i) => `const z${i + 1} = z${i};`).join(' ');
    const double = Array.from({ length: 400 }, (_, i) => `const d${i + 1} = (d${i} && d${i}.p) || d${i};`).join(' ');
    const logic = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? '&& a)' : '|| x)')).join(' ');
    const file = sourceOf(`const z0 = {}; ${chain} const d0 = {}; ${double} /*a*/ z800.p; d400.p; const ok = ${'('.repeat(60)}x ${logic}; if (ok) { x.p; }`);
    expect(ask(file).nonNullish).toBe('unknown');
    for (const member of file.index.members) factsAt(file, member, member.object);
  });

  it('code that is nested too deep proves nothing', () => {
    const file = sourceOf(`function run(x) { if (!x) return; a${'.b(c)'.repeat(2000)}; /*a*/ x.p; }`);
    expect(ask(file).reason).toBe('no-place');
  });
});
