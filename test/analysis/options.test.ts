import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { readLayers, readOption } from '../../src/analysis/options.js';
import { literal, type Value } from '../../src/analysis/value.js';
import { marked, sourceOf } from '../support/source.js';
import { answerText } from '../support/value-text.js';

/** The answer for `timeout` (or the path in the fourth column) in the value behind the marker. */
function answerOf(code: string, path = 'timeout'): string {
  const file = sourceOf(code);
  return answerText(readOption(evaluate(file, marked(file, 'a')), path));
}

const cases: [sentence: string, code: string, answer: string, path?: string][] = [
  // set
  ['a key is set', 'const o = /*a*/ { timeout: 5000 };', 'set 5000'],
  ['a key of a variable is set', 'const o = { timeout: 5000 }; /*a*/ o;', 'set 5000'],
  ['a nested key is set', 'const o = /*a*/ { timeout: { request: 5000 } };', 'set 5000', 'timeout.request'],
  ['a key below a variable is set', 'const request = 5000; const timeout = { request }; const o = /*a*/ { timeout };', 'set 5000', 'timeout.request'],
  ['a key of an environment variable is set', 'const o = /*a*/ { timeout: Number(process.env.TIMEOUT) };', 'set env TIMEOUT'],
  ['a key of a parameter is set', 'function f(ms) { return /*a*/ { timeout: ms }; }', 'set parameter 0'],
  ['a key of something unknown is set', 'const o = /*a*/ { timeout: load() };', 'set ? opaque-call'],
  ['a key of null is set, to null', 'const o = /*a*/ { timeout: null };', 'set null'],
  ['a key of false is set, to false', 'const o = /*a*/ { timeout: false };', 'set false'],
  ['a key of zero is set, to zero', 'const o = /*a*/ { timeout: 0 };', 'set 0'],
  ['a key with either of two values is set', 'const o = /*a*/ { timeout: slow ? 5000 : 100 };', 'set 5000 | 100'],
  ['a key that both alternatives have is set', 'const o = slow ? { timeout: 5000 } : { timeout: 100 }; /*a*/ o;', 'set 5000'],
  ['a key beside an opaque spread is set', 'const o = /*a*/ { ...load(), timeout: 5000 };', 'set 5000'],
  ['a key before an opaque spread is set', 'const o = /*a*/ { timeout: 5000, ...load() };', 'set 5000'],
  ['a key in a spread object is set', 'const base = { timeout: 5000 }; const o = /*a*/ { ...base };', 'set 5000'],
  ['a key that is assigned later is set', 'const o = {}; o.timeout = 5000; /*a*/ o;', 'set 5000'],
  ['a key by ??= is set', 'const o = {}; o.timeout ??= 5000; /*a*/ o;', 'set 5000'],
  ['a key of Object.assign is set', 'const o = /*a*/ Object.assign({}, { timeout: 5000 });', 'set 5000'],
  ['a key of a frozen object is set', 'const o = /*a*/ Object.freeze({ timeout: 5000 });', 'set 5000'],
  ['a key of what a function returns is set', 'const limits = () => ({ timeout: 5000 }); /*a*/ limits();', 'set 5000'],
  ['a field of an object of a class is set', 'class Options { timeout = 5000; } /*a*/ new Options();', 'set 5000'],
  ['a getter of an object is set', 'const o = /*a*/ { get timeout() { return 5000; } };', 'set 5000'],
  ['a computed key with a known name is set', "const KEY = 'timeout'; const o = /*a*/ { [KEY]: 5000 };", 'set 5000'],
  ['the options of a client that stands for options are set', "import { Agent } from 'undici'; const o = /*a*/ { dispatcher: new Agent({ headersTimeout: 5000 }) };", 'set 5000', 'dispatcher.headersTimeout'],
  ['the options of a request are set', "/*a*/ new Request(url, { signal: AbortSignal.timeout(5000) });", 'set signal after 5000', 'signal'],
  // absent
  ['nothing is passed', 'const o = /*a*/ undefined;', 'absent'],
  ['null is passed', 'const o = /*a*/ null;', 'absent'],
  ['an empty object', 'const o = /*a*/ {};', 'absent'],
  ['another key', 'const o = /*a*/ { retries: 2 };', 'absent'],
  ['a key that is undefined', 'const o = /*a*/ { timeout: undefined };', 'absent'],
  ['a key that is void 0', 'const o = /*a*/ { timeout: void 0 };', 'absent'],
  ['a nested key in an object without it', 'const o = /*a*/ { timeout: { connect: 1 } };', 'absent', 'timeout.request'],
  ['a nested key below a number', 'const o = /*a*/ { timeout: 5000 };', 'absent', 'timeout.request'],
  ['a key that is assigned after the read', 'const o = {}; /*a*/ o; o.timeout = 5000;', 'absent'],
  ['a key that was deleted', 'const o = { timeout: 5000 }; delete o.timeout; /*a*/ o;', 'absent'],
  ['a key that a later spread sets to undefined', 'const o = /*a*/ { timeout: 5000, ...{ timeout: undefined } };', 'absent'],
  ['no alternative has it', 'const o = slow ? { retries: 1 } : {}; /*a*/ o;', 'absent'],
  ['an object of a class without the field', 'class Options { retries = 2; } /*a*/ new Options();', 'absent'],
  ['a text', "/*a*/ 'https://api.example.com';", 'absent'],
  ['a function', 'const o = /*a*/ () => {};', 'absent'],
  ['a list', 'const o = /*a*/ [1, 2];', 'absent'],
  ['a spread of nothing', 'const o = /*a*/ { ...undefined, ...null };', 'absent'],
  ['spreads of known objects without it', 'const a = { retries: 1 }; const b = { headers: {} }; const o = /*a*/ { ...a, ...b };', 'absent'],
  // unknown
  ['a parameter', 'function f(options) { return /*a*/ options; }', 'unknown parameter'],
  ['a member of a parameter', 'function f(options) { return /*a*/ options.http; }', 'unknown parameter'],
  ['a spread of a parameter', 'function f(options) { return /*a*/ { ...options }; }', 'unknown parameter'],
  ['a rest parameter', 'function f(...all) { return /*a*/ all[1]; }', 'unknown parameter'],
  ['the result of an unknown function', '/*a*/ load();', 'unknown opaque-call'],
  ['a spread of an unknown function', 'const o = /*a*/ { ...load() };', 'unknown opaque-call'],
  ['an unknown import', "import { options } from './options.js'; /*a*/ options;", 'unknown other-file-off'],
  ['a computed key', 'const o = /*a*/ { [key]: 5000 };', 'unknown dynamic-key'],
  ['a member by a computed key', 'const all = { a: {} }; /*a*/ all[key];', 'unknown dynamic-key'],
  ['a key that is set under a condition', 'const o = {}; if (slow) o.timeout = 5000; /*a*/ o;', 'unknown sometimes-set'],
  ['a key that is conditionally undefined', 'const o = /*a*/ { timeout: slow ? 5000 : undefined };', 'unknown sometimes-set'],
  ['a conditional spread', 'const o = /*a*/ { ...(slow && { timeout: 5000 }) };', 'unknown sometimes-set'],
  ['one of two alternatives has it', 'const o = slow ? { timeout: 5000 } : {}; /*a*/ o;', 'unknown sometimes-set'],
  ['an optional object', 'const o = slow ? { timeout: 5000 } : undefined; /*a*/ o;', 'unknown sometimes-set'],
  ['an object that an unknown function gets', 'const o = {}; prepare(o); /*a*/ o;', 'unknown mutated'],
  ['an object with another name', 'const o = {}; const p = o; p.timeout = 1; /*a*/ o;', 'unknown mutated'],
  ['an object whose keys are set by computed names', 'const o = {}; o[key] = 1; /*a*/ o;', 'unknown mutated'],
  ['a field of a class without a base that is known', 'class A extends B { f() { return /*a*/ this.options; } }', 'unknown untyped-receiver'],
  ['a field by a type only', 'class A { options: Options; f() { return /*a*/ this.options; } }', 'unknown untyped-receiver'],
  ['a loop variable', 'for (const o of all) { /*a*/ o; }', 'unknown syntax'],
  ['an error that was caught', 'try {} catch (o) { /*a*/ o; }', 'unknown syntax'],
  ['a value that is defined by itself', 'const a = { ...b }; const b = { ...a }; /*a*/ a;', 'unknown depth'],
  ['a nested key below something unknown', 'const o = /*a*/ { timeout: load() };', 'unknown opaque-call', 'timeout.request'],
  ['a nested key below an open object', 'const o = /*a*/ { timeout: { ...load() } };', 'unknown opaque-call', 'timeout.request'],
  ['a declared constant', 'declare const options: RequestInit; /*a*/ options;', 'unknown syntax'],
  ['a global that nobody declares', '/*a*/ options;', 'unknown opaque-spread'],
];

