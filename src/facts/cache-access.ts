import type { TSESTree } from '@typescript-eslint/types';
import { unwrapAwaited } from '../analysis/awaited.js';
import { controlFlow, placesOf } from '../analysis/control-flow.js';
import { NULL, UNDEFINED, type Possible } from '../analysis/narrowing.js';
import type { SourceFile } from '../analysis/source-file.js';
import { question } from '../analysis/summarize-question.js';
import { describe, enclosingFunction, unwrap } from '../analysis/syntax.js';
import { writesOf } from '../analysis/writes.js';
import type { FunctionNode, OperationValue, Place } from '../analysis/value.js';
import { completionOf } from '../analysis/summarize-throws.js';
import { returnsOf } from '../analysis/returns.js';
import { MAP_CACHE } from '../models/map-cache.js';
import type { CacheModel } from '../models/types.js';
import { fillKey, keyText, parameterIndex } from './cache-keys.js';
import { mapMethodOf, type MapMethod } from './map-caches.js';
import { cacheCallsOf, type CallByType } from './cache-calls.js';
import { staysInProcess } from './cache-stores.js';
import type { CallNode, IoCall, ProjectCall } from './io-calls.js';
import { followRead, inlineFunction, type Held } from './read-values.js';

type Node = TSESTree.Node;

/** What a cache answers for an entry that is missing. */
export interface MissingAnswer {
  /** Bits of NULL and UNDEFINED. 0: it answers something that is neither. */
  readonly nullish: Possible;
  /** What that something is: an empty object or list, a list of nulls, an object around the value. */
  readonly instead: '{}' | '[]' | '[null]' | 'object' | null;
}

/** A call that does something to an entry of a cache: of the client itself, or of a project function that does. */
export interface CacheAccess {
  readonly file: SourceFile;
  /** The call in `file`. */
  readonly node: CallNode;
  readonly role: CacheModel['role'];
  /** The operation of the library that is behind it. */
  readonly operation: OperationValue;
  readonly holds: CacheModel['holds'];
  /** Names the entry; two accesses with the same text mean the same. `null`: not known. */
  readonly key: string | null;
  /** Of a write, what is stored, where it is written down: `JSON.stringify` is a part of it. */
  readonly value: Place | null;
  /** Of a read; `null` where the model does not tell. */
  readonly missing: MissingAnswer | null;
  /** Of a read through a function: its failure is given back as a miss. */
  readonly hidesFailure: boolean;
  /** Of a read through a function: it parses JSON. */
  readonly parsed: boolean;
  /** Names of the project functions on the way to the cache, outermost first. */
  readonly through: readonly string[];
  /** The access inside the outermost of these functions. */
  readonly inner: CacheAccess | null;
  /** Of `wrap`: the function that loads. */
  readonly loader: Node | null;
}

const MEMO = Symbol('cache-accesses');

/** Code that uses a cache names it, or the library: most files do neither, and cost nothing. */
const CACHE_WORDS = /cache|redis|keyv|\blru|memj|memo|store|\bkv\b|valkey|upstash/i;

/** All accesses of a file to the caches that a model knows, those through project functions included. */
export function cacheAccesses(file: SourceFile): readonly CacheAccess[] {
  return file.memo(MEMO, () => {
    if (!CACHE_WORDS.test(file.text)) return [];
    const calls = cacheCallsOf(file);
    return accessesAmong(calls.clients, calls.project, calls.byType).sort((a, b) => a.node.range[0] - b.node.range[0]);
  });
}

function accessesAmong(clients: readonly IoCall[], project: readonly ProjectCall[], byType: readonly CallByType[]): CacheAccess[] {
  return distinct([...direct(clients), ...project.flatMap(throughFunction), ...agreed(byType)]);
}

/**
 * What calls on a type do, one for each class that may be there. A call counts where one of the classes
 * reaches a cache; what does not hold of all of them is not known.
 */
