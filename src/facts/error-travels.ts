import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { childrenOf } from '../analysis/node-children.js';
import { isInside } from '../analysis/summarize-body.js';
import { builtinName } from '../analysis/summarize-names.js';
import { describe, isFunction, memberName, outermost, staticName, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { IS_AN_ERROR, TEXT_MEMBERS, TO_TEXT, WHOLE_TEXT } from '../models/error-classes.js';
import type { ErrorHandler } from './error-handlers.js';
import { ownErrorUses } from './error-uses.js';

type Node = TSESTree.Node;

/** Where the error of a handler goes, in the handler. */
export interface ErrorTravels {
  /** Does an expression hold the error itself, its stack or its cause, not only text of it? What is not understood counts as holding it. */
  carries(expression: Node): boolean;
  /** Does it read the error, or something made of it? */
  mentions(node: Node): boolean;
  /** Does the error itself go to somebody besides `except`: a log, telemetry, a variable, a function? */
  goesElsewhere(except: Node): boolean;
  /** Is a node reached only where the error was found to be one of a kind? */
  isChosen(node: Node): boolean;
}

/** Reads the uses of a handler's error. */
export function errorTravels(handler: ErrorHandler): ErrorTravels {
  const { file, body } = handler;
  const uses = ownErrorUses(handler);
  const own = handler.error === null ? null : file.bindings.variableOf(handler.error);
  const judged = new Map<Variable, boolean>();

  /** A variable of the handler: does anything that is written to it hold the error? */
  const holds = (variable: Variable): boolean => {
    const known = judged.get(variable);
    if (known !== undefined) return known;
    judged.set(variable, false);
    const found = variable.defs.some((definition) => {
      const declarator = definition.node as Node;
      if (declarator.type !== 'VariableDeclarator') return false;
      return declarator.init != null && (declarator.id.type === 'Identifier' ? carries(declarator.init) : carriesByPattern(declarator.id, declarator.init, definition.name as Node));
    }) || variable.references.some((reference) => reference.isWrite() && reference.init !== true && reference.writeExpr != null && carries(reference.writeExpr as Node));
    judged.set(variable, found);
    return found;
  };
  const localOf = (node: Node): Variable | null => {
    if (node.type !== 'Identifier' || body === null) return null;
    const variable = file.bindings.variableOf(node);
    return variable !== null && variable !== 'global' && variable !== own && variable.defs.some((definition) => isInside(definition.name as Node, body)) ? variable : null;
  };
  const carriesByPattern = (pattern: Node, init: Node, name: Node): boolean => {
    if (!carries(init)) return false;
    if (pattern.type !== 'ObjectPattern') return true;
    const property = pattern.properties.find((one) => isInside(name, one));
    return property?.type !== 'Property' || !TEXT_MEMBERS.has(staticName(property.key, property.computed) ?? '');
  };
  const isError = (node: Node): boolean => node.type === 'Identifier' && own !== null && file.bindings.variableOf(node) === own;

  const carries = (expression: Node): boolean => {
    const node = unwrap(expression);
    if (!mentions(node)) return false;
    switch (node.type) {
      case 'Identifier': {
        if (isError(node)) return true;
        const local = localOf(node);
        return local !== null && holds(local);
      }
      case 'MemberExpression':
        return carries(node.object) && !TEXT_MEMBERS.has(memberName(node) ?? '');
      case 'TemplateLiteral':
        return node.expressions.some((part) => carriesAsText(part));
      case 'BinaryExpression':
        return node.operator === '+' && [node.left, node.right].some((part) => carriesAsText(part));
      case 'UnaryExpression':
        return false;
      case 'ConditionalExpression':
        return carries(node.consequent) || carries(node.alternate);
      case 'CallExpression': {
        const callee = unwrap(node.callee);
        // `err.message.trim()`, `err.toString()`
        if (callee.type === 'MemberExpression' && carries(callee.object)) return !TEXT_MEMBERS.has(memberName(callee) ?? '');
        if (!node.arguments.some((argument) => carries(argument))) return false;
        return !makesText(handler, node.callee);
      }
      default:
        return childrenOf(node).some((child) => (isFunction(child) ? mentions(child) : carries(child)));
    }
  };
  /** In a text only the stack and what is not understood is more than text. */
  const carriesAsText = (part: Node): boolean => {
    const node = unwrap(part);
    return !isError(node) && localOf(node) === null && carries(node);
  };
  const mentions = (node: Node): boolean => {
    if (uses.some((use) => isInside(use, node))) return true;
    const inner = unwrap(node);
    if (inner.type === 'Identifier') {
      const local = localOf(inner);
      return local !== null && madeOfError(local);
    }
    return childrenOf(inner).some((child) => mentions(child));
  };
  const made = new Map<Variable, boolean>();
  const madeOfError = (variable: Variable): boolean => {
    const known = made.get(variable);
    if (known !== undefined) return known;
    made.set(variable, false);
    const written = [...variable.defs.map((definition) => (definition.node as { init?: Node | null }).init), ...variable.references.map((reference) => (reference.isWrite() ? (reference.writeExpr as Node | null) : null))];
    const found = written.some((expression) => expression != null && mentions(expression));
    made.set(variable, found);
    return found;
  };

  return {
    carries,
    mentions,
    goesElsewhere(except) {
      const aliases = body === null ? [] : localsIn(handler).filter(holds).flatMap((variable) => variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node));
      return [...uses, ...aliases].some((use) => !isInside(use, except) && isHandedOn(handler, use));
    },
    isChosen: (node) => body !== null && chosenBelow(body, node, { mentions, carries }),
  };
}

