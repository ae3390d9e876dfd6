import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { marked, sourceOf } from '../support/source.js';
import { valueText } from '../support/value-text.js';

function valueOf(code: string): string {
  const file = sourceOf(code);
  return valueText(evaluate(file, marked(file, 'a')));
}

const variables: [sentence: string, code: string, value: string][] = [
  ['a const', 'const timeoutMs = 5000; /*a*/ timeoutMs;', '5000'],
  ['a let that is never written', 'let timeoutMs = 5000; /*a*/ timeoutMs;', '5000'],
  ['a let that is written again is either', 'let timeoutMs = 5000; timeoutMs = 100; /*a*/ timeoutMs;', '5000 | 100'],
  ['a let that is filled later is what it is filled with', 'let timeoutMs; timeoutMs = 5000; /*a*/ timeoutMs;', '5000'],
  ['a let that is filled in one of two ways', 'let ms; if (fast) ms = 100; else ms = 5000; /*a*/ ms;', '100 | 5000'],
  ['a let that only null is written to', 'let ms = 5000; ms = null; /*a*/ ms;', '5000 | null'],
  ['a var that is declared twice is either', 'var ms = 1; var ms = 2; /*a*/ ms;', '1 | 2'],
  ['a counter is not known', 'let n = 0; n++; /*a*/ n;', '0 | ? syntax'],
  ['a sum is not known', 'let n = 0; n += 5; /*a*/ n;', '0 | ? syntax'],
  ['??= may keep what was there', 'let ms = load(); ms ??= 5000; /*a*/ ms;', '? opaque-call | 5000'],
  ['a variable that a loop fills', 'for (const ms of [1, 2]) { /*a*/ ms; }', '? syntax'],
  ['the counter of a loop', 'for (let i = 0; i < 3; i++) { /*a*/ i; }', '0 | ? syntax'],
  ['a variable that is never given a value', 'let ms; /*a*/ ms;', 'undefined'],
  ['an inner variable hides the outer one', 'const ms = 1; { const ms = 2; /*a*/ ms; }', '2'],
  ['a type of the same name says nothing of the value', 'const ms = 5000; type ms = typeof ms; /*a*/ ms;', '5000'],
  ['a parameter hides the outer one', 'const ms = 1; function f(ms) { return /*a*/ ms; }', 'parameter 0'],
  ['a variable of the function around', 'const ms = 1; const f = () => { /*a*/ ms; };', '1'],
  ['a chain of names', 'const a = 1; const b = a; const c = b; /*a*/ c;', '1'],
  ['a name that is defined by itself is given up', 'const a = b; const b = a; /*a*/ a;', '? depth'],
  ['a recursion of objects is given up', 'const a = { next: b.next }; const b = { next: a.next }; /*a*/ a.next;', '? depth'],
  ['an error that was caught', 'try { f(); } catch (error) { /*a*/ error; }', '? syntax'],
  ['an enum is not evaluated', 'enum Limit { Short = 100 } /*a*/ Limit;', '? syntax'],
  ['a namespace is not evaluated', 'namespace Limits { export const short = 100 } /*a*/ Limits;', '? syntax'],
  ['a declared constant is not known', 'declare const TIMEOUT: number; /*a*/ TIMEOUT;', '? syntax'],
  ['a function', 'function load() {} /*a*/ load;', 'function load'],
  ['a function that is used before it stands', '/*a*/ load; function load() {}', 'function load'],
];

const patterns: [sentence: string, code: string, value: string][] = [
  ['a key', 'const { timeout } = { timeout: 5000 }; /*a*/ timeout;', '5000'],
  ['a key under another name', 'const { timeout: ms } = { timeout: 5000 }; /*a*/ ms;', '5000'],
  ['a key that is not there', 'const { timeout } = {}; /*a*/ timeout;', 'undefined'],
  ['a default for a key that is not there', 'const { timeout = 5000 } = {}; /*a*/ timeout;', '5000'],
  ['a default for a key that is there', 'const { timeout = 5000 } = { timeout: 100 }; /*a*/ timeout;', '100'],
  ['a default for a key that is not known', 'const { timeout = 5000 } = load(); /*a*/ timeout;', '? opaque-call | 5000'],
  ['a nested key', 'const { http: { timeout } } = { http: { timeout: 5000 } }; /*a*/ timeout;', '5000'],
  ['a default on the way', 'const { http: { timeout } = { timeout: 1 } } = { http: { timeout: 5000 } }; /*a*/ timeout;', '5000'],
  ['an item', 'const [, second] = [1, 2]; /*a*/ second;', '2'],
  ['a default for an item', 'const [first = 1] = []; /*a*/ first;', '1'],
  ['the rest is not known', 'const { timeout, ...rest } = { timeout: 1, retries: 2 }; /*a*/ rest;', '? syntax'],
  ['a computed key is not known', 'const { [name]: ms } = { timeout: 1 }; /*a*/ ms;', '? syntax'],
  ['a quoted key', "const { 'x-timeout': ms } = { 'x-timeout': 1 }; /*a*/ ms;", '1'],
  ['a pattern that is assigned is not known', 'let ms = 1; ({ ms } = load()); /*a*/ ms;', '1 | ? syntax'],
  ['a destructured parameter', 'function f({ http: { timeout } }) { /*a*/ timeout; }', 'parameter 0.http.timeout'],
  ['a destructured parameter with a default', 'function f({ timeout = 5000 } = {}) { /*a*/ timeout; }', 'parameter 0.timeout | 5000'],
  ['a parameter with a default', 'function f(url, options = { timeout: 5000 }) { /*a*/ options; }', 'parameter 1 | { timeout: 5000 }'],
  ['a rest parameter is not known', 'function f(...args) { /*a*/ args; }', '? parameter'],
  ['a member of a parameter', 'function f(options) { /*a*/ options.http.timeout; }', 'parameter 0.http.timeout'],
  ['a parameter that is normalised is either', 'function f(options) { options = options ?? {}; return /*a*/ options; }', 'parameter 0 | {}'],
  ['a variable that goes on to a part of itself', 'let node = { ms: 1, next: { ms: 2 } }; node = node.next; /*a*/ node.ms;', '1 | 2'],
  ['a variable that goes on to a result of itself is not known', 'let node = () => node; node = node(); /*a*/ node.ms;', '? opaque-call'],
];

describe('a variable evaluates', () => {
  it.each(variables)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});

describe('a pattern evaluates', () => {
  it.each(patterns)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});
