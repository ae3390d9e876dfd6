import type { TSESTree } from '@typescript-eslint/types';
import { readLayers } from '../analysis/options.js';
import { reachingWrites } from '../analysis/reaching.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, memberName, rootOf, unwrap } from '../analysis/syntax.js';
import type { OperationValue } from '../analysis/value.js';
import { cacheAccesses, sameEntry, storedAs, type CacheAccess } from './cache-access.js';
import { keyText } from './cache-keys.js';
import { saysAny } from './call-words.js';
import { isEndedElsewhere, keyShape } from './entry-removal.js';
import { callsOf } from './io-calls.js';
import { hitTestsOf, onlyAfter, runsIn } from './hit-tests.js';
import { followRead } from './read-values.js';

type Node = TSESTree.Node;

/** A write of an entry that nothing ends: no time to live, no default of the client, nobody who removes it. */
export interface LastingEntry {
  readonly write: CacheAccess;
  /** The write of the client itself, where a function of the project is between. */
  readonly innermost: CacheAccess;
  /**
   * - `fill`: it stores what was loaded because the same entry was missing, so it is a cache
   * - `each`: an entry for each of something; what the store is to the program is not known
   */
  readonly kind: 'fill' | 'each';
}

const MEMO = Symbol('lasting entries');

/** The writes of a file whose entries last for ever, each once. */
export function lastingEntries(file: SourceFile): readonly LastingEntry[] {
  return file.memo(MEMO, () => {
    const accesses = cacheAccesses(file);
    const found = new Map<Node, LastingEntry>();
    for (const write of accesses) {
      if ((write.role !== 'write' && write.role !== 'wrap') || write.key === null) continue;
      const innermost = innermostOf(write);
      if (found.has(innermost.node) || !canLast(innermost)) continue;
      const kind = write.role === 'wrap' || isFill(write, accesses) ? 'fill' : isEach(write) ? 'each' : null;
      if (kind !== null && !isEndedElsewhere(write) && (innermost === write || !isEndedElsewhere(innermost))) found.set(innermost.node, { write, innermost, kind });
    }
    return [...found.values()].sort((a, b) => a.write.node.range[0] - b.write.node.range[0]);
  });
}

function innermostOf(access: CacheAccess): CacheAccess {
  let inner = access;
  while (inner.inner !== null) inner = inner.inner;
  return inner;
}

/** Does the write itself, and the client, leave the life of the entry open? What is not known does not count. */
function canLast({ file, node, operation }: CacheAccess): boolean {
  const { cache } = operation.operation;
  const { expiry } = operation.model;
  // An operation that cannot be given a time to live writes a part of an entry: a field, a member.
  if (expiry === undefined || cache?.ttl === undefined || node.type === 'TaggedTemplateExpression') return false;
  if (saysAny(file, node, [...cache.ttl, ...(cache.keepsTtl ?? [])]) !== 'no') return false;
  return expiry.options.every((option) => isUnset(operation, option));
}

/** An option of the client that nobody sets, neither where it is made nor later. */
function isUnset({ instance }: OperationValue, option: string): boolean {
  if (instance === null || readLayers(instance.layers.map((layer) => layer.value), option, instance.optionsUnknown).is !== 'absent') return false;
  const file = instance.made?.file ?? instance.from;
  return !file.index.assignments.some((one) => one.type === 'AssignmentExpression' && one.left.type === 'MemberExpression' && memberName(one.left) === option);
}

/** Read, missing, loaded, stored: the write runs on the miss of a read of the same entry, and stores what was waited for there. */
function isFill(write: CacheAccess, accesses: readonly CacheAccess[]): boolean {
  if (write.value === null || !isLoaded(write.value.file, write.value.node)) return false;
  return accesses.some((read) => {
    if (read.role !== 'read' || !sameEntry(read, write) || enclosingFunction(read.node) !== enclosingFunction(write.node)) return false;
    const value = followRead(read.file, read.node, read.missing?.nullish ?? 0);
    const { tests, flow } = hitTestsOf(read, value);
    return tests.some((test) => runsIn(flow, write.node, onlyAfter(flow, test.miss, test.hit, read.node)));
  });
}

const MAX_DEPTH = 4;

/** Is it what somebody else gave, and not made up here: something that was waited for is in it. */
function isLoaded(file: SourceFile, node: Node): boolean {
  return holdsAwaited(file, storedAs(file, node).expression, 0);
}

function holdsAwaited(file: SourceFile, node: Node, depth: number): boolean {
  const inner = unwrap(node);
  if (inner.type === 'AwaitExpression') return true;
  if (depth > MAX_DEPTH) return false;
  const on = (next: Node | null): boolean => next !== null && holdsAwaited(file, next, depth + 1);
  switch (inner.type) {
    case 'Identifier':
      return reachingWrites(file, inner).writes.some((write) => on(write.value));
    case 'ObjectExpression':
      return inner.properties.some((property) => on(property.type === 'SpreadElement' ? property.argument : property.value));
    case 'ArrayExpression':
      return inner.elements.some((element) => element !== null && on(element.type === 'SpreadElement' ? element.argument : element));
    case 'CallExpression':
      return on(rootOf(inner)) || inner.arguments.some((argument) => argument.type !== 'SpreadElement' && on(argument));
    case 'MemberExpression':
      return on(rootOf(inner));
    case 'ConditionalExpression':
      return on(inner.consequent) || on(inner.alternate);
    case 'LogicalExpression':
      return on(inner.left) || on(inner.right);
    case 'TemplateLiteral':
      return inner.expressions.some(on);
    default:
      return false;
  }
}

/** A whole entry under a key with a part that varies, on a server that others share. */
function isEach({ through, role, key, operation, file, node }: CacheAccess): boolean {
  if (through.length > 0 || role !== 'write' || operation.model.inProcess !== undefined || node.type === 'TaggedTemplateExpression') return false;
  const shape = keyShape(key!);
  // A key that is a parameter alone says nothing of what it names; a lock waits to be released.
  return shape.includes('*') && /"[^"]{3,}"/.test(shape) && saysAny(file, node, operation.operation.cache?.unlessThere ?? []) === 'no' && !isState(file, operation, shape);
}

/** A counter, a set or a list: the same key is written by commands that change what is there. */
function isState(file: SourceFile, { model }: OperationValue, shape: string): boolean {
  const { io, local } = callsOf(file);
  return [...io, ...local].some(({ node, operation }) => {
    if (operation.model !== model || operation.operation.cache !== undefined || operation.operation.effect === 'read' || node.type === 'TaggedTemplateExpression') return false;
    const [key] = node.arguments;
    const text = key === undefined || key.type === 'SpreadElement' ? null : keyText(file, key);
    return text !== null && keyShape(text) === shape;
  });
}
