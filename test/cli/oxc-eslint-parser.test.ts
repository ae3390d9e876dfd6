import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { OxcParseError, oxcParser, parseForESLint } from '../../src/eslint/oxc-eslint-parser.js';
import { tinyPlugin } from './fixture.js';

function lint(text: string, filename = 'a.ts', rules: Linter.RulesRecord = { 'resilience/no-bad-call': 2 }): { messages: Linter.LintMessage[]; suppressed: number } {
  const linter = new Linter({ configType: 'flat' });
  const messages = linter.verify(
    text,
    [{ files: ['**/*.{js,jsx,ts,tsx,cjs,mjs}'], plugins: { resilience: tinyPlugin as never }, languageOptions: { parser: oxcParser as never }, linterOptions: { reportUnusedDisableDirectives: 'off' }, rules }],
    { filename },
  );
  return { messages, suppressed: (linter as Linter & { getSuppressedMessages(): unknown[] }).getSuppressedMessages().length };
}

describe('what ESLint needs', () => {
  it('gives a program with place, comments with place, scopes and no tokens', () => {
    const { ast, scopeManager, visitorKeys } = parseForESLint('// one\nconst a: number = 1;\n', { filePath: 'a.ts' });
    expect(ast.loc).toEqual({ start: { line: 1, column: 0 }, end: { line: 3, column: 0 } });
    expect(ast.comments?.[0]).toMatchObject({ type: 'Line', value: ' one', range: [0, 6], loc: { start: { line: 1, column: 0 }, end: { line: 1, column: 6 } } });
    expect(ast.tokens).toEqual([]);
    expect(scopeManager.scopes.length).toBeGreaterThan(1);
    expect(visitorKeys).toEqual({ Program: [] });
  });

  it('runs rules that listen on the program', () => {
    expect(lint('const a: number = bad(1);').messages).toMatchObject([{ ruleId: 'resilience/no-bad-call', line: 1, column: 19, endColumn: 22 }]);
  });

  it.each([
    ['js', 'const view = <p>{bad()}</p>;'],
    ['jsx', 'const view = <p>{bad()}</p>;'],
    ['tsx', 'const view: unknown = <p>{bad()}</p>;'],
    ['cjs', 'return bad();'],
    ['mjs', 'await bad();'],
    ['ts', 'enum Level { Low } bad(Level.Low);'],
  ])('reads .%s', (extension, text) => {
    expect(lint(text, `a.${extension}`).messages).toHaveLength(1);
  });

  it('does not count a byte order mark in places', () => {
    expect(lint('\uFEFFbad();').messages).toMatchObject([{ line: 1, column: 1, endColumn: 4, suggestions: [{ fix: { range: [0, 3] } }] }]);
  });

  it('reads past a hashbang', () => {
    expect(lint('#!/usr/bin/env node\nbad();', 'a.mjs').messages).toMatchObject([{ line: 2 }]);
  });
});

describe('directive comments', () => {
  it.each([
    ['the next line', '// eslint-disable-next-line resilience/no-bad-call\nbad();'],
    ['the same line', 'bad(); // eslint-disable-line'],
    ['a block', '/* eslint-disable resilience/no-bad-call */\nbad();\n/* eslint-enable */'],
    ['a reason', '// eslint-disable-next-line resilience/no-bad-call -- the peer is local\nbad();'],
  ])('switch a report off for %s', (_, text) => {
    expect(lint(text)).toMatchObject({ messages: [], suppressed: 1 });
  });

  it('end where they say', () => {
    expect(lint('/* eslint-disable */\nbad();\n/* eslint-enable */\nbad();').messages).toMatchObject([{ line: 4 }]);
  });

  it('configure a rule of ours', () => {
    expect(lint('/* eslint resilience/no-bad-call: "off" */\nbad();').messages).toEqual([]);
  });

  it('of other rules run nothing on a tree without tokens', () => {
    expect(lint('/* eslint indent: error, semi: [2, "never"], unknown/rule: 2 */\n/* eslint-env node */\n/* globals wow */\nbad();').messages).toMatchObject([{ ruleId: 'resilience/no-bad-call' }]);
  });
});

describe('text that is not to be parsed', () => {
  it('gives the place of a syntax error', () => {
    expect(lint('const a = 1;\nconst = 2;').messages).toMatchObject([{ fatal: true, line: 2 }]);
  });

  it('tells Flow from broken code', () => {
    const why = (text: string): string => {
      try {
        parseForESLint(text, { filePath: 'a.js' });
      } catch (error) {
        if (error instanceof OxcParseError) return error.why;
      }
      return 'parsed';
    };
    expect(why('// @flow\nexport type A = {| a: 1 |};')).toBe('flow');
    expect(why('let = = 1')).toBe('syntax');
    expect(why('')).toBe('parsed');
  });
});
