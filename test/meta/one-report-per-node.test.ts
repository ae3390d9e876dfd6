import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { rulesOf } from '../../src/configs.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { lintWith } from './lint-project.js';
import { groupSamples, samplesOf } from './page.js';
import { ROOT, filesBelow, readText } from './support.js';

/**
 * Pairs of rules that may report one node, because they name two faults that are mended apart.
 * Each pair in the order of the alphabet, with what sets the causes apart.
 */
const APART: Readonly<Record<string, string>> = {
  'no-nested-retry + require-retry-backoff': 'two layers that try again and a layer that does not wait are two faults; one layer less leaves the other without a delay',
  'no-unsafe-retry + require-circuit-breaker': 'a write that may happen twice and a service that is never left alone are two faults of one retry; a key mends the one, a breaker the other',
  'no-unsafe-retry + require-timeout': 'a write that may happen twice and a call without an end are two faults; a key mends the one, a bound the other',
  'require-circuit-breaker + require-timeout': 'a call without an end and a service that is never left alone are two faults; a bound ends the call, and a breaker keeps it from being made',
  'require-pool-limits + require-timeout': 'the wait for a free connection and the wait for an answer are two waits, each ended by an option of its own; the mend of one writes nothing of the other',
  'require-retry-backoff + require-retry-limit': 'attempts without a delay and attempts without an end are two faults of one loop, each with a mend of its own',
};

type Place = Pick<Linter.LintMessage, 'ruleId' | 'line' | 'column' | 'endLine' | 'endColumn' | 'message'>;

/** Nodes with more than one report: two rules for one cause, or one rule twice. */
function doubled(messages: readonly Place[], apart: Readonly<Record<string, string>> = APART): string[] {
  const speakers = new Map<string, string[]>();
  const found: string[] = [];
  for (const { ruleId, line, column, endLine, endColumn, message } of messages) {
    const place = `${line}:${column}-${endLine}:${endColumn}`;
    const rule = ruleId?.replace('resilience/', '') ?? `FATAL ${message}`;
    const others = speakers.get(place) ?? [];
    for (const other of others) {
      if (other === rule || !Object.hasOwn(apart, [other, rule].sort().join(' + '))) found.push(`${place} ${other} + ${rule}`);
    }
    speakers.set(place, [...others, rule]);
  }
  return found;
}

const CODE = /\.[cm]?[jt]sx?$/;
const ALL = rulesOf('all', rules);

/** Folders with a `package.json` of their own that no folder above them has. */
function projectsBelow(folder: string): string[] {
  if (existsSync(join(ROOT, folder, 'package.json'))) return [folder];
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap((entry) => projectsBelow(`${folder}/${entry.name}`));
}

function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(filesBelow(folder).map((path) => [path.slice(folder.length + 1), readText(path)]));
}

describe('a node', () => {
  const at = (rule: string, column = 1): Place => ({ ruleId: `resilience/${rule}`, line: 3, column, endLine: 3, endColumn: 20, message: 'so' });

  it('with two reports is named with its rules', () => {
    expect(doubled([at('a'), at('b'), at('c', 5)])).toEqual(['3:1-3:20 a + b']);
    expect(doubled([at('a'), at('a')])).toEqual(['3:1-3:20 a + a']);
    expect(doubled([at('a'), at('b', 2)])).toEqual([]);
  });

  it('may have two causes that are known to be apart, but not the same rule twice', () => {
    expect(doubled([at('b'), at('a')], { 'a + b': 'one bounds the wait, one the number' })).toEqual([]);
    expect(doubled([at('a'), at('a')], { 'a + a': 'no' })).toHaveLength(1);
  });

  it('is excused only for rules that exist, with words', () => {
    for (const [pair, why] of Object.entries(APART)) {
      expect(pair.split(' + ')).toEqual(pair.split(' + ').filter((rule) => Object.hasOwn(rules, rule)).sort());
      expect(why.split(' ').length, pair).toBeGreaterThan(3);
    }
  });
});

describe('one report a node', () => {
  const projects = [...projectsBelow('test/fixtures'), 'docs/examples/shop'];

  it.each(projects.filter((folder) => filesBelow(folder).some((path) => CODE.test(path))))('in %s', (folder) => {
    for (const parser of [oxcParser, typescriptParser]) {
      const linted = lintWith(ALL, filesOf(folder), parser);
      expect(linted.flatMap(({ file, messages }) => doubled(messages).map((place) => `${file}:${place}`))).toEqual([]);
    }
  });

  it('is asked where there are reports', () => {
    for (const folder of ['test/fixtures/hosts', 'docs/examples/shop']) {
      expect(lintWith(ALL, filesOf(folder)).flatMap(({ messages }) => messages).length, folder).toBeGreaterThan(5);
    }
  });

  // What one rule calls incorrect is where another is most likely to speak too.
  it.each(Object.keys(rules).filter((name) => existsSync(join(ROOT, `docs/rules/${name}.md`))))('in the samples of %s', (name) => {
    const groups = groupSamples(samplesOf(readText(`docs/rules/${name}.md`)).filter((sample) => sample.expects !== null));
    for (const group of groups) {
      const files = Object.fromEntries(group.map((sample) => [sample.file ?? `src/sample.${sample.language.replace('typescript', 'ts').replace('javascript', 'js')}`, sample.code]));
      const linted = lintWith(ALL, files);
      expect(linted.flatMap(({ file, messages }) => doubled(messages).map((place) => `line ${group[0]!.line}, ${file}:${place}`))).toEqual([]);
    }
  });
});
