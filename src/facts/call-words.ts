import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { alternatives, type Value } from '../analysis/value.js';
import type { CacheWord } from '../models/cache-types.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Is one of these written into a call? `unknown`: something that is not known may say it. */
export function saysAny(file: SourceFile, call: Call, words: readonly CacheWord[]): 'yes' | 'no' | 'unknown' {
  let answer: 'no' | 'unknown' = 'no';
  for (const word of words) {
    const said = word.argument === undefined ? hasWord(file, call, word.word ?? '') : hasArgument(file, call, word.argument);
    if (said === 'yes') return 'yes';
    if (said === 'unknown') answer = 'unknown';
  }
  return answer;
}

function hasArgument(file: SourceFile, call: Call, ref: NonNullable<CacheWord['argument']>): 'yes' | 'no' | 'unknown' {
  if (call.arguments.some((argument) => argument.type === 'SpreadElement')) return 'unknown';
  if (ref.path === undefined) {
    const node = ref.at === 'last' ? call.arguments.at(-1) : call.arguments[ref.at[0] ?? 0];
    if (node === undefined) return 'no';
    const values = alternatives(evaluate(file, node));
    if (values.every(isUndefined)) return 'no';
    return values.some((value) => isUndefined(value) || value.kind === 'unknown' || value.kind === 'parameter') ? 'unknown' : 'yes';
  }
  const found = argumentValue(file, call.arguments, ref);
  // A text where options belong is another way to call it, of which the model says nothing.
  if (found === null) return givesText(file, call, ref) ? 'unknown' : 'no';
  const answer = readOption(found.value, ref.path);
  return answer.is === 'set' ? 'yes' : answer.is === 'absent' ? 'no' : 'unknown';
}

function givesText(file: SourceFile, call: Call, ref: NonNullable<CacheWord['argument']>): boolean {
  const node = ref.at === 'last' ? undefined : call.arguments[ref.at[0] ?? 0];
  return node !== undefined && alternatives(evaluate(file, node)).some((value) => (value.kind === 'literal' && value.value !== undefined && value.value !== null) || value.kind === 'text');
}

/** `set(key, value, 'EX', 60)`, and `sendCommand(['SET', key, value, 'EX', '60'])`. */
function hasWord(file: SourceFile, call: Call, word: string): 'yes' | 'no' | 'unknown' {
  let answer: 'no' | 'unknown' = 'no';
  // The first two are the key and the value, or the command and the key.
  for (const [index, argument] of call.arguments.entries()) {
    if (argument.type === 'SpreadElement') {
      answer = 'unknown';
      continue;
    }
    for (const value of alternatives(evaluate(file, argument))) {
      const said = wordIn(value, word, index < 2);
      if (said === 'yes') return 'yes';
      if (said === 'unknown') answer = 'unknown';
    }
  }
  return answer;
}

function wordIn(value: Value, word: string, isData: boolean): 'yes' | 'no' | 'unknown' {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' && value.value.toUpperCase() === word ? 'yes' : 'no';
    case 'array': {
      const items = value.items.flatMap((item) => alternatives(item())).map((item) => wordIn(item, word, isData));
      return items.includes('yes') ? 'yes' : value.open !== null ? 'unknown' : 'no';
    }
    case 'function':
      return 'no';
    default:
      return isData ? 'no' : 'unknown';
  }
}

function isUndefined(value: Value): boolean {
  return value.kind === 'literal' && value.value === undefined;
}
