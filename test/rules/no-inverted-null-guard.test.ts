import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { describe, expect, it } from 'vitest';
import rule from '../../rules/no-inverted-null-guard.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const reads = (...outputs: string[]) => ({ messageId: 'readsNullish', suggestions: outputs.map((output) => ({ messageId: 'suggestGuard', output })) });

tester.run('no-inverted-null-guard', subject, {
  valid: [
    { name: 'a guard', code: 'if (x != null && x.y) go();' },
    { name: 'a guard by early true', code: 'if (x == null || x.y) go();' },
    { name: 'a guard by not', code: 'if (!x || x.y) go();' },
    { name: 'an optional read', code: 'if (!x && !x?.y) go();' },
    { name: 'an optional read further left', code: 'if (!x && x?.y.z) go();' },
    { name: 'another variable', code: 'if (!x && y.x) go();' },
    { name: 'another member', code: 'if (!a.b && a.c.d) go();' },
    { name: 'a member of the same name', code: 'if (!a.b && c.b.d) go();' },
    { name: 'the length of an empty text', code: "if (!x && x.length === 0) go();" },
    { name: 'a default', code: 'const y = x || {};' },
    { name: 'a write in between', code: 'if (!x && (x = load()) && x.y) go();' },
    { name: 'a write in an argument', code: 'if (!x && x.add(x = make())) go();'.replace('x.add', 'list.add') },
    { name: 'a call among the arguments that may have set it', code: 'if (x || load(fill(), x.id)) go();' },
    { name: 'a call that may have set it', code: 'if (!this.ready && this.init() && this.ready.now) go();' },
    { name: 'a closure', code: 'if (!x && list.some((y) => x.y === y)) go();' },
    { name: 'typeof', code: "if (!x && typeof x.y === 'string') go();" },
    { name: 'a question that may be answered otherwise', code: 'if (!map.get(k) && map.get(k).y) go();' },
    { name: 'a test for another value', code: 'if (x === 0 && x.toFixed()) go();' },
    { name: 'values that differ, with and', code: "if (x !== 'a' && x !== 'b') go();" },
    { name: 'values that are the same, with or', code: "if (x === 'a' || x === 'b') go();" },
    { name: 'values of two variables', code: "if (x !== 'a' || y !== 'b') go();" },
    { name: 'the same value twice', code: "if (x !== 'a' || x !== 'a') go();" },
    { name: 'values that are loosely the same', code: 'if (x != null || x != undefined) go();' },
    { name: 'values that may be the same', code: 'if (x !== a || x !== b) go();' },
    { name: 'null or undefined, which are two tests', code: 'if (x !== null && x !== undefined) go();' },
    { name: 'a call that answers anew', code: "if (next() !== 'a' || next() !== 'b') go();" },
    { name: 'a parameter named undefined', code: 'function f(undefined, x) { return x === undefined && x.y; }' },
    { name: 'a nullish default', code: 'const y = x ?? x.y;' },
  ],
  invalid: [
    { name: 'at the end of a condition of thousands of operands', code: `if (${Array.from({ length: 600 }, (_, index) => `a${index} === 1`).join(' ||\n')} || x != null || x.y) go();`, errors: [{ messageId: 'readsNullish', suggestions: 2 }] },
    { name: 'x != null || x.y', code: 'if (x != null || x.y) go();', errors: [{ ...reads('if (x != null && x.y) go();', 'if (x != null || x?.y) go();'), line: 1, column: 5, endColumn: 21, data: { operator: '||', subject: 'x', read: 'x.y', meant: '&&' } }] },
    { name: 'x == null && x.y', code: 'if (x == null && x.y) go();', errors: [reads('if (x == null || x.y) go();', 'if (x == null && x?.y) go();')] },
    { name: 'a read for a call that is an argument', code: 'if (x || load(parse(x.id))) go();', errors: [reads('if (x && load(parse(x.id))) go();', 'if (x || load(parse(x?.id))) go();')] },
    { name: '!x && x.y', code: 'if (!x && x.y) go();', errors: [reads('if (!x || x.y) go();', 'if (!x && x?.y) go();')] },
    { name: 'x === undefined && x.y', code: 'if (x === undefined && x.y) go();', errors: [reads('if (x === undefined || x.y) go();', 'if (x === undefined && x?.y) go();')] },
    { name: 'null first', code: 'if (null === x && x.y) go();', errors: [reads('if (null === x || x.y) go();', 'if (null === x && x?.y) go();')] },
    { name: 'void 0', code: 'if (x !== void 0 || x.y) go();', errors: [reads('if (x !== void 0 && x.y) go();', 'if (x !== void 0 || x?.y) go();')] },
    { name: 'typeof', code: "if (typeof x === 'undefined' && x.y) go();", errors: [reads("if (typeof x === 'undefined' || x.y) go();", "if (typeof x === 'undefined' && x?.y) go();")] },
    { name: 'a member', code: 'if (!req.body && !req.body.id) go();', errors: [reads('if (!req.body || !req.body.id) go();', 'if (!req.body && !req.body?.id) go();')] },
    { name: 'a call of a member', code: 'if (!list && list.includes(x)) go();', errors: [reads('if (!list || list.includes(x)) go();', 'if (!list && list?.includes(x)) go();')] },
    { name: 'a comparison', code: 'if (!x && x.length > 0) go();'.replace('length', 'total'), errors: [reads('if (!x || x.total > 0) go();', 'if (!x && x?.total > 0) go();')] },
    { name: 'an item', code: 'if (x == null && x[0]) go();', errors: [reads('if (x == null || x[0]) go();', 'if (x == null && x?.[0]) go();')] },
    { name: 'the length of what is null', code: 'if (x === null && x.length) go();', errors: [reads('if (x === null || x.length) go();', 'if (x === null && x?.length) go();')] },
    { name: 'behind another operand', code: 'if (ready && !x && x.y) go();', errors: [reads('if (ready && (!x || x.y)) go();', 'if (ready && !x && x?.y) go();')] },
    { name: 'in an argument', code: 'if (!x && check(x.y)) go();', errors: [reads('if (!x || check(x.y)) go();', 'if (!x && check(x?.y)) go();')] },
    { name: 'awaited', code: 'async () => { if (!x && (await x.load())) go(); };', errors: [reads('async () => { if (!x || (await x.load())) go(); };', 'async () => { if (!x && (await x?.load())) go(); };')] },
    { name: 'x || x.y', code: 'const y = x || x.y;', errors: [reads('const y = x && x.y;', 'const y = x || x?.y;')] },
    { name: 'in a return', code: 'const f = (x) => x == null && x.y;', errors: [reads('const f = (x) => x == null || x.y;', 'const f = (x) => x == null && x?.y;')] },
    { name: 'with an assertion of types', code: 'if (!x && (x as Order).y) go();', errors: [reads('if (!x || (x as Order).y) go();', 'if (!x && (x as Order)?.y) go();')] },
    { name: 'two texts that differ', code: "if (x !== 'a' || x !== 'b') go();", errors: [{ messageId: 'alwaysTrue', suggestions: [{ messageId: 'suggestGuard', output: "if (x !== 'a' && x !== 'b') go();" }] }] },
    { name: 'two texts that are the same', code: "if (x === 'a' && x === 'b') go();", errors: [{ messageId: 'alwaysFalse', suggestions: [{ messageId: 'suggestGuard', output: "if (x === 'a' || x === 'b') go();" }] }] },
    { name: 'two constants', code: "const A = 'a', B = 'b'; if (x != A || x != B) go();", errors: [{ messageId: 'alwaysTrue', suggestions: 1 }] },
    { name: 'two types', code: "if (typeof x !== 'string' || typeof x !== 'number') go();", errors: [{ messageId: 'alwaysTrue', suggestions: 1 }] },
    { name: 'null and undefined, strictly', code: 'if (x !== null || x !== undefined) go();', errors: [{ messageId: 'alwaysTrue', suggestions: 1 }] },
    { name: 'three texts', code: "if (x !== 'a' || x !== 'b' || x !== 'c') go();", errors: [{ messageId: 'alwaysTrue', suggestions: 0 }, { messageId: 'alwaysTrue', suggestions: 1 }].map((error) => error) },
  ],
});

