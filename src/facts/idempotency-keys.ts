import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { evaluate } from '../analysis/evaluate.js';
import { childrenOf } from '../analysis/node-children.js';
import { readLayers, readOption } from '../analysis/options.js';
import { isInside } from '../analysis/summarize-body.js';
import { describe, unwrap } from '../analysis/syntax.js';
import { alternatives, type OptionAnswer, type Value } from '../analysis/value.js';
import { GIVES_ANEW, KEY_FIELDS, KEY_HEADERS, MAYBE_KEY_HEADERS, ROW_IDENTITY, THOUGHT_OF } from '../models/repeat-names.js';
import type { RepeatIdentity, RepeatKey } from '../models/repeat-types.js';
import { ATTEMPT_NAMES, MAKES_NEW_NAMES } from '../models/retry-names.js';
import type { IoCall } from './io-calls.js';

type Node = TSESTree.Node;

/** What tells the other side that it has seen a call before. */
export interface IdempotencyKey {
  /** `stable`: the same at each attempt; `unstable`: made anew by each, so that it tells nothing. */
  readonly is: 'stable' | 'unstable' | 'absent' | 'unknown';
  /** `Idempotency-Key`, `idempotencyKey`. */
  readonly name: string | null;
  /** Its value, where it stands in the code. */
  readonly node: Node | null;
}

const ABSENT: IdempotencyKey = { is: 'absent', name: null, node: null };
const UNKNOWN: IdempotencyKey = { is: 'unknown', name: null, node: null };

/**
 * Does a call carry a key?
 * @param attempt what runs again with each attempt: what is made in it is new each time
 */
export function keyOf(call: IoCall, attempt: Node): IdempotencyKey {
  const found = call.operation.model.kind === 'http' ? headerKey(call, attempt) : optionKey(call, attempt);
  if (found.is !== 'absent') return found;
  // Somebody thought of it here, in a way that we do not see.
  return isThoughtOf(call) ? UNKNOWN : ABSENT;
}

function headerKey(call: IoCall, attempt: Node): IdempotencyKey {
  const { options, operation } = call;
  const { instance } = operation;
  const ofClient = instance === null ? [] : instance.layers.map((layer) => layer.value);
  let isOpen = operation.operation.options === undefined && !(operation.operation.chained !== undefined && headersAreWritten(call));
  for (const headers of [readOption(options, 'headers'), ...(instance === null ? [] : [readLayers(ofClient, 'headers', instance.optionsUnknown)])]) {
    const found = keyAmong(call, headers, attempt);
    if (found === 'open') isOpen = true;
    else if (found !== null) return found;
  }
  // Hooks write headers too, and a fetch or an adapter of one's own.
  if (isOpen || ofClient.some((layer) => readOption(layer, 'hooks').is !== 'absent')) return UNKNOWN;
  return bodyMayHoldKey(call) ? UNKNOWN : ABSENT;
}

