import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import type { Retry } from '../analysis/summarize-retries.js';
import { enclosingFunction, isFunction, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { NAMES_A_PASSING_FAILURE } from '../models/retry-names.js';
import { nodesWithin } from './nodes-within.js';
import type { LibraryRetry } from './library-retries.js';

type Node = TSESTree.Node;

/**
 * For which failures it goes round again.
 * - `all`: nothing is asked of the error
 * - `passing`: those that pass by themselves (time outs, 429, 5xx), maybe others
 * - `unknown`: a choice that was not read, or others only
 */
export type Causes = 'all' | 'passing' | 'unknown';

/** For which failures does a region of the project's own code go round? */
export function causesOf(file: SourceFile, fn: FunctionNode, retry: Retry): Causes {
  const { handler } = retry;
  // A reply says so: what is thrown leaves.
  if (handler === null) return 'unknown';
  const tests = nodesWithin(file, handler, 'IfStatement', 'SwitchStatement').filter((node) => isAboutError(file, handler, testOf(node)));
  return causesBy(file, tests.map(testOf), tests.every(isExclusion), fn);
}

/** For which failures does a call of a library try again? */
export function causesOfLibrary(file: SourceFile, { node, ref, retry }: LibraryRetry): Causes {
  const { chosenBy } = retry;
  if (chosenBy === undefined) return 'all';
  if ('argument' in chosenBy) {
    const argument = node.arguments[chosenBy.argument];
    if (argument === undefined || argument.type === 'SpreadElement') return 'unknown';
    if (presentAlternatives(evaluate(file, argument)).some((value) => value.kind === 'policy-export' ? value.path === chosenBy.all : value.kind === 'export' && value.path.at(-1) === chosenBy.all)) return 'all';
    return namesPassing(file, argument) ? 'passing' : 'unknown';
  }
  const position = ref.at === 'last' ? node.arguments.length - 1 : ref.at[0]!;
  const options = node.arguments[position];
  if (options === undefined) return 'all';
  if (options.type === 'SpreadElement') return 'unknown';
  const answer = readOption(evaluate(file, options), chosenBy.path);
  if (answer.is === 'absent') return 'all';
  if (answer.is === 'unknown' || answer.value.kind !== 'function') return 'unknown';
  return namesPassing(answer.value.file, answer.value.node) ? 'passing' : 'unknown';
}

function testOf(node: TSESTree.IfStatement | TSESTree.SwitchStatement): Node {
  return node.type === 'IfStatement' ? node.test : node.discriminant;
}

function causesBy(file: SourceFile, tests: readonly Node[], onlyExclude: boolean, fn: FunctionNode): Causes {
  if (tests.length === 0) return 'all';
  // `if (!shouldRetry(error)) throw error`, of a function that was handed in: its caller chooses.
  if (tests.some((test) => asksParameter(file, test, fn))) return 'unknown';
  if (onlyExclude) return 'passing';
  return tests.some((test) => namesPassing(file, test)) ? 'passing' : 'unknown';
}

/** `if (error instanceof NotFound) throw error`: all but these go round. */
function isExclusion(node: TSESTree.IfStatement | TSESTree.SwitchStatement): boolean {
  if (node.type !== 'IfStatement' || node.alternate !== null) return false;
  const last = node.consequent.type === 'BlockStatement' ? node.consequent.body.at(-1) : node.consequent;
  if (last?.type !== 'ThrowStatement' && last?.type !== 'ReturnStatement' && last?.type !== 'BreakStatement') return false;
  const test = unwrap(node.test);
  if (test.type === 'UnaryExpression') return test.operator !== '!';
  return !(test.type === 'BinaryExpression' && (test.operator === '!==' || test.operator === '!=')) && test.type !== 'LogicalExpression';
}

/** Does a test read the error, or what the handler made of it? */
function isAboutError(file: SourceFile, handler: Node, test: Node): boolean {
  return nodesWithin(file, test, 'Identifier').some((name) => {
    const variable = file.bindings.variableOf(name);
    return variable !== null && variable !== 'global' && variable.defs.some((definition) => isInside(definition.name as Node, handler));
  });
}

function asksParameter(file: SourceFile, test: Node, fn: FunctionNode): boolean {
  return nodesWithin(file, test, 'CallExpression').some((call) => presentAlternatives(evaluate(file, call.callee)).some((callee) => callee.kind === 'parameter' && callee.node === fn));
}

/** By its words, or those of a function that it asks. */
function namesPassing(file: SourceFile, node: Node): boolean {
  if (NAMES_A_PASSING_FAILURE.test(file.text.slice(node.range[0], node.range[1]))) return true;
  return nodesWithin(file, node, 'CallExpression', 'Identifier').some((asked) => {
    if (asked.type === 'Identifier' && asked !== node) return false;
    const callee = asked.type === 'Identifier' ? asked : asked.callee;
    return presentAlternatives(evaluate(file, callee)).some((value) => value.kind === 'function' && !isSelf(value.node, asked) && NAMES_A_PASSING_FAILURE.test(value.file.text.slice(value.node.range[0], value.node.range[1])));
  });
}

function isSelf(fn: FunctionNode, node: Node): boolean {
  const owner = enclosingFunction(node);
  return isFunction(owner) && owner === fn;
}
