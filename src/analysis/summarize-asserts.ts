import type { TSESTree } from '@typescript-eslint/types';
import { ASSERTION_EXPORTS } from '../models/builtins.js';
import { pathOf, pathOfVariable } from './access-path.js';
import { controlFlow, type Edge, type Step } from './control-flow.js';
import { evaluate } from './evaluate.js';
import { presentAlternatives } from './member.js';
import { ANY, NON_NULLISH, TRUTHY, afterCall, narrowing, type CallGuard, type CallGuards, type Narrowing, type Possible } from './narrowing.js';
import type { SourceFile } from './source-file.js';
import { isGenerator } from './summarize-body.js';
import { isListedExport } from './summarize-names.js';
import { question } from './summarize-question.js';
import { completionOf } from './summarize-throws.js';
import { outermost } from './syntax.js';
import type { FunctionNode } from './value.js';
import { isWrittenOnce } from './writes.js';

type Node = TSESTree.Node;

/** A parameter that holds once the function has returned; of an async function, once it was awaited. */
export interface AssertedParameter {
  readonly index: number;
  readonly is: 'truthy' | 'non-nullish';
}

/** The parameters that a function throws for unless they hold. */
export const assertsOf = question<readonly AssertedParameter[]>(find, [], []);

function find(file: SourceFile, fn: FunctionNode): readonly AssertedParameter[] {
  const declared = declaredAssertion(fn);
  if (fn.body == null) return declared === null ? [] : [declared];
  const asserted: AssertedParameter[] = [];
  fn.params.forEach((parameter, index) => {
    const is = declared?.index === index ? declared.is : isGenerator(fn) ? null : proved(file, fn, parameter);
    if (is !== null) asserted.push({ index, is });
  });
  return asserted;
}

/** `asserts x`, `asserts x is Client`: the compiler trusts it, and so do we. */
function declaredAssertion(fn: FunctionNode): AssertedParameter | null {
  const type = fn.returnType?.typeAnnotation;
  if (type?.type !== 'TSTypePredicate' || !type.asserts || type.parameterName.type !== 'Identifier') return null;
  const { name } = type.parameterName;
  const index = fn.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === name);
  if (index === -1) return null;
  const target = type.typeAnnotation?.typeAnnotation;
  if (target === undefined) return { index, is: 'truthy' };
  const members: readonly Node[] = target.type === 'TSUnionType' ? target.types : [target];
  const nullish = members.some((member) => ['TSNullKeyword', 'TSUndefinedKeyword', 'TSAnyKeyword', 'TSUnknownKeyword', 'TSVoidKeyword'].includes(member.type));
  return nullish ? null : { index, is: 'non-nullish' };
}

/** What a parameter is on every path to a return, by the tests on the way. */
function proved(file: SourceFile, fn: FunctionNode, parameter: Node): AssertedParameter['is'] | null {
  // A default would stand in for the argument: what holds for the one says nothing about the other.
  if (parameter.type !== 'Identifier') return null;
  const variable = file.bindings.variableOf(parameter);
  if (variable === null || variable === 'global' || !isWrittenOnce(file, variable)) return null;
  const flow = controlFlow(file, fn);
  if (flow.approximate) return null;
  const path = pathOfVariable(file, variable);
  const on: Narrowing = { file, path, calls: guardsFor(file, path.key), valueOf: () => ANY, stable: true };

  const states = new Map([[flow.entry, ANY]]);
  const work = [flow.entry];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    for (const edge of block.successors) {
      const state = states.get(block)! & along(on, edge, block.steps.at(-1));
      const known = states.get(edge.to) ?? 0;
      if (state === 0 || (known | state) === known) continue;
      states.set(edge.to, known | state);
      work.push(edge.to);
    }
  }
  const atExit = states.get(flow.exit) ?? 0;
  if (atExit === 0) return null;
  return (atExit & ~TRUTHY) === 0 ? 'truthy' : (atExit & ~NON_NULLISH) === 0 ? 'non-nullish' : null;
}

function along(on: Narrowing, edge: Edge, last: Step | undefined): Possible {
  if (edge.kind === 'throw') return ANY;
  let kinds = ANY;
  if (last?.node.type === 'CallExpression') {
    const told = afterCall(on, last.node);
    if (told === 'ends') return 0;
    kinds &= told;
  }
  if (edge.test === null || edge.test.type === 'SwitchCase' || (edge.kind !== 'true' && edge.kind !== 'false')) return kinds;
  return kinds & narrowing(on, edge.test, edge.kind === 'true');
}

/**
 * What calls say about the path with this key: assertions, of packages and of the project. A call
 * that asserts several arguments is asked for each path on its own.
 */
function guardsFor(file: SourceFile, key: string): CallGuards {
  return (call) => {
    const guards = callAssertions(file, call);
    if (guards === 'ends') return 'ends';
    return guards.find((guard) => call.arguments[guard.argument] !== undefined && pathOf(file, call.arguments[guard.argument]!)?.key === key) ?? guards[0] ?? null;
  };
}

/** What holds after a call: its asserted arguments; `'ends'` where it never returns. */
export function callAssertions(file: SourceFile, call: TSESTree.CallExpression): readonly CallGuard[] | 'ends' {
  const callees = presentAlternatives(evaluate(file, call.callee));
  // Several functions that may be called: what all of them assert is more than anybody writes.
  if (callees.length !== 1) return [];
  const callee = callees[0]!;
  if (isListedExport(callee, ASSERTION_EXPORTS)) return [{ argument: 0, is: 'truthy', when: 'completes' }];
  if (callee.kind !== 'function') return [];
  // A promise that nobody waits for asserts nothing.
  if (callee.node.async && outermost(call).parent?.type !== 'AwaitExpression') return [];
  if (!completionOf(callee.file, callee.node).returns) return 'ends';
  return assertsOf(callee.file, callee.node).map(({ index, is }) => ({ argument: index, is, when: 'completes' }));
}
