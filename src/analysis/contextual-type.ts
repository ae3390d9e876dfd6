import type { TSESTree } from '@typescript-eslint/types';
import { sameConnection } from './client-member.js';
import { evaluate } from './evaluate.js';
import { valueOfType } from './evaluate-type.js';
import { readMember } from './member.js';
import { operationOf } from './operation.js';
import type { SourceFile } from './source-file.js';
import { outermost } from './syntax.js';
import type { FunctionNode, InstanceValue, Value } from './value.js';

type Node = TSESTree.Node;

/**
 * The client that the type of a project function promises to a function written in a call of it:
 * `withTransaction(context, async (tx) => …)` of `withTransaction(context, run: (tx: Transaction) => …)`.
 * @param index of the parameter of `owner`
 */
export function contextualClient(file: SourceFile, owner: FunctionNode, index: number): Value | null {
  const holder = outermost(owner);
  const call = holder.parent;
  if (call?.type !== 'CallExpression') return null;
  const position = call.arguments.indexOf(holder as TSESTree.CallExpressionArgument);
  if (position === -1 || call.arguments.slice(0, position).some((argument) => argument.type === 'SpreadElement')) return null;
  const callee = evaluate(file, call.callee);
  if (callee.kind !== 'function') return null;
  const promised = promises(callee.node.params[position])[index];
  return promised === undefined ? null : clientIn(callee.file, promised);
}

/** The clients that a function promises, by the types of its parameters, to the functions that it is given. */
export function clientsPromised(file: SourceFile, fn: FunctionNode): readonly InstanceValue[] {
  return fn.params.flatMap(promises).flatMap((parameter) => clientIn(file, parameter) ?? []);
}

/** The parameters of the function that a parameter is to hold. */
function promises(parameter: Node | undefined): readonly Node[] {
  const declared = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
  const type = declared?.type === 'Identifier' ? declared.typeAnnotation?.typeAnnotation : undefined;
  return type?.type === 'TSFunctionType' ? type.params : [];
}

function clientIn(file: SourceFile, parameter: Node): InstanceValue | null {
  if (parameter.type !== 'Identifier' || parameter.typeAnnotation == null) return null;
  const value = valueOfType(file, parameter.typeAnnotation.typeAnnotation);
  return value?.kind === 'instance' ? value : null;
}

/**
 * `Parameters<Parameters<Database['transaction']>[0]>[0]`: what a client hands to a function, as people
 * write it who find no name for its type. `null` for any other type.
 */
export function handedByType(file: SourceFile, type: Node): Value | null {
  const given = parameterType(type);
  const taking = given === null || given.index !== 0 ? null : parameterType(given.of);
  if (taking === null) return null;
  const method = methodOfType(file, taking.of);
  const operation = method === null ? null : operationOf(method);
  const hands = operation?.operation.hands;
  if (hands === undefined || operation?.instance == null || hands.argument !== taking.index) return null;
  return sameConnection(operation.instance, hands.client);
}

/** `Parameters<T>[n]` */
function parameterType(type: Node): { readonly of: Node; readonly index: number } | null {
  if (type.type !== 'TSIndexedAccessType' || type.objectType.type !== 'TSTypeReference') return null;
  const { typeName, typeArguments } = type.objectType;
  const of = typeArguments?.params[0];
  const index = literalOf(type.indexType);
  return typeName.type === 'Identifier' && typeName.name === 'Parameters' && of !== undefined && typeof index === 'number' ? { of, index } : null;
}

/** `typeof db.transaction`, `Database['transaction']` */
function methodOfType(file: SourceFile, type: Node): Value | null {
  if (type.type === 'TSTypeQuery') {
    const { exprName } = type;
    if (exprName.type !== 'TSQualifiedName' || exprName.left.type !== 'Identifier') return null;
    return readMember(evaluate(file, exprName.left), exprName.right.name, { file, node: type });
  }
  if (type.type !== 'TSIndexedAccessType') return null;
  const name = literalOf(type.indexType);
  const owner = valueOfType(file, type.objectType);
  return owner === null || typeof name !== 'string' ? null : readMember(owner, name, { file, node: type });
}

function literalOf(type: Node): unknown {
  return type.type === 'TSLiteralType' && type.literal.type === 'Literal' ? type.literal.value : null;
}
