import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { marked, sourceOf } from '../support/source.js';
import { valueText } from '../support/value-text.js';

/** The value of the expression behind the marker `a`. */
function valueOf(code: string): string {
  const file = sourceOf(code);
  return valueText(evaluate(file, marked(file, 'a')));
}

const cases: [sentence: string, code: string, value: string][] = [
  ['a number', '/*a*/ 5000;', '5000'],
  ['a number with separators', '/*a*/ 10_000;', '10000'],
  ['a number in hexadecimal', '/*a*/ 0x10;', '16'],
  ['a big integer', '/*a*/ 10n;', '10n'],
  ['a negative number', '/*a*/ -1;', '-1'],
  ['a text', "/*a*/ 'orders';", "'orders'"],
  ['null', '/*a*/ null;', 'null'],
  ['undefined', '/*a*/ undefined;', 'undefined'],
  ['void 0', '/*a*/ void 0;', 'undefined'],
  ['Infinity', '/*a*/ Infinity;', 'Infinity'],
  ['NaN', '/*a*/ NaN;', 'NaN'],
  ['an undefined that a function declares is not the global one', 'function f(undefined) { return /*a*/ undefined; }', 'parameter 0'],
  ['a regular expression', '/*a*/ /^a/;', '/^a/'],
  ['a negation', '/*a*/ !0;', 'true'],
  ['a plus that makes a number of a text', "/*a*/ +'30';", '30'],
  ['arithmetic', '/*a*/ 30 * 1000;', '30000'],
  ['arithmetic with names', 'const SECOND = 1000; const MINUTE = 60 * SECOND; /*a*/ (5 * MINUTE) / 2;', '150000'],
  ['an exponent', '/*a*/ 2 ** 31 - 1;', '2147483647'],
  ['a remainder', '/*a*/ 7 % 4;', '3'],
  ['a comparison is not evaluated', '/*a*/ 1 < 2;', '? syntax'],
  ['text that is joined', "/*a*/ 'https://' + 'api.example.com';", "'https://api.example.com'"],
  ['text that is joined with a number', "/*a*/ 'v' + 2;", "'v2'"],
  ['text of known and unknown parts', "/*a*/ base + '/orders';", '`?/orders`'],
  ['a template without parts', '/*a*/ `orders`;', "'orders'"],
  ['a template of known parts', "const host = 'api.example.com'; /*a*/ `https://${host}/v${2}`;", "'https://api.example.com/v2'"],
  ['a template of unknown parts', 'function f(id) { return /*a*/ `/orders/${id}`; }', '`/orders/?`'],
  ['a template within a template', "const base = `https://${'api'}`; /*a*/ `${base}/orders`;", "'https://api/orders'"],
  ['a tagged template is a call that is not followed', '/*a*/ sql`select 1`;', '? syntax'],
  ['a sequence is its last part', 'const ms = (/*a*/ 0, 5000);', '5000'],
  ['what is awaited', '/*a*/ await 5000;', '5000'],
  ['an assertion changes nothing', '/*a*/ (5000 as number)!;', '5000'],
  ['satisfies changes nothing', 'const o = /*a*/ { timeout: 5000 } satisfies object;', '{ timeout: 5000 }'],
  ['as const changes nothing', 'const list = /*a*/ [1, 2] as const;', '[1, 2]'],
  ['a ternary is both', '/*a*/ isProduction ? 1000 : 5000;', '1000 | 5000'],
  ['a ternary with equal arms is one', '/*a*/ isProduction ? 1000 : 1000;', '1000'],
  ['a ternary within a ternary', '/*a*/ a ? 1 : b ? 2 : 3;', '1 | 2 | 3'],
  ['?? after a number is that number', '/*a*/ 0 ?? 5000;', '0'],
  ['?? after null is the other', '/*a*/ null ?? 5000;', '5000'],
  ['?? after undefined is the other', '/*a*/ undefined ?? 5000;', '5000'],
  ['?? after something unknown may be either', '/*a*/ load() ?? 5000;', '? opaque-call | 5000'],
  ['|| after zero is the other', '/*a*/ 0 || 5000;', '5000'],
  ['|| after a number is that number', '/*a*/ 300 || 5000;', '300'],
  ['|| after an object is that object', 'const o = /*a*/ { timeout: 1 } || { timeout: 2 };', '{ timeout: 1 }'],
  ['&& after something true is the other', '/*a*/ 1 && 5000;', '5000'],
  ['&& after something false is that', '/*a*/ 0 && 5000;', '0'],
  ['&& after something unknown may be nothing', '/*a*/ isSlow && { timeout: 5000 };', 'undefined | { timeout: 5000 }'],
  ['an environment variable', '/*a*/ process.env.API_TIMEOUT;', 'env API_TIMEOUT'],
  ['an environment variable in brackets', "/*a*/ process.env['API_TIMEOUT'];", 'env API_TIMEOUT'],
  ['an environment variable by another global', '/*a*/ globalThis.process.env.API_TIMEOUT;', 'env API_TIMEOUT'],
  ['an environment variable that was destructured', 'const { API_TIMEOUT } = process.env; /*a*/ API_TIMEOUT;', 'env API_TIMEOUT'],
  ['an environment variable under another name', 'const env = process.env; /*a*/ env.API_TIMEOUT;', 'env API_TIMEOUT'],
  ['an environment variable with a computed name', '/*a*/ process.env[name];', '? dynamic-key'],
  ['Number of an environment variable', '/*a*/ Number(process.env.API_TIMEOUT);', 'env API_TIMEOUT'],
  ['parseInt of an environment variable', '/*a*/ parseInt(process.env.API_TIMEOUT, 10);', 'env API_TIMEOUT'],
  ['an environment variable with a default', '/*a*/ Number(process.env.API_TIMEOUT ?? 5000);', 'env API_TIMEOUT | 5000'],
  ['Number of a text', "/*a*/ Number('5000');", '5000'],
  ['Number.parseInt of a text with a unit', "/*a*/ Number.parseInt('30s', 10);", '30'],
  ['String of a number', '/*a*/ String(5);', "'5'"],
  ['a URL', "/*a*/ new URL('https://api.example.com');", "URL 'https://api.example.com'"],
  ['a frozen object', '/*a*/ Object.freeze({ timeout: 5000 });', '{ timeout: 5000 }'],
  ['a global that nobody models', '/*a*/ performance;', 'builtin performance'],
  ['an array', "/*a*/ [1, 'two'];", "[1, 'two']"],
  ['an array with holes keeps its positions', '/*a*/ [, 1][1];', '1'],
  ['an array with a spread is open', '/*a*/ [1, ...more];', '[1, … opaque-spread]'],
  ['an item of an array', '/*a*/ [1, 2][1];', '2'],
  ['an item beyond the end', '/*a*/ [1, 2][5];', 'undefined'],
  ['an arrow', 'const load = /*a*/ () => 1;', 'function'],
  ['a class', '/*a*/ class PaymentClient {}', 'class PaymentClient'],
  ['this outside a class is not known', '/*a*/ this.http;', '? untyped-receiver'],
  ['yield is not known', 'function* f() { const x = /*a*/ yield 1; }', '? syntax'],
  ['new.target is not known', 'function f() { return /*a*/ new.target; }', '? syntax'],
  ['import.meta is not known', '/*a*/ import.meta.env;', '? syntax'],
];

describe('an expression of one file evaluates', () => {
  it.each(cases)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});
