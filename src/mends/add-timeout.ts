import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, staticName, unwrap } from '../analysis/syntax.js';
import type { UnboundedSite } from '../facts/unbounded-sites.js';
import type { ArgumentRef, ConstructModel, EditModel } from '../models/types.js';
import type { Edit, Mend } from './edit.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/**
 * Edits that give a site a time bound: the option in the object that is there, a new options
 * argument, or a chained method, as the model says it is written.
 * @param ms the limit to write, milliseconds
 * @returns the possible mends, best first; empty where no edit can be made here
 */
export function addTimeout(file: SourceFile, site: UnboundedSite, ms: number): readonly Mend[] {
  const model = site.bound.call.operation.model;
  const mends: Mend[] = [];
  for (const edit of model.edits ?? []) {
    if ((edit.at === 'client') !== (site.at === 'construction')) continue;
    const mend = edit.chain !== undefined ? chained(site.node, edit, ms) : inOptions(file, site, edit, ms);
    if (mend !== null) mends.push(mend);
  }
  return mends;
}

function chained(node: Node, edit: EditModel, ms: number): Mend {
  const end = node.range[1];
  return { edits: [{ range: [end, end], text: `.${edit.chain!}(${number(ms)})` }], title: `add \`.${edit.chain!}(${number(ms)})\``, safety: 'behaviour' };
}

function inOptions(file: SourceFile, site: UnboundedSite, edit: EditModel, ms: number): Mend | null {
  const call = site.node;
  if (call.type !== 'CallExpression' && call.type !== 'NewExpression') return null;
  const through = site.bound.call.through;
  const ref = site.at === 'construction' ? constructOf(site)?.options : site.bound.call.operation.operation.options;
  // A wrapper's call takes the option wherever it takes its options.
  const written = through === null ? optionsArgument(file, call, ref) : site.bound.call.optionsNode;
  const value = valueText(edit, ms);
  const title = `add \`${nestedText(edit.path.split('.'), value)}\``;
  if (written !== null) {
    const object = literalOf(file, written);
    if (object === null) return null;
    const edits = [...addProperty(file, object, edit.path.split('.'), value), ...(edit.beside === undefined ? [] : addProperty(file, object, edit.beside.path.split('.'), edit.beside.text))];
    return edits.length === 0 ? null : { edits: mergeAt(edits), title, safety: 'behaviour' };
  }
  if (through !== null || ref === undefined) return null;
  const argument = edit.beside === undefined ? `{ ${nestedText(edit.path.split('.'), value)} }` : `{ ${nestedPair(edit, value)} }`;
  const inserted = insertArgument(file, call, ref, argument);
  return inserted === null ? null : { edits: [inserted], title, safety: 'behaviour' };
}

function constructOf(site: UnboundedSite): ConstructModel | null {
  const { instance, node } = site;
  if (instance === null || (node.type !== 'CallExpression' && node.type !== 'NewExpression')) return null;
  const entries: readonly unknown[] = [...Object.values(instance.model.exports), ...Object.values(instance.model.clients).flatMap((shape) => Object.values(shape.members ?? {}))];
  for (const entry of entries) {
    const construct = entry as { is: string } & Partial<ConstructModel>;
    if ((construct.is === 'class' || construct.is === 'factory') && construct.makes === instance.client) return construct as ConstructModel;
  }
  return null;
}

function valueText(edit: EditModel, ms: number): string {
  switch (edit.value) {
    case 'ms':
      return number(ms);
    case 'signal':
      return `AbortSignal.timeout(${number(ms)})`;
    case 'deadline':
      return `Date.now() + ${number(ms)}`;
  }
}

function number(ms: number): string {
  return ms >= 10_000 ? String(ms).replace(/\B(?=(\d{3})+(?!\d))/g, '_') : String(ms);
}

/** `timeout: { request: 10_000 }` */
function nestedText(path: readonly string[], value: string): string {
  const [first, ...rest] = path;
  return rest.length === 0 ? `${first}: ${value}` : `${first}: { ${nestedText(rest, value)} }`;
}

/** Two options below the same parent: `requestHandler: { requestTimeout: …, throwOnRequestTimeout: true }`. */
function nestedPair(edit: EditModel, value: string): string {
  const path = edit.path.split('.');
  const beside = edit.beside!.path.split('.');
  if (path.length === 2 && beside.length === 2 && path[0] === beside[0]) return `${path[0]}: { ${path[1]}: ${value}, ${beside[1]}: ${edit.beside!.text} }`;
  return `${nestedText(path, value)}, ${nestedText(beside, edit.beside!.text)}`;
}