/** `.set('Accept', …)`: the headers of a chain, each by its name. */
function headersAreWritten({ file, node }: IoCall): boolean {
  let end: Node = node;
  for (let parent = end.parent; parent?.type === 'MemberExpression' || parent?.type === 'CallExpression'; parent = end.parent) end = parent;
  return !/\.(?:set|headers?|use)\(\s*(?!['"])/.test(file.text.slice(node.range[0], end.range[1]));
}

function keyAmong(call: IoCall, headers: OptionAnswer, attempt: Node): IdempotencyKey | 'open' | null {
  if (headers.is === 'absent') return null;
  if (headers.is === 'unknown') return 'open';
  let isOpen = false;
  for (const value of alternatives(headers.value)) {
    if (value.kind !== 'object') {
      isOpen = true;
      continue;
    }
    for (const [name, entry] of value.entries) {
      if (KEY_HEADERS.test(name)) return { is: steadiness(call, entry.place, attempt), name, node: entry.place.file === call.file ? entry.place.node : null };
      if (MAYBE_KEY_HEADERS.test(name)) isOpen = true;
    }
    if (value.open !== null) isOpen = true;
  }
  return isOpen ? 'open' : null;
}

/** The body, where it is an object that can be read: `id`, `requestId`, `eventId` may be all that is needed. */
function bodyMayHoldKey(call: IoCall): boolean {
  const { file, node, options } = call;
  if (node.type === 'TaggedTemplateExpression') return true;
  const bodies: Value[] = node.arguments.slice(1).flatMap((argument) => (argument.type === 'SpreadElement' ? [] : [...alternatives(evaluate(file, argument))]));
  for (const name of ['body', 'json', 'data', 'form']) {
    const answer = readOption(options, name);
    if (answer.is !== 'set') continue;
    bodies.push(...alternatives(answer.value));
    const place = answer.place;
    const written = place === null ? null : unwrap(place.node.type === 'Property' ? place.node.value : place.node);
    const [first] = written?.type === 'CallExpression' && /stringify$/.test(describe(written.callee)) ? written.arguments : [];
    if (place !== null && first !== undefined && first.type !== 'SpreadElement') bodies.push(...alternatives(evaluate(place.file, first)));
  }
  return bodies.some((body) => body.kind === 'object' && [...body.entries.keys()].some((name) => KEY_FIELDS.test(name)));
}

function optionKey(call: IoCall, attempt: Node): IdempotencyKey {
  let isOpen = false;
  for (const key of call.operation.model.repeat?.keys ?? []) {
    const answer = answerAt(call, key);
    if (answer.is === 'unknown') isOpen = true;
    if (answer.is !== 'set') continue;
    if (key.isSwitch === true) {
      const values = alternatives(answer.value);
      if (values.every((value) => value.kind === 'literal' && value.value === true)) return { is: 'stable', name: key.path, node: null };
      if (!values.every((value) => value.kind === 'literal')) isOpen = true;
      continue;
    }
    return { is: steadiness(call, answer.place, attempt), name: key.path, node: answer.place?.file === call.file ? answer.place.node : null };
  }
  return isOpen ? UNKNOWN : ABSENT;
}

function answerAt(call: IoCall, key: RepeatKey): OptionAnswer {
  const { file, node, operation, options } = call;
  if (key.at === 'client') return operation.instance === null ? { is: 'absent' } : readLayers(operation.instance.layers.map((layer) => layer.value), key.path, operation.instance.optionsUnknown);
  if (key.at === 'call') return readOption(options ?? lastArgument(call), key.path);
  if (node.type === 'TaggedTemplateExpression') return { is: 'absent' };
  const [first] = node.arguments;
  if (first === undefined || first.type === 'SpreadElement') return { is: 'unknown', reason: { code: 'opaque-spread' } };
  const command = unwrap(first);
  const made = command.type === 'NewExpression' ? command.arguments[0] : command;
  if (made === undefined || made.type === 'SpreadElement') return { is: 'absent' };
  return readOption(evaluate(file, made), key.path);
}

/** Where the model names no argument for the options, the last one holds them. */
function lastArgument({ file, node, operation }: IoCall): Value | null {
  if (node.type === 'TaggedTemplateExpression' || operation.operation.options !== undefined) return null;
  const last = node.arguments.at(-1);
  return last === undefined || last.type === 'SpreadElement' ? null : evaluate(file, last);
}

/**
 * Does what is written name itself? `none`: its members are known, and none of them does.
 * A row that is not read may.
 */
export function rowIdentity(call: IoCall, { argument, path }: RepeatIdentity): 'named' | 'none' | 'unknown' {
  const { file, node } = call;
  if (node.type === 'TaggedTemplateExpression') return 'unknown';
  const rows = argumentValue(file, insertOf(call).arguments, argument)?.value ?? evaluateFirst(call);
  if (rows === null) return 'unknown';
  const answer: OptionAnswer = path === undefined ? { is: 'set', value: rows, place: null } : readOption(rows, path);
  if (answer.is !== 'set') return 'unknown';
  const members = alternatives(answer.value).flatMap((value) => (value.kind === 'array' ? (value.open === null ? value.items.map((item) => item()) : [value]) : [value]));
  let verdict: 'named' | 'none' | 'unknown' = members.length === 0 ? 'unknown' : 'none';
  for (const row of members) {
    if (row.kind !== 'object') return 'unknown';
    if ([...row.entries.keys()].some((name) => ROW_IDENTITY.test(name))) return 'named';
    if (row.open !== null) verdict = 'unknown';
  }
  return verdict;
}

function evaluateFirst(call: IoCall): Value | null {
  const [first] = insertOf(call).arguments;
  return first === undefined || first.type === 'SpreadElement' ? null : evaluate(call.file, first);
}

/** Of a builder, the step that is handed the row: `values`, else `insert`. */
function insertOf({ node }: IoCall): TSESTree.CallExpression | TSESTree.NewExpression {
  const call = node as TSESTree.CallExpression | TSESTree.NewExpression;
  let best = call;
  for (let current: Node = call; ; ) {
    if (current.type === 'CallExpression') {
      const callee: Node = unwrap(current.callee);
      if (callee.type !== 'MemberExpression') return best;
      const name = callee.property.type === 'Identifier' ? callee.property.name : '';
      if (name === 'values') return current;
      if (name === 'insert') best = current;
      current = unwrap(callee.object);
    } else return best;
  }
}

/** Is the key made anew with each attempt? */
function steadiness(call: IoCall, place: { readonly file: IoCall['file']; readonly node: Node } | null, attempt: Node): IdempotencyKey['is'] {
  if (place === null || place.file !== call.file) return 'unknown';
  // Written before the attempts began.
  if (!isInside(place.node, attempt)) return 'stable';
  const value = place.node.type === 'Property' ? place.node.value : place.node;
  return changes(call, value, attempt, 0) ? 'unstable' : 'stable';
}

const MAX_DEPTH = 3;

function changes(call: IoCall, node: Node, attempt: Node, depth: number): boolean {
  const { file } = call;
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    const name = describe(node.callee);
    if (MAKES_NEW_NAMES.test(name) || GIVES_ANEW.test(name)) return true;
  }
  if (node.type === 'Identifier') {
    const variable = file.bindings.variableOf(node);
    if (variable === null || variable === 'global') return false;
    const definition = variable.defs[0]?.node as Node | undefined;
    if (definition === undefined || !isInside(definition, attempt)) return false;
    if (ATTEMPT_NAMES.test(node.name)) return true;
    return definition.type === 'VariableDeclarator' && definition.init != null && depth < MAX_DEPTH && (isCounter(definition) || changes(call, definition.init, attempt, depth + 1));
  }
  // Of `order.id` only the object is a value of its own.
  if (node.type === 'MemberExpression' && !node.computed) return changes(call, node.object, attempt, depth);
  return childrenOf(node).some((child) => changes(call, child, attempt, depth));
}

function isCounter(declarator: TSESTree.VariableDeclarator): boolean {
  return declarator.parent.parent?.type === 'ForStatement' && declarator.parent.parent.init === declarator.parent;
}

function isThoughtOf({ file, operation, through }: IoCall): boolean {
  if (THOUGHT_OF.test(file.text) || (through !== null && isThoughtOf(through.inner))) return true;
  // An interceptor may write the header for all calls of an instance.
  if (operation.model.kind !== 'http' || operation.instance === null) return false;
  const texts = (operation.model.mutators ?? []).filter((mutator) => mutator.by === 'call').map((mutator) => mutator.text);
  return texts.length > 0 && file.project.filesContaining(file.path, [...new Set(texts)]).some((other) => THOUGHT_OF.test(other.text));
}
