import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { memberName, unwrap } from '../analysis/syntax.js';
import type { NullableUse } from './nullable-values.js';

/** The parts of the sentence about one use. */
export interface NullableWords {
  /** What is missing, and when: `` `pool.query` answers no `rows[0]` when no row matches ``. */
  readonly missing: string;
  /** What then happens: `` reading `.id` of it throws a TypeError ``. */
  readonly fails: string;
}

const MAX_LENGTH = 60;

export function nullableWordsOf(file: SourceFile, use: NullableUse): NullableWords {
  return { missing: missingOf(file, use), fails: failsOf(file, use) };
}

function missingOf(file: SourceFile, { source }: NullableUse): string {
  const { kind, name, when, value } = source;
  const place = source.path.map((segment) => (/^\d+$/.test(segment) ? `[${segment}]` : `.${segment}`)).join('').replace(/^\./, '');
  switch (kind) {
    case 'row':
      return `${quoted(name)} answers no row (\`${place}\` is undefined) when ${when}`;
    case 'response':
      return `${quoted(name)} is undefined when ${when}`;
    case 'chain':
    case 'member':
      return `${quoted(textOf(file, source.node))} is undefined when ${when}`;
    case 'env':
      return `${quoted(name)} is undefined when ${when}`;
    case 'reduce':
      return `${quoted(name)} is given no initial value`;
    case 'function':
      return `${quoted(name)} can answer ${value}${when.startsWith(',') ? '' : ' '}${when}`;
    default:
      return place === '' ? `${quoted(name)} answers ${value} when ${when}` : `${quoted(name)} answers no \`${place}\` when ${when}`;
  }
}

function failsOf(file: SourceFile, { at, source }: NullableUse): string {
  const { line } = file.lines.locate(at.node.range[0]);
  const here = file.lines.locate(source.node.range[0]).line === line ? '' : ` in line ${line}`;
  switch (at.how) {
    case 'member': {
      const member = unwrap(at.node) as TSESTree.MemberExpression;
      const name = memberName(member);
      const read = name === null ? 'an item' : /^\d+$/.test(name) ? `\`[${name}]\`` : `\`.${name}\``;
      return `reading ${read} of it${here} then throws a TypeError`;
    }
    case 'call':
      return `calling it${here} then throws a TypeError`;
    case 'destructuring':
      return `destructuring it${here} then throws a TypeError`;
    case 'spread':
      return `spreading it${here} then throws a TypeError`;
    case 'iteration':
      return `iterating over it${here} then throws a TypeError`;
    case 'itself':
      return 'an empty list makes it throw a TypeError';
  }
}

function textOf(file: SourceFile, node: TSESTree.Node): string {
  const text = file.text.slice(node.range[0], node.range[1]).replace(/\s+/g, ' ').replaceAll('`', "'");
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}

const quoted = (text: string): string => `\`${text}\``;