/** The argument in which options are written, if one is. */
function optionsArgument(file: SourceFile, call: Call, ref: ArgumentRef | undefined): Node | null {
  if (ref === undefined) return null;
  const positions = ref.at === 'last' ? call.arguments.map((_, index) => index).reverse().filter((index) => index >= (ref.after ?? 0)) : ref.at;
  for (const position of positions) {
    const argument = call.arguments[position];
    if (argument === undefined || argument.type === 'SpreadElement') continue;
    const value = evaluate(file, argument);
    if (value.kind === 'object') return argument;
  }
  return null;
}

/** The object literal behind an argument: itself, or the one that a constant in this file holds for this use alone. */
function literalOf(file: SourceFile, argument: Node): TSESTree.ObjectExpression | null {
  const node = unwrap(argument);
  if (node.type === 'ObjectExpression') return node;
  if (node.type !== 'Identifier') return null;
  const variable = file.bindings.variableOf(node);
  if (variable === null || variable === 'global' || variable.references.filter((reference) => reference.isRead()).length !== 1) return null;
  const definition = variable.defs[0]?.node as Node | undefined;
  if (definition?.type !== 'VariableDeclarator' || definition.init == null) return null;
  const init = unwrap(definition.init);
  return init.type === 'ObjectExpression' ? init : null;
}

/** Adds `path: value` to an object literal, in the way its other properties are written. */
function addProperty(file: SourceFile, object: TSESTree.ObjectExpression, path: readonly string[], value: string): Edit[] {
  const [first, ...rest] = path;
  const text = nestedText(path, value);
  const existing = object.properties.find((property) => property.type === 'Property' && staticName(property.key, property.computed) === first);
  if (existing?.type === 'Property') {
    const inner = unwrap(existing.value);
    if (rest.length > 0 && inner.type === 'ObjectExpression') return addProperty(file, inner, rest, value);
    return replaceNothing(file, existing, text);
  }
  const last = object.properties.at(-1);
  if (last === undefined) return [{ range: [object.range[0], object.range[1]], text: `{ ${text} }` }];
  const between = file.text.slice(last.range[1], object.range[1]);
  const before = file.text.slice(object.range[0] + 1, object.properties[0]!.range[0]);
  const hasComma = /^\s*(?:\/\*[\s\S]*?\*\/\s*)*,/.test(between);
  const comma = hasComma ? last.range[1] + between.indexOf(',') + 1 : last.range[1];
  if (before.includes('\n')) {
    const indent = /[^\S\r\n]*$/.exec(before)?.[0] ?? '';
    const newline = before.includes('\r\n') ? '\r\n' : '\n';
    return [{ range: [comma, comma], text: `${hasComma ? '' : ','}${newline}${indent}${text}${hasComma ? ',' : ''}` }];
  }
  return [{ range: [comma, comma], text: `${hasComma ? '' : ','} ${text}` }];
}

/**
 * A key that is there with `undefined` or `null` gets the value. One that holds something keeps it: a
 * signal that cancels would have to be joined, and `AbortSignal.any` with a timeout can be collected
 * before it fires on Node 20.
 */
function replaceNothing(file: SourceFile, property: TSESTree.Property, text: string): Edit[] {
  const written = file.text.slice(property.value.range[0], property.value.range[1]);
  return written === 'undefined' || written === 'null' ? [{ range: [property.range[0], property.range[1]], text }] : [];
}

/** A new options argument at its position, with what must stand before it filled in. */
function insertArgument(file: SourceFile, call: Call, ref: ArgumentRef, text: string): Edit | null {
  if (call.arguments.some((argument) => argument.type === 'SpreadElement')) return null;
  const position = ref.at === 'last' ? Math.max(call.arguments.length, ref.after ?? 0) : ref.at[0]!;
  const args = call.arguments;
  const callback = args.findIndex((argument) => isFunction(unwrap(argument)));
  const at = callback !== -1 && callback <= position ? callback : position;
  const following = args[at];
  if (following !== undefined) {
    // Something else stands there: only a callback may be moved on.
    return isFunction(unwrap(following)) ? { range: [following.range[0], following.range[0]], text: `${text}, ` } : null;
  }
  const missing = Array.from({ length: at - args.length }, () => 'undefined');
  const last = args.at(-1);
  const inserted = [...missing, text].join(', ');
  if (last === undefined) {
    const close = call.range[1] - 1;
    if (file.text[close] !== ')') return { range: [call.range[1], call.range[1]], text: `(${inserted})` };
    return { range: [close, close], text: inserted };
  }
  return { range: [last.range[1], last.range[1]], text: `, ${inserted}` };
}

/** Edits at one offset become one, so that hosts which refuse overlapping edits take them. */
function mergeAt(edits: readonly Edit[]): readonly Edit[] {
  const merged: Edit[] = [];
  for (const edit of edits) {
    const same = merged.findIndex((other) => other.range[0] === edit.range[0] && other.range[1] === edit.range[1]);
    if (same === -1) merged.push(edit);
    else merged[same] = { range: edit.range, text: `${merged[same]!.text}${edit.text}` };
  }
  return merged;
}
