import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { enclosingFunction, memberName, rootOf, staticName, unwrap } from '../analysis/syntax.js';
import { constantForm, saysSuccess, type ConstantForm } from './constant-form.js';
import type { ErrorHandler } from './error-handlers.js';
import { endsFunction, statementOf, statementsAfter } from './handler-place.js';

type Node = TSESTree.Node;

/**
 * How the rest of the program can tell whether what a handler guards has worked.
 * - `variable`: it writes a variable or field that is read elsewhere
 * - `collection`: it adds to a list or map that is read elsewhere
 * - `control-flow`: success leaves the block, and what follows is the other case
 * - `constant`: the same, and what follows gives a constant (`gives`)
 * - `end`: the same, and nothing follows: the function ends, and gives `undefined`
 * - `yes-or-nothing`: success says so and no more (`return true`), and an empty handler says nothing
 * - `finally`: a `finally` decides
 * - `unheard`: it cannot
 */
export interface Outcome {
  readonly by: 'variable' | 'collection' | 'control-flow' | 'constant' | 'end' | 'yes-or-nothing' | 'finally' | 'unheard';
  /** The constant; `undefined` where the function ends. */
  readonly gives: ConstantForm | null;
}

const of = (by: Outcome['by']): Outcome => ({ by, gives: null });

/** How the success of what a handler guards shows behind it, when the handler lets the program go on. */
export function outcomeOf(handler: ErrorHandler): Outcome {
  const { file, guarded, statement } = handler;
  if (statement !== null) {
    const left = leavesOnSuccess(file, statement);
    if (left !== null) return left;
  }
  for (const write of file.index.assignments) {
    if (write.range[0] < guarded.range[0]) continue;
    if (write.range[0] >= guarded.range[1]) break;
    const target = unwrap(write.type === 'UpdateExpression' ? write.argument : write.left);
    if (isKeptOutside(file, target, guarded)) return of('variable');
  }
  if (addsOutside(file, guarded)) return of('collection');
  return of('unheard');
}

/** Does the handler's statement have a `finally` with something in it? */
export function hasFinally(handler: ErrorHandler): boolean {
  return (handler.statement?.finalizer?.body.length ?? 0) > 0;
}

/** The last statement of the try leaves, or some statement gives a result: what follows the try is the other case. */
function leavesOnSuccess(file: SourceFile, statement: TSESTree.TryStatement): Outcome | null {
  const last = statement.block.body.at(-1);
  const { returns, breaks } = exitsOf(statement.block);
  const givesResult = returns.some((node) => node.argument != null && constantForm(file, node.argument) === null);
  // Success leaves the loop: the next turn is the other case.
  if ((returns.length > 0 || breaks) && isInLoop(file, statement)) return of('control-flow');
  const { handler } = statement;
  const ends = handler !== null && endsFunction(file, handler);
  if (givesResult) {
    if (ends) return { by: 'end', gives: constantForm(file, null) };
    const next = statementsAfter(statement)?.[0];
    if (next?.type === 'ReturnStatement') {
      const constant = constantForm(file, next.argument ?? null);
      if (constant !== null) return { by: 'constant', gives: constant };
    }
    return of('control-flow');
  }
  // At the end of the function both ways meet.
  const leaves = last?.type === 'BreakStatement' || last?.type === 'ContinueStatement' || (last?.type === 'ReturnStatement' && !(last.argument == null && ends));
  if (leaves && ends && handler.body.body.length === 0 && returns.every((node) => node.argument != null && givesSuccess(node.argument))) return { by: 'yes-or-nothing', gives: null };
  return leaves ? of('control-flow') : null;
}