/** The variables that are declared in a handler. */
function localsIn({ file, body }: ErrorHandler): readonly Variable[] {
  return file.scopes.scopes.flatMap((scope) => scope.variables.filter((variable) => variable.defs.length > 0 && variable.defs.every((definition) => isInside(definition.name as Node, body!))));
}

/** Does the value of a use leave for a call, a list, an object or a variable of outside? */
function isHandedOn(handler: ErrorHandler, use: Node): boolean {
  let node: Node = outermost(use);
  for (;;) {
    const parent = node.parent;
    switch (parent?.type) {
      case 'MemberExpression':
        if (parent.object !== node || memberName(parent) !== 'stack') return false;
        break;
      case 'Property':
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'SpreadElement':
      case 'AwaitExpression':
        break;
      case 'ConditionalExpression':
        if (parent.test === node) return false;
        break;
      case 'LogicalExpression':
        break;
      case 'AssignmentExpression':
        return parent.right === node;
      case 'CallExpression':
      case 'NewExpression':
        if (parent.callee === node) return false;
        // The text of all of it, in what a log is given.
        if (WHOLE_TEXT.has(describe(parent.callee))) break;
        return parent.type === 'NewExpression' || (!isTest(parent) && !isDeclared(parent) && !makesText(handler, parent.callee));
      default:
        return false;
    }
    node = outermost(parent);
  }
}

/** What a call gives is a variable of its own, whose uses are asked for themselves. */
function isDeclared(call: Node): boolean {
  return outermost(call).parent?.type === 'VariableDeclarator';
}

