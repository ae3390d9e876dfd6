import type { TSESTree } from '@typescript-eslint/types';
import { describe, isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { IoCall } from './io-calls.js';
import { usesOf } from './reply-uses.js';

type Node = TSESTree.Node;

const PIPES = /^(?:pipe|pipeline)$/;

/**
 * Is the reply that a callback gets handed on as the stream that it is: piped, returned, given to the one
 * who waits? How long that lasts is not for the request to say.
 */
export function handsOnStream({ file, node, operation }: IoCall): boolean {
  if (operation.operation.streamsToCallback !== true || node.type === 'TaggedTemplateExpression') return false;
  const last = node.arguments.at(-1);
  const callback = last === undefined ? null : unwrap(last);
  const reply = callback !== null && isFunction(callback) ? callback.params[0] : undefined;
  return reply?.type === 'Identifier' && usesOf(file, reply).some((use) => isHandedOn(file, use));
}

function isHandedOn(file: SourceFile, use: Node): boolean {
  const holder = outermost(use);
  const parent = holder.parent;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === holder && PIPES.test(memberName(parent) ?? '');
    case 'ReturnStatement':
      return true;
    case 'CallExpression':
      return parent.callee !== holder && (PIPES.test(describe(parent.callee).split('.').at(-1)!) || isParameter(file, unwrap(parent.callee)));
    default:
      return false;
  }
}

/** `resolve`, `callback` */
function isParameter(file: SourceFile, callee: Node): boolean {
  if (callee.type !== 'Identifier') return false;
  const variable = file.bindings.variableOf(callee);
  return variable !== null && variable !== 'global' && variable.defs.some((definition) => (definition.type as string) === 'Parameter');
}