function agreed(calls: readonly CallByType[]): CacheAccess[] {
  return calls.flatMap((call) => {
    const accesses = throughFunction(call).map((access) => ofReceiver(call, access));
    if (call.classes === 1) return accesses;
    const others = calls.filter((other) => other.node === call.node && other !== call).map(throughFunction);
    return accesses.map((access) => {
      const same = (one: CacheAccess): boolean => one.role === access.role && one.holds === access.holds && one.parsed === access.parsed && one.missing?.nullish === access.missing?.nullish && one.missing?.instead === access.missing?.instead;
      const all = others.length === call.classes - 1 && others.every((one) => one.some(same));
      return all ? access : { ...access, missing: null, holds: 'json' };
    });
  });
}

/** Two things of one type may be two caches: the entry is that of the receiver. */
function ofReceiver({ file, node }: ProjectCall, access: CacheAccess): CacheAccess {
  const callee = unwrap(node.callee);
  const receiver = callee.type === 'MemberExpression' ? keyText(file, callee.object) : null;
  return { ...access, key: receiver === null || access.key === null ? null : `${receiver}|${access.key}` };
}

/** A client that is made in several places, each with its own options, is one cache to us. */
function distinct(accesses: readonly CacheAccess[]): CacheAccess[] {
  const seen = new Map<Node, Set<string>>();
  return accesses.filter((access) => {
    const known = seen.get(access.node) ?? new Set<string>();
    seen.set(access.node, known);
    const id = [access.role, access.operation.model.id, access.role === 'read' && staysInProcess(access.operation), access.key, access.value?.node.range[0], access.through.join('>')].join(' ');
    if (known.has(id)) return false;
    known.add(id);
    return true;
  });
}

/** Do two accesses mean the same entry of the same cache? */
export function sameEntry(one: CacheAccess, other: CacheAccess): boolean {
  return one.key !== null && one.key === other.key && sameCache(one.operation, other.operation);
}

function sameCache(one: OperationValue, other: OperationValue): boolean {
  if (one.model !== other.model) return false;
  // A pipeline is made anew each time, of the client that it sends to.
  if (one.operation.collected === true || other.operation.collected === true) return true;
  const [a, b] = [one.instance?.made, other.instance?.made];
  return a == null || b == null || a.node === b.node;
}

function direct(calls: readonly IoCall[]): CacheAccess[] {
  const found: CacheAccess[] = [];
  for (const call of calls) {
    const { cache, empty } = call.operation.operation;
    if (cache === undefined || call.uncertain || call.node.type === 'TaggedTemplateExpression') continue;
    const { file, node } = call;
    const value = argumentAt(node, cache.value);
    found.push({
      file,
      node,
      role: cache.role,
      operation: call.operation,
      holds: cache.holds,
      key: keyOf(file, node, cache),
      value: value === null ? null : { file, node: value },
      missing: empty === undefined ? null : missingAnswer(empty),
      hidesFailure: false,
      parsed: false,
      through: [],
      inner: null,
      loader: argumentAt(node, cache.loader),
    });
  }
  return found;
}

function missingAnswer(empty: NonNullable<OperationValue['operation']['empty']>): MissingAnswer {
  if (empty.path !== '') return { nullish: 0, instead: empty.path.startsWith('[') ? '[null]' : 'object' };
  switch (empty.value) {
    case 'null':
      return { nullish: NULL, instead: null };
    case 'undefined':
      return { nullish: UNDEFINED, instead: null };
    case '{}':
    case '[]':
      return { nullish: 0, instead: empty.value };
    default:
      return { nullish: 0, instead: 'object' };
  }
}

function argumentAt(node: TSESTree.CallExpression | TSESTree.NewExpression, ref: CacheModel['key']): Node | null {
  if (ref === undefined || ref.at === 'last') return null;
  const index = ref.at[0] ?? 0;
  const before = node.arguments.slice(0, index + 1);
  return before.length <= index || before.some((argument) => argument.type === 'SpreadElement') ? null : before[index]!;
}

function keyOf(file: SourceFile, node: TSESTree.CallExpression | TSESTree.NewExpression, cache: CacheModel): string | null {
  const key = argumentAt(node, cache.key ?? { at: [0] });
  const text = key === null ? null : keyText(file, key);
  if (text === null || cache.field === undefined) return text;
  const field = argumentAt(node, cache.field);
  const part = field === null ? null : keyText(file, field);
  return part === null ? null : `${text}#${part}`;
}

