import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import { alternatives } from '../analysis/value.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, outermost, staticName, unwrap } from '../analysis/syntax.js';
import type { ArgumentRef } from '../models/types.js';
import type { CallOrNew } from './construction.js';
import type { Edit } from './edit.js';
import type { JoinedSignal } from './join-signal.js';
import { endOutsideParens, newlineBefore, startOutsideParens, withoutComments } from './layout.js';

type Node = TSESTree.Node;

/** An option to write. */
export interface Write {
  readonly path: readonly string[];
  readonly text: string;
  /**
   * - `main`: the limit; where it holds a value already, there is nothing to write
   * - `needed`: without it the limit does nothing, so it is written even beside a limit that is there
   * - `extra`: comes with the limit, and what is there already stays
   */
  readonly role: 'main' | 'needed' | 'extra';
  /** A timer that runs from where it is written: it belongs into the call, not into an object that is made before. */
  readonly runs?: true;
  /** Joins the value with what stands there already; absent: what stands there stays. */
  readonly join?: (existing: Node) => JoinedSignal | null;
}

/** `timeout: { request: 10_000 }`; options below one parent share it. */
export function propertyText(writes: readonly Write[]): string {
  return grouped(writes).map(([key, below]) => pairText(key, below)).join(', ');
}

function pairText(key: string, writes: readonly Write[]): string {
  const [first] = writes;
  if (first!.path.length === 1) return first!.text === key ? key : `${key}: ${first!.text}`;
  return `${key}: { ${propertyText(writes.map(lowered))} }`;
}

function grouped(writes: readonly Write[]): readonly (readonly [string, readonly Write[]])[] {
  const groups = new Map<string, Write[]>();
  for (const write of writes) {
    const key = write.path[0]!;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [write]);
    else group.push(write);
  }
  return [...groups];
}

const lowered = (write: Write): Write => ({ ...write, path: write.path.slice(1) });

/**
 * Writes options into a call: into the object that is there, or as a new argument.
 * @param work how many arguments stay in front of it, though they are functions: what a helper is to run
 * @returns `null` where they cannot be written, or the limit is there already
 */
export function writeArgument(file: SourceFile, call: CallOrNew, ref: ArgumentRef, writes: readonly Write[], work = 0): readonly Edit[] | null {
  if (call.arguments.some((argument) => argument.type === 'SpreadElement')) return null;
  const found = argumentValue(file, call.arguments, ref);
  if (found !== null && !isParameters(found.node, ref)) return writeInto(file, found.node, writes);
  return insertArgument(file, call, ref, `{ ${propertyText(writes)} }`, work);
}

/** With `keys`, an object that has none of them holds parameters of the call. */
function isParameters(argument: Node, { keys }: ArgumentRef): boolean {
  const node = unwrap(argument);
  if (keys === undefined || node.type !== 'ObjectExpression') return false;
  return !node.properties.some((property) => property.type === 'SpreadElement' || keys.includes(staticName(property.key, property.computed) ?? ''));
}

/** Writes options into an expression that holds an options object. */
export function writeInto(file: SourceFile, expression: Node, writes: readonly Write[]): readonly Edit[] | null {
  const node = unwrap(expression);
  switch (node.type) {
    case 'ObjectExpression':
      return addProperties(file, node, writes);
    case 'Identifier': {
      const held = writes.some((write) => write.runs) ? null : heldBy(file, node);
      return (held === null ? null : writeInto(file, held, writes)) ?? spread(file, node, writes);
    }
    case 'MemberExpression':
      return spread(file, node, writes);
    case 'NewExpression':
    case 'CallExpression': {
      // `new Request(url, init)`, `new NodeHttpHandler({…})`: they stand for the options they are given.
      const callee = evaluate(file, node.callee);
      return callee.kind === 'model-export' && callee.export.is === 'options' ? writeArgument(file, node, callee.export.options, writes) : null;
    }
    default:
      return null;
  }
}