/** `if (isConflict(err))` */
function isTest(call: Node): boolean {
  let node = outermost(call);
  while (node.parent != null && (node.parent.type === 'UnaryExpression' || node.parent.type === 'LogicalExpression')) node = outermost(node.parent);
  const parent = node.parent;
  return (parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === node;
}

/** Does a function give text, and no more? */
function makesText(handler: ErrorHandler, callee: Node): boolean {
  const value = evaluate(handler.file, callee);
  if (value.kind === 'function') return givesText(value.node);
  return TO_TEXT.has(builtinName(value) ?? '');
}

function givesText({ returnType, body }: FunctionNode): boolean {
  if (returnType?.typeAnnotation.type === 'TSStringKeyword') return true;
  return body != null && body.type !== 'BlockStatement' && isText(body);
}

function isText(node: Node): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'TemplateLiteral':
      return true;
    case 'Literal':
      return typeof inner.value === 'string';
    case 'CallExpression':
      return TO_TEXT.has(describe(inner.callee));
    case 'MemberExpression':
      return memberName(inner) === 'message';
    case 'ConditionalExpression':
      return isText(inner.consequent) && isText(inner.alternate);
    case 'LogicalExpression':
      return isText(inner.left) && isText(inner.right);
    default:
      return false;
  }
}

type Reads = Pick<ErrorTravels, 'mentions' | 'carries'>;

/** Down from a block to a node: is it behind a test that found the error to be of a kind? */
function chosenBelow(at: Node, node: Node, reads: Reads): boolean {
  switch (at.type) {
    case 'BlockStatement':
      return chosenAmong(at.body, node, reads);
    case 'IfStatement': {
      if (isInside(node, at.consequent)) return narrows(at.test, true, reads) || chosenBelow(at.consequent, node, reads);
      if (at.alternate != null && isInside(node, at.alternate)) return narrows(at.test, false, reads) || chosenBelow(at.alternate, node, reads);
      return false;
    }
    case 'SwitchStatement': {
      const branch = at.cases.find((one) => isInside(node, one));
      if (branch === undefined) return false;
      // A label that falls through into this one, and `default` among them, are not told apart.
      const asks = reads.mentions(at.discriminant) || (branch.test != null && reads.mentions(branch.test));
      return (asks && branch.test != null) || chosenAmong(branch.consequent, node, reads);
    }
    case 'ConditionalExpression':
      if (isInside(node, at.consequent)) return narrows(at.test, true, reads) || chosenBelow(at.consequent, node, reads);
      return isInside(node, at.alternate) && (narrows(at.test, false, reads) || chosenBelow(at.alternate, node, reads));
    default:
      return childrenOf(at).some((child) => isInside(node, child) && !isFunction(child) && chosenBelow(child, node, reads));
  }
}

function chosenAmong(statements: readonly TSESTree.Statement[], node: Node, reads: Reads): boolean {
  for (const statement of statements) {
    if (isInside(node, statement)) return chosenBelow(statement, node, reads);
    // `if (err.code !== 'ENOENT') throw err;`
    if (statement.type === 'IfStatement' && statement.alternate == null && leaves(statement.consequent) && narrows(statement.test, false, reads)) return true;
  }
  return false;
}

function leaves(statement: TSESTree.Statement): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return last !== undefined && /^(?:Throw|Return|Continue|Break)Statement$/.test(last.type);
}

/** Does a test, where it holds or where it does not, tell of which kind the error is? That it is an error at all says nothing. */
function narrows(test: Node, holds: boolean, reads: Reads): boolean {
  const node = unwrap(test);
  if (!reads.mentions(node)) return false;
  switch (node.type) {
    case 'UnaryExpression':
      // `!err.response`: the other side never answered.
      return node.operator === '!' && ((holds && unwrap(node.argument).type === 'MemberExpression') || narrows(node.argument, !holds, reads));
    case 'LogicalExpression':
      return narrows(node.left, holds, reads) || narrows(node.right, holds, reads);
    case 'Identifier':
      // `const isConflict = err.code === '23505'`; the error itself is always there.
      return holds && !reads.carries(node);
    case 'BinaryExpression':
      if (node.operator === 'instanceof') return holds && !(unwrap(node.right).type === 'Identifier' && describe(node.right) === 'Error');
      if (unwrap(node.left).type === 'UnaryExpression') return false;
      if (node.operator === '!==' || node.operator === '!=') return !holds;
      return holds;
    case 'CallExpression':
      return holds && !IS_AN_ERROR.test(describe(node.callee));
    default:
      return holds;
  }
}