/** What calling a project function does to caches, seen from the call. */
function throughFunction({ file, node, callee }: ProjectCall): CacheAccess[] {
  const name = describe(node.callee);
  return accessesIn(callee.file, callee.node).map((inner) => {
    const stored = inner.value === null || inner.value.file !== callee.file ? null : storedAs(callee.file, inner.value.node);
    const index = stored === null ? null : parameterIndex(callee.file, stored.expression, callee.node);
    const argument = index === null ? undefined : node.arguments[index];
    return {
      ...inner,
      file,
      node,
      key: fillKey(inner.key, callee.node, file, node),
      value: argument === undefined || argument.type === 'SpreadElement' ? inner.value : { file, node: argument },
      holds: inner.parsed || (index !== null && stored!.stringified) ? 'json' : inner.holds,
      through: [name, ...inner.through],
      inner,
    };
  });
}

/** What is stored, without the text that may have been made of it. */
export interface Stored {
  readonly expression: Node;
  /** It goes through `JSON.stringify`. */
  readonly stringified: boolean;
}

/** Looks through `JSON.stringify(x)`, and through a constant that holds it. */
export function storedAs(file: SourceFile, node: Node): Stored {
  let inner = unwrapAwaited(node);
  if (inner.type === 'Identifier') {
    const variable = file.bindings.variableOf(inner);
    const writes = variable === null || variable === 'global' ? [] : writesOf(file, variable);
    const [only] = writes;
    const made = writes.length === 1 && only!.kind === 'declaration' && only!.value !== null && only!.path.length === 0 ? unwrapAwaited(only!.value) : null;
    if (made !== null && isStringify(made)) inner = made;
  }
  if (!isStringify(inner)) return { expression: inner, stringified: false };
  const first = inner.arguments[0];
  return first === undefined || first.type === 'SpreadElement' ? { expression: inner, stringified: false } : { expression: unwrapAwaited(first), stringified: true };
}

function isStringify(node: Node): node is TSESTree.CallExpression {
  return node.type === 'CallExpression' && describe(node.callee) === 'JSON.stringify';
}

const MAX_THROUGH = 3;

/**
 * The accesses that calling a function makes, as its caller sees them: its writes, and the read whose
 * value it gives back, if that is all it gives back but null and undefined.
 */
const accessesIn = question<readonly CacheAccess[]>(find, [], []);

function find(file: SourceFile, fn: FunctionNode): readonly CacheAccess[] {
  if (!CACHE_WORDS.test(file.text)) return [];
  const map = mapMethodOf(file, fn);
  if (map !== null) return [ofMap(file, map)];
  const own = callsByFunction(file).get(fn);
  if (own === undefined) return [];
  const accesses = accessesAmong(own.clients, own.project, own.byType)
    .filter((access) => access.through.length < MAX_THROUGH);
  return [...accesses.filter((access) => access.role === 'write' || access.role === 'delete' || access.role === 'expire' || access.role === 'persist'), ...readsGivenBack(file, fn, accesses)];
}

/** A method of a class around a Map, as the access to an entry of the Map. */
function ofMap(file: SourceFile, method: MapMethod): CacheAccess {
  const { call, does, field } = method;
  const [cache, key] = [keyText(file, field), keyText(file, method.key)];
  const operation = MAP_CACHE.clients['map']!.operations![does]!;
  return {
    file,
    node: call,
    role: operation.cache!.role,
    operation: { kind: 'operation', model: MAP_CACHE, packageName: null, operation, name: `Map.${does}`, instance: null, from: file },
    holds: operation.cache!.holds,
    key: cache === null || key === null ? null : `${cache}|${key}`,
    value: method.does === 'set' ? { file, node: method.value } : null,
    missing: method.does === 'get' ? { nullish: method.missing, instead: null } : null,
    hidesFailure: false,
    parsed: false,
    through: [],
    inner: null,
    loader: null,
  };
}

interface OwnCalls {
  readonly clients: IoCall[];
  readonly project: ProjectCall[];
  readonly byType: CallByType[];
}