/** `options` -> `{ ...options, timeout: 10_000 }`, where they are a plain object that says nothing of this. */
function spread(file: SourceFile, node: TSESTree.Identifier | TSESTree.MemberExpression, writes: readonly Write[]): readonly Edit[] | null {
  const isFree = alternatives(evaluate(file, node)).every((value) => {
    if (value.kind === 'literal') return value.value == null;
    return value.kind === 'object' && isPlain(value.place?.node) && grouped(writes).every(([key]) => readOption(value, key).is === 'absent');
  });
  if (!isFree) return null;
  const name = file.text.slice(...node.range);
  const isShorthand = node.parent.type === 'Property' && node.parent.shorthand;
  return [{ range: node.range, text: `${isShorthand ? `${name}: ` : ''}{ ...${name}, ${propertyText(writes)} }` }];
}

/** An object literal that is nobody's argument: what `new Request(url, {…})` makes cannot be spread. */
function isPlain(node: Node | undefined): boolean {
  if (node?.type !== 'ObjectExpression') return false;
  const parent = outermost(node).parent;
  return parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression';
}

/** What a constant of this file holds for this use alone; one that others read may serve calls that want no limit. */
export function heldBy(file: SourceFile, identifier: TSESTree.Identifier): Node | null {
  const variable = file.bindings.variableOf(identifier);
  if (variable === null || variable === 'global' || variable.defs.length !== 1) return null;
  if (variable.references.filter((reference) => reference.isRead()).length !== 1) return null;
  const definition = variable.defs[0]!.node as Node;
  if (definition.type !== 'VariableDeclarator' || definition.id.type !== 'Identifier' || definition.init == null) return null;
  if (definition.parent.parent.type === 'ExportNamedDeclaration') return null;
  return variable.references.some((reference) => reference.isWrite() && reference.init !== true) ? null : definition.init;
}

/** Adds options to an object literal, in the way its other properties are written. */
function addProperties(file: SourceFile, object: TSESTree.ObjectExpression, writes: readonly Write[]): readonly Edit[] | null {
  const edits: Edit[] = [];
  const fresh: Write[] = [];
  for (const [key, group] of grouped(writes)) {
    const property = object.properties.find((entry) => entry.type === 'Property' && staticName(entry.key, entry.computed) === key);
    if (property?.type !== 'Property') {
      fresh.push(...group);
      continue;
    }
    const changed = changeProperty(file, property, group, writes);
    if (changed === null) return null;
    edits.push(...changed);
  }
  if (fresh.length > 0) edits.push(...append(file, object, grouped(fresh).map(([key, below]) => pairText(key, below))));
  return edits.length === 0 ? null : edits;
}

/** A key that is there with `undefined` or `null` gets the value; a signal that cancels is joined; anything else stays. */
function changeProperty(file: SourceFile, property: TSESTree.Property, group: readonly Write[], all: readonly Write[]): readonly Edit[] | null {
  const value = unwrap(property.value);
  const isNothing = (value.type === 'Identifier' && value.name === 'undefined') || (value.type === 'Literal' && value.value === null && value.raw === 'null');
  if (isNothing && !property.method) return [{ range: property.range, text: pairText(staticName(property.key, property.computed)!, group) }];
  if (group[0]!.path.length > 1) return writeInto(file, value, group.map(lowered));
  const { role, join } = group[0]!;
  if (join !== undefined && !property.method) {
    const joined = join(value);
    if (joined === null) return null;
    const key = staticName(property.key, property.computed)!;
    return [property.shorthand ? { range: property.range, text: `${key}: ${joined.text}` } : { range: property.value.range, text: joined.text }, ...joined.edits];
  }
  if (role === 'extra') return [];
  if (role === 'main') return all.some((write) => write.role === 'needed') ? [] : null;
  // A needed option that somebody switched off: they chose to.
  return file.text.slice(value.range[0], value.range[1]) === group[0]!.text ? [] : null;
}

function append(file: SourceFile, object: TSESTree.ObjectExpression, properties: readonly string[]): readonly Edit[] {
  const [start, end] = object.range;
  const last = object.properties.at(-1);
  if (last === undefined) return [emptyObject(file, start, end, properties.join(', '))];
  const after = withoutComments(file, last.range[1], end);
  const comma = after.indexOf(',');
  const hasComma = comma !== -1;
  const indent = newlineBefore(file, object.properties[0]!.range[0], start + 1);
  if (indent === null) {
    const at = hasComma ? last.range[1] + comma + 1 : last.range[1];
    return [{ range: [at, at], text: `${hasComma ? '' : ','} ${properties.join(', ')}` }];
  }
  // Behind what stands on the last line: a comment there belongs to that property.
  const from = last.range[1] + (hasComma ? comma + 1 : 0);
  const at = from + (/\r?\n/.exec(withoutComments(file, from, end))?.index ?? 0);
  const added = { range: [at, at], text: `${indent}${properties.join(`,${indent}`)}${hasComma ? ',' : ''}` } as const;
  if (hasComma) return [added];
  if (at === last.range[1]) return [{ range: [at, at], text: `,${added.text}` }];
  return [{ range: [last.range[1], last.range[1]], text: ',' }, added];
}

