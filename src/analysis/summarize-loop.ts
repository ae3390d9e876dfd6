import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { ATTEMPT_NAMES, CHOOSES, MUTATES, NEXT_ITEM } from '../models/retry-names.js';
import { childrenOf } from './node-children.js';
import type { SourceFile } from './source-file.js';
import { nodesInside } from './sorted-nodes.js';
import { isInside } from './summarize-body.js';
import { memberName, unwrap } from './syntax.js';
import { writesOf, type Write } from './writes.js';

type Node = TSESTree.Node;

/** A loop that may try something again. */
export type Loop = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.ForOfStatement;

/** Does a node read this variable? */
export function mentions(node: Node, variable: Variable): boolean {
  return variable.references.some((reference) => isInside(reference.identifier as Node, node));
}

/** The variables that count the rounds of a loop: each is changed by a step, in the loop. */
export function countersOf(file: SourceFile, loop: Loop): readonly Variable[] {
  const counters = new Set<Variable>();
  for (const node of nodesInside(file.index.assignments, loop)) {
    const target = unwrap(node.type === 'UpdateExpression' ? node.argument : node.left);
    const steps = node.type === 'UpdateExpression' || node.operator === '+=' || node.operator === '-=';
    const variable = steps && target.type === 'Identifier' ? file.bindings.variableOf(target) : null;
    if (variable !== null && variable !== 'global') counters.add(variable);
  }
  return [...counters];
}

/** The call that an await waits for: `await load()`, or `await pending` of a `const pending = load()` of the same round. */
export function awaitedCall(file: SourceFile, awaited: TSESTree.AwaitExpression, loop: Node): TSESTree.CallExpression | null {
  const argument = unwrap(awaited.argument);
  if (argument.type === 'CallExpression') return argument;
  const variable = argument.type === 'Identifier' ? file.bindings.variableOf(argument) : null;
  if (variable === null || variable === 'global') return null;
  const [write, ...more] = writesOf(file, variable);
  if (more.length > 0 || write?.kind !== 'declaration' || write.value === null || write.path.length > 0 || !isInside(write.value, loop)) return null;
  const made = unwrap(write.value);
  return made.type === 'CallExpression' ? made : null;
}

const MAX_LEVEL = 6;

/**
 * Is a call the same in each round of a loop? One whose operands change with the round takes the next
 * item, page or port: that is no retry.
 */
export function isInvariant(file: SourceFile, loop: Loop, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  // What a function is given that was itself given to this one is not told from here.
  const handsCounter = callee.type === 'Identifier' && isParameter(file, callee);
  const operands: Node[] = [...call.arguments];
  if (callee.type === 'MemberExpression') operands.push(callee.object);
  return operands.every((operand) => !changes(file, loop, operand, handsCounter, 0));
}

function isParameter(file: SourceFile, identifier: TSESTree.Identifier): boolean {
  const variable = file.bindings.variableOf(identifier);
  return variable !== null && variable !== 'global' && writesOf(file, variable).every((write) => write.kind === 'parameter');
}

function changes(file: SourceFile, loop: Loop, expression: Node, handsCounter: boolean, level: number): boolean {
  if (level > MAX_LEVEL) return true;
  const stack: Node[] = [expression];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'CallExpression') {
      const callee = unwrap(node.callee);
      const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
      if (name !== null && NEXT_ITEM.test(name)) return true;
      if (CHOOSES.test(name ?? (callee.type === 'Identifier' ? callee.name : ''))) return true;
    }
    // `mirrors[i]` takes another mirror each time.
    if (node.type === 'MemberExpression' && node.computed && changes(file, loop, node.property, false, level + 1)) return true;
    if (node.type === 'Identifier' && variableChanges(file, loop, node, handsCounter, level)) return true;
    stack.push(...childrenOf(node).filter((child) => !(node.type === 'MemberExpression' && child === node.property) && !(node.type === 'Property' && child === node.key && !node.computed)));
  }
  return false;
}

function variableChanges(file: SourceFile, loop: Loop, node: TSESTree.Identifier, handsCounter: boolean, level: number): boolean {
  const variable = file.bindings.variableOf(node);
  if (variable === null || variable === 'global') return false;
  if (variable.references.some((reference) => isInside(reference.identifier as Node, loop) && isMutated(reference.identifier as Node))) return true;
  const inLoop = writesOf(file, variable).filter((write) => isInside(write.target, loop));
  return inLoop.some((write) => writeChanges(file, loop, node, write, handsCounter, level));
}

/** `rows[i] = null`, `params.set('page', n)`: what is inside it changes. */
function isMutated(use: Node): boolean {
  let member = use.parent as Node | undefined;
  if (member?.type !== 'MemberExpression' || member.object !== use) return false;
  if (member.parent?.type === 'CallExpression' && member.parent.callee === member) return MUTATES.has(memberName(member) ?? '');
  while (member.parent?.type === 'MemberExpression' && member.parent.object === member) member = member.parent;
  const parent = member.parent as Node | undefined;
  return (parent?.type === 'AssignmentExpression' && parent.left === member) || (parent?.type === 'UpdateExpression' && parent.argument === member) || (parent?.type === 'UnaryExpression' && parent.operator === 'delete');
}

function writeChanges(file: SourceFile, loop: Loop, node: TSESTree.Identifier, write: Write, handsCounter: boolean, level: number): boolean {
  switch (write.kind) {
    case 'declaration':
      // The first value of a counter; made anew in each round, it is what it is made of.
      return write.value !== null && isInside(write.value, loop.body) && changes(file, loop, write.value, handsCounter, level + 1);
    case 'compound':
      return !handsCounter && !ATTEMPT_NAMES.test(node.name);
    // Of functions inside the loop.
    case 'parameter':
    case 'catch':
    case 'function':
    case 'class':
    case 'undefined':
      return false;
    case 'assignment':
      // Set anew from the same things before it is used: `controller = new AbortController()`.
      return write.value === null || unwrap(write.value).type !== 'NewExpression' || changes(file, loop, write.value, handsCounter, level + 1);
    default:
      return true;
  }
}
