import type { TSESTree } from '@typescript-eslint/types';
import { readOption } from '../analysis/options.js';
import { describe, enclosingFunction, isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { SourceFile } from '../analysis/source-file.js';
import { alternatives } from '../analysis/value.js';
import { FORM_FILES, FORM_WRITES, FORMS, TRANSFER_BODIES, TRANSFER_FIELDS, TRANSFER_NAMES, TRANSFER_READS, TRANSFER_REPLIES } from '../models/transfer-names.js';
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

/** A file, a stream or a form with a file stands among the arguments, or as the body in the options. */
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
  return bodies.some((body) => makes(body, TRANSFER_BODIES) || (body.type === 'Identifier' && holdsFile(file, body)));
}

function holdsFile(file: SourceFile, name: TSESTree.Identifier): boolean {
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return false;
  const written = variable.references.flatMap((reference) => (reference.isWrite() && reference.writeExpr != null ? [unwrap(reference.writeExpr as Node)] : []));
  if (written.some((node) => makes(node, TRANSFER_BODIES))) return true;
  return written.some((node) => makes(node, FORMS)) && variable.references.some(({ identifier }) => takesFile(identifier as Node));
}

/** `form.append('file', bytes)`, `form.append('x', bytes, 'invoice.pdf')`; of text alone a form is small. */
function takesFile(form: Node): boolean {
  const member = outermost(form).parent;
  if (member?.type !== 'MemberExpression' || !FORM_WRITES.has(memberName(member) ?? '') || member.parent.type !== 'CallExpression' || member.parent.callee !== member) return false;
  const [field, value, ...more] = member.parent.arguments;
  if (more.length > 0 || (value !== undefined && makes(unwrap(value), TRANSFER_BODIES))) return true;
  return field?.type === 'Literal' && FORM_FILES.test(String(field.value));
}

function makes(node: Node, names: ReadonlySet<string>): boolean {
  return (node.type === 'NewExpression' || node.type === 'CallExpression') && names.has(describe(node.callee).split('.').at(-1)!);
}
