import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { placesOf, type ControlFlow, type Edge } from './control-flow.js';
import { evaluate } from './evaluate.js';
import type { SourceFile } from './source-file.js';
import { edgeLeadsTo, leadsToWithout } from './summarize-again.js';
import { isInside, ownNodes } from './summarize-body.js';
import { awaitedCall, type Loop } from './summarize-loop.js';
import { memberName, unwrap } from './syntax.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;

/** An awaited call whose reply says that it failed. */
export interface StatusAttempt {
  readonly call: TSESTree.CallExpression;
  readonly awaited: TSESTree.AwaitExpression;
}

/** Where an HTTP status begins to mean failure. */
const FIRST_FAILURE = 400;

/**
 * `const res = await call(); if (res.ok) return res;`: success leaves the loop, a reply that says it
 * failed comes round again. A job whose status is a word is polled, not tried again.
 */
export function statusAttempt(file: SourceFile, fn: FunctionNode, flow: ControlFlow, loop: Loop): StatusAttempt | null {
  for (const awaited of ownNodes(file, fn, 'AwaitExpression')) {
    if (!isInside(awaited, loop)) continue;
    const call = awaitedCall(file, awaited, loop);
    if (call === null) continue;
    const variable = heldBy(file, awaited);
    if (variable !== null && comesRound(file, flow, loop, awaited, variable)) return { call, awaited };
  }
  return null;
}

function heldBy(file: SourceFile, awaited: TSESTree.AwaitExpression): Variable | null {
  const holder = awaited.parent as Node;
  const target = holder.type === 'VariableDeclarator' ? holder.id : holder.type === 'AssignmentExpression' && holder.operator === '=' ? holder.left : null;
  const variable = target?.type === 'Identifier' ? file.bindings.variableOf(target) : null;
  return variable === 'global' ? null : variable;
}

function comesRound(file: SourceFile, flow: ControlFlow, loop: Loop, awaited: Node, variable: Variable): boolean {
  const here = placesOf(flow, awaited);
  const again = new Set(here);
  const failures = new Set<Edge>();
  const successes: Edge[] = [];
  for (const reference of variable.references) {
    const test = statusTest(file, reference.identifier as Node);
    if (test === null || !isInside(test.node, loop)) continue;
    for (const block of new Set(placesOf(flow, test.node).map((step) => step.block))) {
      for (const edge of block.successors) {
        if (edge.test === null || unwrap(edge.test) !== unwrap(test.node) || (edge.kind !== 'true' && edge.kind !== 'false')) continue;
        if ((edge.kind === 'true') === test.whenTrue) successes.push(edge);
        else failures.add(edge);
      }
    }
  }
  if (![...failures].some((edge) => edgeLeadsTo(edge, again, loop))) return false;
  // Of several tests, one that says success may lead to the next: then all of them together leave.
  return successes.some((edge) => !leadsToWithout([edge], again, loop, new Set())) || !leadsToWithout(here, again, loop, failures);
}

/** A test of a reply: does its being true mean success? */
interface StatusTest {
  readonly node: Node;
  readonly whenTrue: boolean;
}

/** `res.ok`, or `res.status` beside a number. */
function statusTest(file: SourceFile, use: Node): StatusTest | null {
  const member = use.parent as Node | undefined;
  if (member?.type !== 'MemberExpression' || member.object !== use) return null;
  const name = memberName(member);
  if (name === 'ok') return { node: member, whenTrue: true };
  if (name !== 'status' && name !== 'statusCode') return null;
  const comparison = member.parent as Node | undefined;
  if (comparison?.type !== 'BinaryExpression') return null;
  const isLeft = comparison.left === member;
  const bound = evaluate(file, isLeft ? comparison.right : comparison.left);
  if (bound.kind !== 'literal' || typeof bound.value !== 'number') return null;
  const isFailure = bound.value >= FIRST_FAILURE;
  switch (comparison.operator) {
    case '===':
    case '==':
      // `=== 202` says that it is not done yet, which is neither.
      return isFailure || bound.value === 200 ? { node: comparison, whenTrue: !isFailure } : null;
    case '!==':
    case '!=':
      return isFailure || bound.value === 200 ? { node: comparison, whenTrue: isFailure } : null;
    case '<':
    case '<=':
      return isFailure || bound.value === 300 ? { node: comparison, whenTrue: isLeft } : null;
    case '>':
    case '>=':
      return isFailure || bound.value === 299 ? { node: comparison, whenTrue: !isLeft } : null;
    default:
      return null;
  }
}