const BY_FUNCTION = Symbol('calls by function');

/** The calls of a file, by the function whose body holds them. */
function callsByFunction(file: SourceFile): ReadonlyMap<Node, OwnCalls> {
  return file.memo(BY_FUNCTION, () => {
    const found = new Map<Node, OwnCalls>();
    const at = (node: Node): OwnCalls => {
      const owner = enclosingFunction(node);
      let own = found.get(owner);
      if (own === undefined) found.set(owner, (own = { clients: [], project: [], byType: [] }));
      return own;
    };
    const { clients, project, byType } = cacheCallsOf(file);
    for (const call of clients) at(call.node).clients.push(call);
    for (const call of project) at(call.node).project.push(call);
    for (const call of byType) at(call.node).byType.push(call);
    return found;
  });
}

/** One read, though it may be of several caches. */
function readsGivenBack(file: SourceFile, fn: FunctionNode, accesses: readonly CacheAccess[]): CacheAccess[] {
  const reads = accesses.filter((access) => access.role === 'read');
  if (reads.some((read) => read.node !== reads[0]!.node) || accesses.some((access) => access.role === 'write')) return [];
  return reads.flatMap((read) => readGivenBack(file, fn, read) ?? []);
}

function readGivenBack(file: SourceFile, fn: FunctionNode, read: CacheAccess): CacheAccess | null {
  const value = followRead(file, read.node, read.missing?.nullish ?? 0);
  if (value.returned.length === 0 || value.lost) return null;
  let nullish: Possible = 0;
  for (const held of value.returned) nullish |= held.missing;
  const rest = otherReturns(file, fn, value.returned);
  if (rest === null) return null;
  nullish |= rest;
  const known = read.missing !== null;
  return {
    ...read,
    missing: known ? { nullish, instead: nullish === 0 ? read.missing!.instead : null } : null,
    parsed: read.parsed || value.returned.some((held) => held.level === 'parsed'),
    hidesFailure: read.hidesFailure || swallows(file, fn, read.node, value.caught),
  };
}

/** What a function gives back besides the value it read: bits of NULL and UNDEFINED, or `null` where it gives something else. */
function otherReturns(file: SourceFile, fn: FunctionNode, read: readonly Held[]): Possible | null {
  let nullish: Possible = completionOf(file, fn).fallsOff ? UNDEFINED : 0;
  if (fn.body?.type !== 'BlockStatement') return 0;
  for (const argument of returnsOf(fn)) {
    if (argument === null) nullish |= UNDEFINED;
    else if (read.some((held) => held.node.range[0] >= argument.range[0] && held.node.range[1] <= argument.range[1])) continue;
    else {
      const plain = unwrap(argument);
      if (plain.type === 'Literal' && plain.value === null && plain.raw === 'null') nullish |= NULL;
      else if (plain.type === 'Identifier' && plain.name === 'undefined') nullish |= UNDEFINED;
      else return null;
    }
  }
  return nullish;
}

/** Does the function return although the read failed? */
function swallows(file: SourceFile, fn: FunctionNode, read: Node, caught: readonly TSESTree.CallExpression[]): boolean {
  if (caught.some((call) => inlineFunction(call.arguments[0]) !== null)) return true;
  return failureOf(file, fn, read).has(controlFlow(file, fn).exit);
}

/** The blocks that may run after an awaited call failed, before it is tried again. */
export function failureOf(file: SourceFile, fn: FunctionNode | TSESTree.Program, call: Node): ReadonlySet<object> {
  const flow = controlFlow(file, fn);
  const waits = call.parent?.type === 'AwaitExpression' ? call.parent : null;
  const reached = new Set<object>();
  if (waits === null || flow.approximate) return reached;
  const steps = placesOf(flow, waits);
  const again = new Set(steps.map((step) => step.block));
  const work = steps.flatMap((step) => step.block.successors.filter((edge) => edge.kind === 'throw').map((edge) => edge.to));
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (reached.has(block) || again.has(block)) continue;
    reached.add(block);
    for (const edge of block.successors) work.push(edge.to);
  }
  return reached;
}
