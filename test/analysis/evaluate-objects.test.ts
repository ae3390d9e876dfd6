import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { marked, sourceOf } from '../support/source.js';
import { valueText } from '../support/value-text.js';

function valueOf(code: string): string {
  const file = sourceOf(code);
  return valueText(evaluate(file, marked(file, 'a')));
}

const literals: [sentence: string, code: string, value: string][] = [
  ['keys', 'const o = /*a*/ { timeout: 5000, retries: 2 };', '{ timeout: 5000, retries: 2 }'],
  ['a shorthand key', 'const timeout = 5000; const o = /*a*/ { timeout };', '{ timeout: 5000 }'],
  ['a quoted key', "const o = /*a*/ { 'timeout': 5000 };", '{ timeout: 5000 }'],
  ['a computed key with a known name', "const KEY = 'timeout'; const o = /*a*/ { [KEY]: 5000 };", '{ timeout: 5000 }'],
  ['a computed key leaves the object open', 'const o = /*a*/ { [key]: 5000 };', '{ … dynamic-key }'],
  ['a key that stands twice is the later one', 'const o = /*a*/ { timeout: 1, timeout: 2 };', '{ timeout: 2 }'],
  ['a method', 'const o = /*a*/ { load() {} };', '{ load: function }'],
  ['a spread of a known object', 'const base = { timeout: 5000 }; const o = /*a*/ { ...base, retries: 2 };', '{ timeout: 5000, retries: 2 }'],
  ['a key after a spread wins', 'const base = { timeout: 5000 }; const o = /*a*/ { ...base, timeout: 1 };', '{ timeout: 1 }'],
  ['a spread after a key wins', 'const base = { timeout: 5000 }; const o = /*a*/ { timeout: 1, ...base };', '{ timeout: 5000 }'],
  ['a spread of something unknown leaves the object open', 'const o = /*a*/ { ...load(), retries: 2 };', '{ retries: 2, … opaque-call }'],
  ['a spread of a parameter leaves the object open', 'function f(options) { return /*a*/ { ...options }; }', '{ … parameter }'],
  ['a spread of nothing', 'const o = /*a*/ { ...undefined, ...null, ...false, retries: 2 };', '{ retries: 2 }'],
  ['a conditional spread may set its keys', 'const o = /*a*/ { ...(slow && { timeout: 5000 }) };', '{ timeout: undefined | 5000 }'],
  ['a spread of either of two objects', 'const o = /*a*/ { ...(slow ? { timeout: 5000 } : {}) };', '{ timeout: undefined | 5000 }'],
  ['a spread of either of two objects that both set it', 'const o = /*a*/ { ...(slow ? { timeout: 5000 } : { timeout: 100 }) };', '{ timeout: 5000 | 100 }'],
  ['a spread of a default object', 'function f(o) { return /*a*/ { ...{ timeout: 1 }, ...(o ?? {}) }; }', '{ timeout: 1, … parameter }'],
  ['Object.assign into a new object', 'const o = /*a*/ Object.assign({}, { timeout: 5000 }, { retries: 2 });', '{ timeout: 5000, retries: 2 }'],
  ['Object.assign of something unknown', 'const o = /*a*/ Object.assign({ timeout: 5000 }, load());', '{ timeout: 5000, … opaque-call }'],
  ['Object.assign of spread arguments', 'const o = /*a*/ Object.assign(...parts);', '? opaque-spread'],
  ['a member of an object', 'const o = { http: { timeout: 5000 } }; /*a*/ o.http.timeout;', '5000'],
  ['a member by a known key', "const o = { fast: 100, slow: 5000 }; const mode = 'slow'; /*a*/ o[mode];", '5000'],
  ['a member by an unknown key', 'const o = { fast: 100, slow: 5000 }; /*a*/ o[mode];', '? dynamic-key'],
  ['a member of an open object', 'const o = { ...load() }; /*a*/ o.timeout;', '? opaque-call'],
  ['an optional member', 'const o = { timeout: 5000 }; /*a*/ o?.timeout;', '5000'],
  ['a getter is what it returns', 'const o = { get timeout() { return 5000; } }; /*a*/ o.timeout;', '5000'],
];

