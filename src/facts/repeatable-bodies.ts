import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import { describe, unwrap } from '../analysis/syntax.js';
import { alternatives } from '../analysis/value.js';
import { PLAIN_BODIES, PLAIN_TEXTS } from '../models/transfer-names.js';
import type { IoCall } from './io-calls.js';

/** Can the body of a call be sent a second time? A stream cannot: what is not known to be text or a form may be one. */
export function isRepeatableBody({ file, options }: IoCall): boolean {
  for (const field of ['body', 'data']) {
    const answer = readOption(options, field);
    if (answer.is === 'absent') continue;
    if (answer.is === 'unknown') return false;
    if (alternatives(answer.value).every((value) => value.kind === 'literal' || value.kind === 'text')) continue;
    const place = answer.place?.node;
    const node = place === undefined ? null : unwrap(place.type === 'Property' ? place.value : place);
    if (node?.type === 'NewExpression' && PLAIN_BODIES.has(describe(node.callee))) continue;
    if (node?.type === 'CallExpression' && PLAIN_TEXTS.has(describe(node.callee))) continue;
    if (node?.type === 'Identifier' && answer.place?.file === file && holdsText(file, node)) continue;
    return false;
  }
  return true;
}

/** `const body = JSON.stringify(order)` */
function holdsText(file: IoCall['file'], name: Parameters<IoCall['file']['bindings']['variableOf']>[0]): boolean {
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return false;
  const written = variable.references.flatMap((reference) => (reference.isWrite() && reference.writeExpr != null ? [unwrap(reference.writeExpr as never)] : []));
  return written.length > 0 && written.every((node) => (node.type === 'CallExpression' && PLAIN_TEXTS.has(describe(node.callee))) || (node.type === 'NewExpression' && PLAIN_BODIES.has(describe(node.callee))) || evaluate(file, node).kind === 'literal');
}
