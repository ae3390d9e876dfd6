import type { TSESTree } from '@typescript-eslint/types';
import type { ArgumentRef } from '../models/types.js';
import { evaluate } from './evaluate.js';
import type { SourceFile } from './source-file.js';
import { describe, unwrap } from './syntax.js';
import { alternatives, unknown, type Value } from './value.js';

type Argument = TSESTree.CallExpressionArgument;

/** An argument that was found, with what it evaluates to. */
export interface FoundArgument {
  readonly node: Argument;
  readonly value: Value;
}

/**
 * The argument in which options travel.
 * @returns `null` when provably none is passed; a value of kind `unknown` when one may be
 */
export function argumentValue(file: SourceFile, args: readonly Argument[], ref: ArgumentRef): FoundArgument | null {
  const spread = args.findIndex((argument) => argument.type === 'SpreadElement');
  if (ref.at === 'last') {
    for (let i = args.length - 1; i >= (ref.after ?? 0); i--) {
      const found = candidate(file, args, i, spread, true, ref);
      if (found !== 'no') return found;
    }
    return null;
  }
  for (const [order, position] of ref.at.entries()) {
    if (position >= args.length && spread === -1) continue;
    const found = candidate(file, args, Math.min(position, args.length - 1), spread, order > 0 || ref.at.length > 1, ref);
    if (found !== 'no') return found;
  }
  return null;
}

function candidate(file: SourceFile, args: readonly Argument[], position: number, spread: number, mayBeOther: boolean, { plain }: ArgumentRef): FoundArgument | null | 'no' {
  const node = args[position];
  if (node === undefined) return 'no';
  if (spread !== -1 && spread <= position) return { node: args[spread]!, value: unknown('opaque-spread', 'spread arguments') };
  const value = evaluate(file, node);
  if (plain === true) return { node, value };
  if (alternatives(value).every(isNoOptions)) return 'no';
  if (mayBeOther && isUrlByItsLooks(file, node, value)) return 'no';
  return { node, value };
}

/** Values that are never an options object. */
function isNoOptions(value: Value): boolean {
  switch (value.kind) {
    case 'literal':
    case 'text':
    case 'function':
    case 'array':
    case 'regexp':
    case 'env':
    case 'url':
    case 'class':
    case 'operation':
      return true;
    case 'export':
      return value.package === '@grpc/grpc-js';
    case 'unknown':
      // `new Metadata()` stands before the options of a call.
      return value.reason.detail === '@grpc/grpc-js.Metadata';
    default:
      return false;
  }
}

const URL_NAME = /(?:url|uri|href|endpoint|link|address|path|route|host|origin|location|src|target|webhook|api|domain|site|image|avatar|feed|source)s?$/i;

/**
 * Where one position may hold a URL or an options object (`axios(x)`, `fetch(x)`): a thing that is
 * named or built like a URL is one. The only guess by name in the evaluator, and only about a plain
 * argument, never about a receiver.
 */
function isUrlByItsLooks(file: SourceFile, node: Argument, value: Value): boolean {
  if (value.kind !== 'unknown' && value.kind !== 'parameter' && value.kind !== 'export' && value.kind !== 'builtin' && value.kind !== 'union') return false;
  const inner = unwrap(node);
  if (inner.type === 'Identifier' || inner.type === 'MemberExpression') return URL_NAME.test(describe(inner)) || isTypedAsUrl(file, inner);
  if (inner.type === 'CallExpression') return /(?:url|uri|endpoint|href|path|toString|concat|join|replace)\(\)$/i.test(describe(inner));
  return inner.type === 'BinaryExpression' || inner.type === 'TemplateLiteral';
}

/** A binding that is annotated `string` or `URL`. */
function isTypedAsUrl(file: SourceFile, node: TSESTree.Node): boolean {
  if (node.type !== 'Identifier') return false;
  const variable = file.bindings.variableOf(node);
  if (variable === null || variable === 'global') return false;
  return variable.identifiers.some((identifier) => {
    const annotation = (identifier as TSESTree.Identifier).typeAnnotation?.typeAnnotation;
    if (annotation == null) return false;
    const members = annotation.type === 'TSUnionType' ? annotation.types : [annotation];
    return members.every(
      (member) => member.type === 'TSStringKeyword' || (member.type === 'TSTypeReference' && member.typeName.type === 'Identifier' && member.typeName.name === 'URL'),
    );
  });
}
