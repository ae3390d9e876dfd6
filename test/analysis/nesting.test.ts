import { describe, expect, it } from 'vitest';
import { nestsTooDeep } from '../../src/analysis/nesting.js';
import { parse } from '../../src/analysis/parse.js';

const nested = (open: string, middle: string, close: string, depth: number): string => `${open.repeat(depth)}${middle}${close.repeat(depth)}`;

/** Code that goes to a depth, each in a way of its own. */
const SHAPES: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => `x = ${nested('(', '1', ')', depth)}`,
  arrays: (depth) => `x = ${nested('[', '1', ']', depth)}`,
  objects: (depth) => `x = ${nested('{ a: ', '1', '}', depth)}`,
  calls: (depth) => nested('f(', '1', ')', depth),
  blocks: (depth) => nested('{', ';', '}', depth),
  functions: (depth) => nested('(() => {', ';', '})();', depth),
  'templates in templates': (depth) => `t = ${nested('`${', '1', '}`', depth)}`,
  'conditions in conditions': (depth) => `y = ${'x ? 1 : '.repeat(depth)}2`,
  'conditions over many lines': (depth) => `y = ${'x\n  ? 1\n  : '.repeat(depth)}2`,
  'else after else': (depth) => `${'if (x) { f(); } else '.repeat(depth)}{}`,
  'loops without braces': (depth) => `${'while (x) '.repeat(depth)};`,
  'arrows that give arrows': (depth) => `${'a => '.repeat(depth)}1`,
  assignments: (depth) => `${'a = '.repeat(depth)}1`,
  types: (depth) => `type T = ${nested('Array<', 'string', '>', depth)};`,
  elements: (depth) => `j = ${nested('<a>', 'x', '</a>', depth)};`,
  classes: (depth) => nested('class A { static {', '', '} }', depth),
  'a chain of calls': (depth) => `x${'.then((y) => y)'.repeat(depth)}`,
  'a sum': (depth) => `y = ${'1 + '.repeat(depth)}1`,
  negations: (depth) => `y = ${'!'.repeat(depth)}1`,
  'types of lists of lists': (depth) => `type T = a${'[]'.repeat(depth)}`,
};

describe.each(Object.entries(SHAPES))('%s', (_, shape) => {
  it('in the depth of code that people write are parsed', () => expect(nestsTooDeep(shape(100))).toBe(false));

  it('ten thousand deep are not handed to the parser', () => {
    expect(nestsTooDeep(shape(10_000))).toBe(true);
    expect(parse('/src/deep.tsx', shape(10_000))).toMatchObject({ ok: false, why: 'syntax', message: 'nested too deep to be parsed safely' });
  });
});

describe('many of a thing beside each other are not deep', () => {
  const lines = (line: string, separator = '\n'): string => Array.from({ length: 12_000 }, () => line).join(separator);

  it.each([
    ['statements with semicolons', lines('a = b ? c : d;')],
    ['statements without semicolons', lines('const a = b ? c : d')],
    ['statements on one line', lines('if(a){b()}', '')],
    ['loops on one line', lines('for(;;){b()}while(a)c();', '')],
    ['assignments with commas', lines('a=b?c:d', ',')],
    ['entries of an object', `x = { ${lines('a: b ? c : d', ', ')} }`],
    ['cases', `switch (a) { ${lines('case 1:')} }`],
    ['cases on one line', `switch (a) { ${lines('case 1:', ' ')} }`],
    ['members of an interface', `interface A { ${lines('a?: Promise<Array<string>>')} }`],
    ['methods', `class A { ${lines('a(b = 1): Promise<void> { return c(b) }')} }`],
    ['elements', `x = <a>${lines('<b c={d}>it is not e</b><f g="h" />')}</a>`],
    ['brackets in strings', `x = ["${lines('((((', '')}"]`],
    ['brackets in comments', `/* ${lines('((((', '')} */ // ${lines('[[[', '')}`],
    ['brackets in templates', `x = \`${lines('((((', '')}\``],
    ['brackets in regular expressions', lines('x = /[(/](\\(/')],
    ['divisions', lines('x = (a + b) / c / (d)')],
    ['comparisons', lines('if (a < b || c > d) e()')],
    ['paragraphs with an apostrophe', `x = <p>${lines("it's open")}</p>`],
  ])('%s', (_, text) => expect(nestsTooDeep(text)).toBe(false));
});
