import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { unwrap } from '../analysis/syntax.js';
import type { Place } from '../analysis/value.js';
import type { ClientAttempts } from '../facts/client-attempts.js';
import type { IoCall } from '../facts/io-calls.js';
import { noneOf } from '../facts/nested-words.js';
import { constructionOf } from './construction.js';
import type { Edit, Mend } from './edit.js';
import { writeArgument, type Write } from './write-options.js';

/**
 * Edits that leave a client one attempt: its own option, in the call where the model allows it, so that
 * nobody else is concerned; else where the client is made. `null` where no edit can be made in this file.
 */
export function retryOnce(file: SourceFile, call: IoCall, found: ClientAttempts): Mend | null {
  const { retry } = found;
  if (found.attached || retry.stays === true || retry.option === undefined || retry.at === undefined) return null;
  const text = retry.counts === 'attempts' ? '1' : '0';
  const write: Write = { path: retry.option.split('.'), text, role: 'main' };
  const atCall = retry.at.includes('call') ? inCall(file, call, found.place, write) : null;
  if (atCall !== null) return { edits: atCall, title: `set \`${noneOf(retry)}\` in the call`, safety: 'behaviour' };
  const atClient = retry.at.includes('client') ? inClient(file, call, found.place, write) : null;
  return atClient === null ? null : { edits: atClient, title: `set \`${noneOf(retry)}\` for the client, in all its calls`, safety: 'behaviour' };
}

function inCall(file: SourceFile, call: IoCall, place: Place | null, write: Write): readonly Edit[] | null {
  const { node, operation, through } = call;
  const { options, noEdit } = operation.operation;
  if (call.file !== file || through !== null || node.type === 'TaggedTemplateExpression' || options === undefined || noEdit === true) return null;
  const replaced = place !== null && place.file === file && isInside(place.node, node) ? replace(place.node, write.text) : null;
  return replaced ?? writeArgument(file, node, options, [write]);
}

function inClient(file: SourceFile, call: IoCall, place: Place | null, write: Write): readonly Edit[] | null {
  const made = call.operation.instance?.made ?? null;
  if (made === null || made.file !== file) return null;
  const replaced = place !== null && place.file === file ? replace(place.node, write.text) : null;
  if (replaced !== null || (made.node.type !== 'CallExpression' && made.node.type !== 'NewExpression')) return replaced;
  const construction = constructionOf(file, made.node);
  return construction?.options == null ? null : writeArgument(file, construction.node, construction.options, [write]);
}

/** `maxRetries: 3` -> `maxRetries: 0`. */
function replace(node: TSESTree.Node, text: string): readonly Edit[] | null {
  if (node.type !== 'Property' || node.shorthand || node.computed) return null;
  const value = unwrap(node.value);
  return value.type === 'Literal' || value.type === 'Identifier' ? [{ range: node.value.range, text }] : null;
}
