import type { TSESTree } from '@typescript-eslint/types';
import { readOption } from '../analysis/options.js';
import { describe, enclosingFunction, isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { SourceFile } from '../analysis/source-file.js';
import { alternatives } from '../analysis/value.js';
import { TRANSFER_BODIES, TRANSFER_FIELDS, TRANSFER_NAMES, TRANSFER_READS, TRANSFER_REPLIES } from '../models/transfer-names.js';
import { functionName } from './handler-place.js';
import type { IoCall } from './io-calls.js';
import { repliesOf } from './reply-uses.js';

type Node = TSESTree.Node;

/**
 * Does a call move a file or another large body, by what it asks for, what it sends, or the names around
 * it? A request and a transfer want different limits.
 */
export function isTransfer(call: IoCall): boolean {
  const answer = readOption(call.options, 'responseType');
  if (answer.is === 'set' && alternatives(answer.value).some((value) => value.kind === 'literal' && TRANSFER_REPLIES.has(String(value.value)))) return true;
  if (TRANSFER_NAMES.test(describe(call.node.type === 'TaggedTemplateExpression' ? call.node.tag : call.node.callee))) return true;
  return TRANSFER_NAMES.test(nameAround(call.node)) || readsBytes(call) || sendsFile(call);
}

/** The name of the nearest function that has one: a callback is part of the function around it. */
function nameAround(node: Node): string {
  for (let owner = enclosingFunction(node); isFunction(owner); owner = enclosingFunction(owner)) {
    const name = functionName(owner);
    if (name !== null) return name;
  }
  return '';
}

/** `(await fetch(url)).arrayBuffer()` */
function readsBytes({ file, node }: IoCall): boolean {
  return repliesOf(file, node).some((reply) => {
    const holder = outermost(reply);
    const parent = holder.parent;
    return parent?.type === 'MemberExpression' && parent.object === holder && TRANSFER_READS.has(memberName(parent) ?? '');
  });
}

/** A form, a file or a stream stands among the arguments, or as the body in the options. */
function sendsFile({ file, node, options }: IoCall): boolean {
  if (node.type === 'TaggedTemplateExpression') return false;
  const bodies: Node[] = node.arguments.map((argument) => unwrap(argument));
  for (const value of options === null ? [] : alternatives(options)) {
    if (value.kind !== 'object') continue;
    for (const field of TRANSFER_FIELDS) {
      const place = value.entries.get(field)?.place;
      if (place?.file === file) bodies.push(place.node.type === 'Property' ? unwrap(place.node.value) : place.node);
    }
  }
  return bodies.some((body) => makesFile(body) || (body.type === 'Identifier' && isMadeAsFile(file, body)));
}

function isMadeAsFile(file: SourceFile, name: TSESTree.Identifier): boolean {
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return false;
  return variable.references.some((reference) => reference.isWrite() && reference.writeExpr != null && makesFile(unwrap(reference.writeExpr as Node)));
}

function makesFile(node: Node): boolean {
  return (node.type === 'NewExpression' || node.type === 'CallExpression') && TRANSFER_BODIES.has(describe(node.callee).split('.').at(-1)!);
}
