import type { TSESTree } from '@typescript-eslint/types';
import { KEEPS_RESULT } from '../models/builtins.js';
import { evaluate } from './evaluate.js';
import { returnedBy } from './returns.js';
import type { SourceFile } from './source-file.js';
import { describe } from './syntax.js';
import type { FunctionNode, Value } from './value.js';

type Node = TSESTree.Node;

/**
 * `singleton('prisma', () => new PrismaClient())`: a helper that runs a function once and hands its
 * result out. Known by its signature, `<T>(name: string, make: () => T): T`, or by its name where it
 * cannot be read. `null` for anything else.
 */
export function keptResult(file: SourceFile, call: TSESTree.CallExpression, callee: Value): Value | null {
  const position = callee.kind === 'function' ? parameterOfResult(callee.node) : namedSo(call) ? call.arguments.findIndex(isFunctionLike) : -1;
  const argument = call.arguments[position];
  if (argument === undefined || call.arguments.slice(0, position).some((before) => before.type === 'SpreadElement')) return null;
  const made = evaluate(file, argument);
  return made.kind === 'function' ? returnedBy(made.file, made.node) : null;
}

/** The parameter of type `() => T` of a function that declares to return its own `T`. */
function parameterOfResult(node: FunctionNode): number {
  const variables = node.typeParameters?.params.map((parameter) => parameter.name.name) ?? [];
  const result = node.returnType == null ? null : nameOfType(node.returnType.typeAnnotation);
  if (result === null || !variables.includes(result)) return -1;
  return node.params.findIndex((parameter) => {
    const type = parameter.type === 'Identifier' ? parameter.typeAnnotation?.typeAnnotation : undefined;
    return type?.type === 'TSFunctionType' && type.params.length === 0 && type.returnType != null && nameOfType(type.returnType.typeAnnotation) === result;
  });
}

/** `T`, and the `T` of `Promise<T>`: what is awaited is the same. */
function nameOfType(type: Node): string | null {
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return null;
  const inner = type.typeArguments?.params[0];
  return type.typeName.name === 'Promise' && inner !== undefined ? nameOfType(inner) : type.typeName.name;
}

function namedSo(call: TSESTree.CallExpression): boolean {
  return KEEPS_RESULT.test(describe(call.callee).split('.').at(-1)!);
}

function isFunctionLike(node: Node): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'Identifier';
}