/** The returns inside a block, of the function that it is part of, and the breaks that leave it. */
function exitsOf(block: TSESTree.BlockStatement): { readonly returns: readonly TSESTree.ReturnStatement[]; readonly breaks: boolean } {
  const returns: TSESTree.ReturnStatement[] = [];
  let breaks = false;
  const visit = (node: Node | null | undefined, isNested: boolean): void => {
    if (node == null) return;
    switch (node.type) {
      case 'ReturnStatement':
        returns.push(node);
        break;
      case 'BreakStatement':
        if (!isNested || node.label != null) breaks = true;
        break;
      case 'BlockStatement':
        for (const statement of node.body) visit(statement, isNested);
        break;
      case 'IfStatement':
        visit(node.consequent, isNested);
        visit(node.alternate, isNested);
        break;
      case 'TryStatement':
        visit(node.block, isNested);
        visit(node.handler?.body, isNested);
        visit(node.finalizer, isNested);
        break;
      case 'SwitchStatement':
        for (const branch of node.cases) for (const statement of branch.consequent) visit(statement, true);
        break;
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        visit(node.body, true);
        break;
      case 'LabeledStatement':
        visit(node.body, isNested);
        break;
      default:
    }
  };
  visit(block, false);
  return { returns, breaks };
}

function isInLoop(file: SourceFile, statement: Node): boolean {
  const owner = enclosingFunction(statement);
  return file.index.loops.some((loop) => loop.range[0] < statement.range[0] && isInside(statement, loop) && enclosingFunction(loop) === owner);
}

/** A variable that is declared outside and read outside, or a field. */
function isKeptOutside(file: SourceFile, target: Node, guarded: Node): boolean {
  if (target.type === 'MemberExpression') {
    const root = rootOf(target);
    if (root.type !== 'Identifier') return true;
    return isDeclaredOutside(file, root, guarded);
  }
  if (target.type === 'ObjectPattern' || target.type === 'ArrayPattern') return true;
  if (target.type !== 'Identifier') return false;
  const variable = file.bindings.variableOf(target);
  if (variable === null || variable === 'global') return true;
  if (!isDeclaredOutside(file, target, guarded)) return false;
  return variable.references.some((reference) => reference.isRead() && !isInside(reference.identifier as Node, guarded));
}

function isDeclaredOutside(file: SourceFile, name: Node, guarded: Node): boolean {
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return true;
  return variable.defs.every((definition) => !isInside(definition.name as Node, guarded));
}

const ADDS = /^(?:push|unshift|add|append)$/;

/** `found.push(await load(id))`, `byId.set(id, await load(id))` on something of outside. */
function addsOutside(file: SourceFile, guarded: Node): boolean {
  for (const call of file.index.calls) {
    if (call.range[0] < guarded.range[0]) continue;
    if (call.range[0] >= guarded.range[1]) break;
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || call.parent?.type === 'AwaitExpression') continue;
    const name = memberName(callee) ?? '';
    if (!ADDS.test(name) && !(name === 'set' && call.arguments.length === 2)) continue;
    const root = rootOf(callee.object);
    if (root.type === 'Identifier' && isDeclaredOutside(file, root, guarded) && call.parent?.type === 'ExpressionStatement') return true;
  }
  return false;
}

/** Does what follows a handler claim success: `return true`, `return { success: true }`, `res.sendStatus(200)`? */
export function claimsSuccess(handler: ErrorHandler): Node | null {
  const { file, statement, guarded } = handler;
  const after = statementsAfter(statementOf(statement ?? guarded)) ?? [];
  for (const next of after) {
    if (next.type === 'ReturnStatement') return next.argument != null && givesSuccess(next.argument) ? next : null;
    if (next.type === 'ExpressionStatement' && answersSuccess(file, next.expression)) return next;
    if (next.type !== 'ExpressionStatement' && next.type !== 'VariableDeclaration') return null;
  }
  return null;
}

/** `true`, `{ success: true }`, `Response.json({ ok: true })`. */
function givesSuccess(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return inner.value === true;
  if (inner.type === 'CallExpression') return inner.arguments[0]?.type === 'ObjectExpression' && givesSuccess(inner.arguments[0]);
  if (inner.type !== 'ObjectExpression') return false;
  return inner.properties.some((property) => property.type === 'Property' && saysSuccess(staticName(property.key, property.computed) ?? '', property.value));
}

function answersSuccess(file: SourceFile, node: Node): boolean {
  const text = file.text.slice(...node.range);
  return /^(?:await\s+)?(?:res|response|reply|ctx)\b/.test(text) && (/\.(?:sendStatus|status|code|writeHead)\(\s*20[0-4]\b/.test(text) || /\b(?:success|ok)\s*:\s*true\b/.test(text));
}
