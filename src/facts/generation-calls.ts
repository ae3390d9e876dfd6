import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { enclosingClass, enclosingFunction, isFunction } from '../analysis/syntax.js';
import { alternatives, type Value } from '../analysis/value.js';
import { GENERATION_NAMES, GENERATION_URLS } from '../models/generation-names.js';
import { functionName } from './handler-place.js';
import type { IoCall } from './io-calls.js';

type Node = TSESTree.Node;

/** Does a call ask a language model, by its URL or by the names around it? An answer takes longer than a request. */
export function isGeneration(call: IoCall): boolean {
  return urlsOf(call).some((url) => GENERATION_URLS.test(url)) || namesAround(call.node).some((name) => GENERATION_NAMES.test(name));
}

function urlsOf({ file, node, options }: IoCall): readonly string[] {
  const [first] = node.type === 'TaggedTemplateExpression' ? [] : node.arguments;
  const values: Value[] = first === undefined || first.type === 'SpreadElement' ? [] : [...alternatives(evaluate(file, first))];
  for (const value of options === null ? [] : alternatives(options)) {
    const url = value.kind === 'object' ? value.entries.get('url')?.value() : undefined;
    if (url !== undefined) values.push(...alternatives(url));
  }
  return values.map(textOf);
}

function textOf(value: Value): string {
  if (value.kind === 'literal') return String(value.value);
  if (value.kind === 'text') return value.parts.map((part) => part ?? '').join('');
  return value.kind === 'url' && value.text !== null ? textOf(value.text) : '';
}

function namesAround(node: Node): readonly string[] {
  const names: string[] = [];
  for (let owner = enclosingFunction(node); isFunction(owner); owner = enclosingFunction(owner)) names.push(functionName(owner) ?? '');
  return [...names, enclosingClass(node)?.id?.name ?? ''];
}
