import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { returnsOf } from '../analysis/returns.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside, ownNodes } from '../analysis/summarize-body.js';
import { isLog } from '../analysis/summarize.js';
import { isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { FunctionNode, Value } from '../analysis/value.js';
import { ERROR_VALUE_METHODS, RESULT_TYPES } from '../models/error-names.js';
import { constantForm } from './constant-form.js';

type Node = TSESTree.Node;
type FunctionValue = Extract<Value, { kind: 'function' }>;

const MAX_DEPTH = 6;

/**
 * Does a call answer its failure instead of failing? A project function whose waits are all caught, or
 * whose declared type holds the error as a value; a method of a library that does so.
 */
export function answersItsErrors(file: SourceFile, call: TSESTree.CallExpression): boolean {
  return isErrorValueMethod(file, call) || calleesOf(file, call, (callee) => hasResultType(callee.node) || handlesItsErrors(callee.file, callee.node, 0));
}

/** Does a project function log its failure, and answer with an empty constant itself? A handler at the call is a second net. */
export function answersEmptyItself(file: SourceFile, call: TSESTree.CallExpression): boolean {
  return calleesOf(file, call, (callee) =>
    ownNodes(callee.file, callee.node, 'ReturnStatement').some((statement) => {
      if (statement.argument == null || constantForm(callee.file, statement.argument)?.shape !== 'empty' || statement.parent?.type !== 'BlockStatement') return false;
      return statement.parent.body.some((before) => before.range[0] < statement.range[0] && before.type === 'ExpressionStatement' && unwrap(before.expression).type === 'CallExpression' && isLog(callee.file, (unwrap(before.expression) as TSESTree.CallExpression).callee));
    }),
  );
}

function calleesOf(file: SourceFile, call: TSESTree.CallExpression, test: (callee: FunctionValue) => boolean): boolean {
  if (call.callee.type === 'Super') return false;
  const callees = presentAlternatives(evaluate(file, call.callee));
  return callees.length > 0 && callees.every((callee) => callee.kind === 'function' && callee.node.body != null && test(callee));
}

/** `Promise<Result<Order, Error>>`: two arguments, the second being the error. */
function hasResultType(fn: FunctionNode): boolean {
  const declared = fn.returnType?.typeAnnotation;
  const type = declared?.type === 'TSTypeReference' && declared.typeName.type === 'Identifier' && declared.typeName.name === 'Promise' ? declared.typeArguments?.params[0] : declared;
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  return RESULT_TYPES.has(type.typeName.name) && (type.typeArguments?.params.length ?? 0) >= 2;
}

/** An async function that throws nothing itself, and all of whose waits are caught or answer their errors. */
function handlesItsErrors(file: SourceFile, fn: FunctionNode, depth: number): boolean {
  if (!fn.async || fn.body == null || depth > MAX_DEPTH) return false;
  const tries = ownNodes(file, fn, 'TryStatement').filter(({ handler }) => handler != null);
  const isCaught = (node: Node): boolean => tries.some(({ block }) => isInside(node, block));
  const waits = ownNodes(file, fn, 'AwaitExpression');
  if (waits.length === 0 || ownNodes(file, fn, 'ThrowStatement').some((node) => !isCaught(node)) || ownNodes(file, fn, 'ForOfStatement').some((node) => node.await && !isCaught(node))) return false;
  const settles = (node: Node): boolean => {
    const inner = unwrap(node);
    if (inner.type !== 'CallExpression') return false;
    return hasHandler(inner) || calleesOf(file, inner, (callee) => handlesItsErrors(callee.file, callee.node, depth + 1));
  };
  // A promise that is handed back is outside of every try.
  const results = fn.body.type === 'BlockStatement' ? returnsOf(fn) : [fn.body as TSESTree.Expression];
  if (results.some((result) => result !== null && unwrap(result).type === 'CallExpression' && !settles(result))) return false;
  return waits.every((wait) => isCaught(wait) || isTakenApart(wait) || settles(wait.argument));
}

/** `load().catch(() => null)`: the handler decides, and one that is a plain function of constants does not fail. */
function hasHandler(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const handler = callee.type === 'MemberExpression' && memberName(callee) === 'catch' ? call.arguments[0] : undefined;
  const inner = handler === undefined ? null : unwrap(handler);
  return isFunction(inner) && (inner.body?.type === 'BlockStatement' ? inner.body.body.length === 0 : inner.body?.type !== 'CallExpression' && inner.body?.type !== 'AwaitExpression');
}

const ERROR_NAME = /^_?(?:err|error|e)$|(?:Err|Error)$/;

/** `const [error, rows] = await query()`, `const { err, val } = await cache.get(id)`: the error is a value. */
function isTakenApart(wait: TSESTree.AwaitExpression): boolean {
  const holder = outermost(wait).parent;
  if (holder?.type !== 'VariableDeclarator') return false;
  if (holder.id.type === 'ArrayPattern') return holder.id.elements[0]?.type === 'Identifier' && ERROR_NAME.test(holder.id.elements[0].name);
  return holder.id.type === 'ObjectPattern' && holder.id.properties.some((property) => property.type === 'Property' && property.key.type === 'Identifier' && ERROR_NAME.test(property.key.name));
}

/** A method that gives its error as a value, by the package that its object comes from. */
function isErrorValueMethod(file: SourceFile, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return false;
  const method = memberName(callee);
  return method !== null && Object.entries(ERROR_VALUE_METHODS).some(([name, methods]) => methods.has(method) && file.text.includes(name) && isMadeBy(file, callee.object, name, 0));
}

/** Is this object made by a package: by a call of it, in a function of the file that a helper runs (`singleton('cache', makeCache)`)? */
function isMadeBy(file: SourceFile, node: Node, name: string, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const inner = unwrap(node);
  const again = (next: Node): boolean => isMadeBy(file, next, name, depth + 1);
  switch (inner.type) {
    case 'MemberExpression':
      return again(inner.object);
    case 'AwaitExpression':
      return again(inner.argument);
    case 'NewExpression':
    case 'CallExpression':
      return inner.callee.type !== 'Super' && (isOf(file, inner.callee, name) || again(inner.callee) || (inner.type === 'CallExpression' && inner.arguments.some(again)));
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return inner.body?.type === 'BlockStatement' ? returnsOf(inner).some((result) => result !== null && again(result)) : inner.body != null && again(inner.body);
    case 'Identifier': {
      const variable = file.bindings.variableOf(inner);
      if (variable === null || variable === 'global' || variable.defs.length !== 1) return false;
      const definition = variable.defs[0]!.node as Node;
      if (definition.type === 'VariableDeclarator') return definition.init != null && again(definition.init);
      return definition.type === 'FunctionDeclaration' && again(definition);
    }
    default:
      return false;
  }
}

function isOf(file: SourceFile, node: Node, name: string): boolean {
  const value = evaluate(file, node);
  return value.kind === 'export' && value.package === name;
}