const changes: [sentence: string, code: string, value: string][] = [
  ['a key that is assigned', 'const o = {}; o.timeout = 5000; /*a*/ o;', '{ timeout: 5000 }'],
  ['a key that is assigned by brackets', "const o = {}; o['timeout'] = 5000; /*a*/ o;", '{ timeout: 5000 }'],
  ['a key that is assigned in a condition', 'const o = {}; if (slow) o.timeout = 5000; /*a*/ o;', '{ timeout: undefined | 5000 }'],
  ['a key that is assigned by &&', 'const o = {}; slow && (o.timeout = 5000); /*a*/ o;', '{ timeout: undefined | 5000 }'],
  ['a key that is assigned after the read', 'const o = {}; /*a*/ o; o.timeout = 5000;', '{}'],
  ['a key that is assigned after the read, in a loop', 'const o = {}; for (;;) { /*a*/ o; o.timeout = 5000; }', '{ timeout: undefined | 5000 }'],
  ['a key that another function assigns', 'const o = {}; function prepare() { o.timeout = 5000; } /*a*/ o;', '{ timeout: undefined | 5000 }'],
  ['a nested key that is assigned', 'const o = { http: {} }; o.http.timeout = 5000; /*a*/ o;', '{ http: { timeout: 5000 } }'],
  ['a nested key without the object above it', 'const o = {}; o.http.timeout = 5000; /*a*/ o;', '{ http: { timeout: 5000 } }'],
  ['a key by ??= keeps what is there', 'const o = { timeout: 1 }; o.timeout ??= 5000; /*a*/ o;', '{ timeout: 1 }'],
  ['a key by ??= where nothing is there', 'const o = {}; o.timeout ??= 5000; /*a*/ o;', '{ timeout: 5000 }'],
  ['a key by += is not known', 'const o = { timeout: 1 }; o.timeout += 5000; /*a*/ o;', '{ timeout: ? mutated }'],
  ['a computed key leaves the object open', 'const o = {}; o[key] = 5000; /*a*/ o;', '{ … mutated }'],
  ['a computed key leaves it open, though its name could be found', "const o = {}; const key = 'timeout'; o[key] = 5000; /*a*/ o;", '{ … mutated }'],
  ['delete takes a key away', 'const o = { timeout: 1 }; delete o.timeout; /*a*/ o;', '{ timeout: undefined }'],
  ['delete in a condition may take a key away', 'const o = { timeout: 1 }; if (slow) delete o.timeout; /*a*/ o;', '{ timeout: 1 | undefined }'],
  ['Object.assign into it leaves it open', 'const o = {}; Object.assign(o, load()); /*a*/ o;', '{ … mutated }'],
  ['an unknown function that gets it may change it', 'const o = {}; prepare(o); /*a*/ o;', '{ … mutated }'],
  ['a logger changes nothing', 'const o = {}; console.log(o); logger.info(o); JSON.stringify(o); /*a*/ o;', '{}'],
  ['a client changes nothing', 'const o = {}; fetch(url, o); /*a*/ o;', '{}'],
  ['another name for it may change it', 'const o = {}; const p = o; p.timeout = 5000; /*a*/ o;', '{ … mutated }'],
  ['another name by assignment may change it', 'const o = {}; let p; p = o; p.timeout = 5000; /*a*/ o;', '{ … mutated }'],
  ['another object that holds it may change it', 'const o = {}; const all = { o }; configure(all); /*a*/ o;', '{ … mutated }'],
  ['an array that holds it may change it', 'const o = {}; [o].forEach((each) => { each.timeout = 5000; }); /*a*/ o;', '{ … mutated }'],
  ['a spread of it changes nothing', 'const o = {}; const p = { ...o }; /*a*/ o;', '{}'],
  ['a member that is handed over is taken to stay', 'const o = { socket: {} }; configure(o.socket); /*a*/ o;', '{ socket: {} }'],
  ['a second read under a condition changes nothing', 'const o = {}; if (o) { send(o.timeout); } /*a*/ o;', '{}'],
  ['a request that is made of it changes nothing', 'const o = {}; new Request(url, o); /*a*/ o;', '{}'],
  ['an object that is logged within another changes nothing', 'const o = {}; logger.info({ o }); /*a*/ o;', '{}'],
  ['Object.assign from it changes nothing', 'const o = {}; const p = Object.assign({}, o); /*a*/ o;', '{}'],
  ['a key that the module assigns once, read from a function', 'const o = {}; o.timeout = 5000; function send() { /*a*/ o; }', '{ timeout: 5000 }'],
  ['either of two objects under one name', 'const o = {}; const p = slow ? o : null; /*a*/ o;', '{ … mutated }'],
  ['a scalar member that is handed over stays', 'const o = { timeout: 5000 }; configure(o.timeout); /*a*/ o;', '{ timeout: 5000 }'],
  ['a pattern that writes to it leaves it open', 'const o = {}; ({ timeout: o.timeout } = load()); /*a*/ o;', '{ timeout: ? mutated }'],
  ['an update of a key', 'const o = { n: 1 }; o.n++; /*a*/ o.n;', '? mutated'],
];

describe('an object evaluates', () => {
  it.each(literals)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});

describe('an object that changes evaluates', () => {
  it.each(changes)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});