function emptyObject(file: SourceFile, start: number, end: number, text: string): Edit {
  const inner = file.text.slice(start + 1, end - 1);
  if (inner.trim() === '') return { range: [start, end], text: `{ ${text} }` };
  // Only comments stand in it, and they stay.
  const content = start + 1 + inner.trimEnd().length;
  const indent = newlineBefore(file, start + 1 + inner.search(/\S/), start + 1);
  return indent === null ? { range: [content, end - 1], text: ` ${text} ` } : { range: [content, content], text: `${indent}${text},` };
}

/** A new argument at its position, with what must stand before it filled in. */
export function insertArgument(file: SourceFile, call: CallOrNew, ref: ArgumentRef, text: string, work = 0): readonly Edit[] | null {
  const args = call.arguments;
  // What stands before the options is missing, and may not be there to be left out.
  if (ref.at === 'last' && args.length < (ref.after ?? 0)) return null;
  const position = ref.at === 'last' ? Math.max(args.length, ref.after ?? 0) : ref.at[0]!;
  const callback = args.findIndex((argument, index) => index >= work && isCallback(file, argument));
  const at = callback !== -1 && callback <= position ? callback : position;
  const following = args[at];
  if (following !== undefined) {
    const node = unwrap(following);
    // Nothing was passed there by name.
    if ((node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'Literal' && node.raw === 'null')) return [{ range: following.range, text }];
    // Something else stands there: only a callback may be moved on.
    const before = at === 0 ? startOutsideParens(file, following, (call.typeArguments ?? call.callee).range[1], '(') : startOutsideParens(file, following, args[at - 1]!.range[1], ',');
    const missing = Array.from({ length: Math.max(0, (ref.at === 'last' ? (ref.after ?? 0) : position) - at) }, () => 'undefined, ').join('');
    return at === callback ? [{ range: [before, before], text: `${missing}${text}, ` }] : null;
  }
  const inserted = [...Array.from({ length: at - args.length }, () => 'undefined'), text].join(', ');
  const last = args.at(-1);
  if (last === undefined) {
    const close = call.range[1] - 1;
    const hasParens = file.text[close] === ')' && withoutComments(file, (call.typeArguments ?? call.callee).range[1], call.range[1]).includes('(');
    return [hasParens ? { range: [close, close], text: inserted } : { range: [call.range[1], call.range[1]], text: `(${inserted})` }];
  }
  const end = endOutsideParens(file, last, call.range[1] - 1);
  const indent = newlineBefore(file, last.range[0], call.callee.range[1]);
  return indent === null ? [{ range: [end, end], text: `, ${inserted}` }] : onOwnLine(file, end, call.range[1] - 1, `${indent}${inserted}`);
}

/** Behind what stands on the line of the last argument: a comment there belongs to that argument. */
function onOwnLine(file: SourceFile, end: number, close: number, text: string): readonly Edit[] {
  const rest = withoutComments(file, end, close);
  const comma = rest.indexOf(',');
  const lineEnd = /\r?\n/.exec(rest)?.index ?? 0;
  const isCommented = file.comments.some(({ range }) => range[0] >= end && range[0] < end + lineEnd);
  if (!isCommented || comma > lineEnd) return [{ range: [end, end], text: `,${text}` }];
  const at = end + lineEnd;
  return comma === -1 ? [{ range: [end, end], text: ',' }, { range: [at, at], text }] : [{ range: [at, at], text: `${text},` }];
}

function isCallback(file: SourceFile, argument: Node): boolean {
  if (isFunction(unwrap(argument))) return true;
  return unwrap(argument).type === 'Identifier' && alternatives(evaluate(file, argument)).every((value) => value.kind === 'function');
}
