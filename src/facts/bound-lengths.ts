import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { substitute } from '../analysis/substitute.js';
import { isInside } from '../analysis/summarize-body.js';
import { isTimeout } from '../analysis/summarize-names.js';
import { unwrap } from '../analysis/syntax.js';
import { alternatives, type FunctionNode, type Value } from '../analysis/value.js';
import type { PolicyExport } from '../models/policy-types.js';
import type { ArgumentRef } from '../models/types.js';
import { delayLength } from './retry-delays.js';

type Node = TSESTree.Node;

/** The limit that is written, ms. */
export function limitMs(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, policy: PolicyExport): number | null {
  if (policy.limit === undefined) return null;
  const options = argumentValue(file, call.arguments, policy.limit.argument) ?? plainArgument(file, call, policy.limit.argument);
  const answer = readOption(options?.value ?? null, policy.limit.path);
  return answer.is === 'set' ? numberIn(answer.value) : null;
}

/** The limit that a helper of the project is handed, or has. */
export function helperMs(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, home: SourceFile, fn: FunctionNode): number | null {
  if (!givesUp(home, fn)) return null;
  const timers = home.index.calls.filter((timer) => isInside(timer, fn) && isTimeout(evaluate(home, timer.callee)));
  const length = timers.length === 1 ? timers[0]!.arguments[1] : undefined;
  if (length === undefined) return null;
  const value = evaluate(home, length);
  const given = alternatives(value).find((one) => one.kind === 'parameter' && one.node === fn);
  const handed = given === undefined ? null : numberIn(substitute(given, fn, call.arguments, file));
  return handed ?? numberIn(substitute(value, fn, call.arguments, file));
}

/** How long the timer in an expression takes: `new Promise((_, reject) => setTimeout(reject, ms))`, `sleep(ms)`. */
export function timerMs(file: SourceFile, node: Node): number | null {
  const inner = unwrap(node);
  const held = inner.type === 'Identifier' ? heldBy(file, inner) : inner;
  // A timer that answers with something else lets the call go on, as a rule so that it fills a cache.
  const length = held === null || !givesUp(file, held) ? null : delayLength(file, held);
  return length === null ? null : numberIn(evaluate(file, length));
}

function givesUp(file: SourceFile, node: Node): boolean {
  return /reject|throw\b|Error\b/.test(file.text.slice(node.range[0], node.range[1]));
}

function heldBy(file: SourceFile, identifier: TSESTree.Identifier): Node | null {
  const variable = file.bindings.variableOf(identifier);
  const definition = variable === null || variable === 'global' || variable.defs.length !== 1 ? undefined : (variable.defs[0]!.node as Node);
  return definition?.type === 'VariableDeclarator' && definition.id.type === 'Identifier' ? definition.init : null;
}

/** The number that a value is. */
function numberIn(value: Value): number | null {
  return value.kind === 'literal' && typeof value.value === 'number' ? value.value : null;
}

/** A number in the place of an options object. */
export function plainArgument(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, ref: ArgumentRef) {
  const index = ref.at === 'last' ? call.arguments.length - 1 : ref.at[0];
  const node = index === undefined ? undefined : call.arguments[index];
  return node === undefined || node.type === 'SpreadElement' ? null : { node, value: evaluate(file, node) };
}
