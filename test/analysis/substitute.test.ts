import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { readMember } from '../../src/analysis/member.js';
import { substitute } from '../../src/analysis/substitute.js';
import type { FunctionNode } from '../../src/analysis/value.js';
import { marked, sourceOf } from '../support/source.js';
import { valueText } from '../support/value-text.js';

/** The value behind `a`, inside the function behind `f`, seen from the call behind `c`. */
function seenFrom(code: string): string {
  const file = sourceOf(code);
  const call = marked(file, 'c', 'CallExpression');
  if (call.type !== 'CallExpression') throw new Error('mark a call');
  const owner = marked(file, 'f') as FunctionNode;
  return valueText(substitute(evaluate(file, marked(file, 'a')), owner, call.arguments, file));
}

describe('a value seen from a call', () => {
  const cases: [sentence: string, code: string, value: string][] = [
    ['a parameter is its argument', '/*f*/ function f(x) { /*a*/ x; } /*c*/ f(1);', '1'],
    ['a parameter without an argument is undefined', '/*f*/ function f(x) { /*a*/ x; } /*c*/ f();', 'undefined'],
    ['a member of a parameter', '/*f*/ function f(x) { /*a*/ x.b; } /*c*/ f({ b: 1 });', '1'],
    ['a member of a parameter without an argument', '/*f*/ function f(x) { /*a*/ x.b; } /*c*/ f();', 'undefined'],
    ['a parameter behind spread arguments', '/*f*/ function f(x, y) { /*a*/ y; } /*c*/ f(1, ...rest);', '? opaque-spread'],
    ['a parameter before spread arguments', '/*f*/ function f(x, y) { /*a*/ x; } /*c*/ f(1, ...rest);', '1'],
    ['a parameter in an object', '/*f*/ function f(x) { return /*a*/ { k: x }; } /*c*/ f(1);', '{ k: 1 }'],
    ['a parameter in a list', '/*f*/ function f(x) { return /*a*/ [x]; } /*c*/ f(1);', '[1]'],
    ['a parameter that is spread', '/*f*/ function f(x) { return /*a*/ { k: 1, ...x }; } /*c*/ f({ l: 2 });', '{ k: 1, l: 2 }'],
    ['a parameter that is spread and not passed', '/*f*/ function f(x) { return /*a*/ { k: 1, ...x }; } /*c*/ f();', '{ k: 1 }'],
    ['a parameter that is spread, and a key that is written after', '/*f*/ function f(x) { const o = { ...x }; o.k = 1; return /*a*/ o; } /*c*/ f({ l: 2 });', '{ l: 2, k: 1 }'],
    ['a default without an argument', '/*f*/ function f(x = 1) { /*a*/ x; } /*c*/ f();', '1'],
    ['a parameter of another function stays', 'function g(y) { /*f*/ function f(x) { return /*a*/ { x, y }; } /*c*/ f(1); }', '{ x: 1, y: parameter 0 }'],
    ['a parameter as the time of a signal', '/*f*/ function f(ms) { return /*a*/ AbortSignal.timeout(ms); } /*c*/ f(1);', 'signal after 1'],
    ['a parameter as an option of a client', "import axios from 'axios'; /*f*/ function f(ms) { return /*a*/ axios.create({ timeout: ms }); } /*c*/ f(1);", 'axios instance ({ timeout: 1 })'],
    ['a literal stays', '/*f*/ function f(x) { /*a*/ 1; } /*c*/ f(2);', '1'],
  ];
  it.each(cases)('%s', (_sentence, code, value) => {
    expect(seenFrom(code)).toBe(value);
  });
});

describe('a member of a value', () => {
  const member = (code: string, name: string): string => {
    const file = sourceOf(code);
    const node = marked(file, 'a');
    return valueText(readMember(evaluate(file, node), name, { file, node }));
  };

  it.each([
    ['of either of two objects is either', 'const o = slow ? { ms: 1 } : { ms: 2 }; /*a*/ o;', 'ms', '1 | 2'],
    ['of an object or nothing is that of the object', 'const o = slow ? { ms: 1 } : null; /*a*/ o;', 'ms', '1'],
    ['of a text is not known', "/*a*/ 'a';", 'length', '? opaque-call'],
    ['of a policy is not known', "import { timeout } from 'cockatiel'; /*a*/ timeout(1);", 'execute', '? opaque-call'],
    ['of a package that nobody models', "import * as utils from 'utils'; /*a*/ utils;", 'load', 'export utils.load'],
    ['of the global object', '/*a*/ globalThis;', 'fetch', 'operation fetch'],
    ['of a controller that is no signal', 'const c = new AbortController(); /*a*/ c;', 'abort', '? opaque-call'],
  ])('%s', (_sentence, code, name, value) => {
    expect(member(code, name)).toBe(value);
  });
});