describe('known limitation', () => {
  tester.run('no-inverted-null-guard', subject, {
    valid: [
      { name: 'a read in another statement', code: 'if (!x) { go(x.y); }' },
      { name: 'a condition that has a name', code: 'const missing = !x; if (missing && x.y) go();' },
      { name: 'a read behind another operand', code: 'if (!x && (ready || x.y)) go();' },
    ],
    invalid: [],
  });
});

function messagesWith(parser: unknown, code: string): Linter.LintMessage[] {
  const config = { plugins: { resilience: { rules: { 'no-inverted-null-guard': subject } } as ESLint.Plugin }, languageOptions: { parser: parser as Linter.Parser }, rules: { 'resilience/no-inverted-null-guard': 'error' as const } };
  return new Linter({ configType: 'flat' }).verify(code, [config], { filename: 'main.js' });
}

describe('the same is reported', () => {
  const code = "if (!req.body && req.body.id) go();\nif (x !== 'a' || x !== 'b') go();\nif (x != null || /* why */ x . y) go();\n";
  const places = (messages: readonly Linter.LintMessage[]) => messages.map(({ messageId, line, column, suggestions }) => ({ messageId, line, column, fixes: suggestions?.map(({ fix }) => fix) }));

  it.each([['espree', espree], ['oxc', oxcParser], ['typescript-eslint', typescriptParser]] as const)('with %s', (_name, parser) => {
    const messages = messagesWith(parser, code);
    expect(places(messages)).toEqual(places(messagesWith(espree, code)));
    expect(messages.map(({ line }) => line)).toEqual([1, 2, 3]);
    for (const { fix } of messages.flatMap(({ suggestions }) => suggestions ?? [])) {
      const output = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
      expect(parse('a.js', output)).toMatchObject({ ok: true });
      expect(output).toContain('/* why */');
    }
  });
});