describe('an option is read', () => {
  it.each(cases)('%s', (_sentence, code, answer, path) => {
    expect(answerOf(code, path)).toBe(answer);
  });

  it('no options at all', () => {
    expect(answerText(readOption(null, 'timeout'))).toBe('absent');
  });

  it('the value itself, by the empty path', () => {
    expect(answerText(readOption(literal(5000), ''))).toBe('set 5000');
    expect(answerText(readOption(literal(undefined), ''))).toBe('absent');
  });
});

describe('layers of options are read', () => {
  const layer = (code: string): Value => {
    const file = sourceOf(`const o = /*a*/ ${code};`);
    return evaluate(file, marked(file, 'a'));
  };

  it('the last one that says something wins', () => {
    expect(answerText(readLayers([layer('{ timeout: 1 }'), layer('{ timeout: 2 }')], 'timeout', null))).toBe('set 2');
    expect(answerText(readLayers([layer('{ timeout: 1 }'), layer('{ retries: 2 }')], 'timeout', null))).toBe('set 1');
  });

  it('one that sets undefined says nothing', () => {
    expect(answerText(readLayers([layer('{ timeout: 1 }'), layer('{ timeout: undefined }')], 'timeout', null))).toBe('set 1');
  });

  it('one that is not known hides those below it', () => {
    expect(answerText(readLayers([layer('{ timeout: 1 }'), layer('load()')], 'timeout', null))).toBe('unknown opaque-call');
  });

  it('absence is unknown where the client is not seen being made', () => {
    expect(answerText(readLayers([layer('{}')], 'timeout', { code: 'injected' }))).toBe('unknown injected');
    expect(answerText(readLayers([], 'timeout', null))).toBe('absent');
  });
});
