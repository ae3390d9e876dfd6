import type { TSESTree } from '@typescript-eslint/types';
import { isWithin, pathOf, type AccessPath, type PathRoot } from './access-path.js';
import { childrenOf } from './node-children.js';
import type { ControlFlow, Edge, Step } from './control-flow.js';
import { constantCondition } from './narrowing.js';
import { isFunction, memberName, unwrap } from './syntax.js';
import type { SourceFile } from './source-file.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;

/** Where in a flow something happens that concerns a root, so that a question about one path looks at little else. */
export interface Touches {
  readonly steps: ReadonlyMap<PathRoot, readonly Step[]>;
  readonly edges: ReadonlyMap<PathRoot, readonly Edge[]>;
  readonly awaits: readonly Step[];
  /** Calls of a plain name: of a function of this file, perhaps. */
  readonly plainCalls: readonly Step[];
}

/** Methods that change what their object holds. */
const MUTATORS: ReadonlySet<string> = new Set([
  'clear', 'delete', 'set', 'add', 'push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'append', 'remove', 'copyWithin',
]);

/** One pass over a flow. */
export function touchesOf(file: SourceFile, flow: ControlFlow): Touches {
  const steps = new Map<PathRoot, Step[]>();
  const edges = new Map<PathRoot, Edge[]>();
  const awaits: Step[] = [];
  const plainCalls: Step[] = [];
  const add = <T>(to: Map<PathRoot, T[]>, root: PathRoot, item: T): void => {
    const list = to.get(root);
    if (list === undefined) to.set(root, [item]);
    else if (list.at(-1) !== item) list.push(item);
  };
  const touch = (node: Node, step: Step): void => {
    for (const root of pathOf(file, node)?.roots ?? []) add(steps, root, step);
  };
  const mentions = new Map<Node, ReadonlySet<PathRoot>>();
  for (const block of flow.blocks) {
    if (!block.reachable) continue;
    for (const step of block.steps) {
      const { node, kind } = step;
      if (kind === 'await') awaits.push(step);
      else if (kind === 'write') {
        const object = node.type === 'MemberExpression' ? node.object : node;
        touch(object, step);
      } else if (node.type === 'MemberExpression') touch(node.object, step);
      else if (node.type === 'UnaryExpression' && node.operator === 'delete') {
        const target = unwrap(node.argument);
        if (target.type === 'MemberExpression') touch(target.object, step);
      } else if (node.type === 'CallExpression') {
        const callee = unwrap(node.callee);
        touch(callee, step);
        if (callee.type === 'Identifier') plainCalls.push(step);
        // An assertion speaks of its arguments.
        for (const argument of node.arguments) for (const root of mentionedRoots(file, argument, 0)) add(steps, root, step);
        if (callee.type === 'MemberExpression') touch(callee.object, step);
      }
    }
    for (const edge of block.successors) {
      if (edge.test === null) continue;
      let roots = mentions.get(edge.test);
      if (roots === undefined) mentions.set(edge.test, (roots = rootsOfTest(file, edge.test)));
      for (const root of roots) add(edges, root, edge);
    }
  }
  return { steps, edges, awaits, plainCalls };
}

function rootsOfTest(file: SourceFile, test: Node): Set<PathRoot> {
  if (test.type === 'ForOfStatement' || test.type === 'ForInStatement') return new Set();
  if (test.type !== 'SwitchCase') return mentionedRoots(file, test, 0);
  const roots = test.test === null ? new Set<PathRoot>() : mentionedRoots(file, test.test, 0);
  const parent = test.parent as Node | undefined;
  if (parent?.type === 'SwitchStatement') for (const root of mentionedRoots(file, parent.discriminant, 0)) roots.add(root);
  return roots;
}

/** All roots an expression speaks of, through constants that stand for conditions. */
function mentionedRoots(file: SourceFile, node: Node, aliases: number, roots: Set<PathRoot> = new Set()): Set<PathRoot> {
  const stack: Node[] = [node];
  for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
    if (isFunction(current)) continue;
    if (current.type === 'ThisExpression') roots.add('this');
    else if (current.type === 'Identifier') {
      const variable = file.bindings.variableOf(current);
      if (variable === 'global') roots.add(`global ${current.name}`);
      else if (variable !== null && !roots.has(variable)) {
        roots.add(variable);
        const aliased = aliases < 3 ? constantCondition(file, current) : null;
        if (aliased !== null) mentionedRoots(file, aliased, aliases + 1, roots);
      }
    }
    stack.push(...childrenOf(current));
  }
  return roots;
}

/** What a step does to the value at a path. */
export type Effect =
  | { readonly is: 'nothing' }
  /** The path itself is written. */
  | { readonly is: 'written'; readonly target: Node }
  /** Something it depends on changed. */
  | { readonly is: 'lost' }
  /** It was used as an object or function: it was one, or nobody gets here. */
  | { readonly is: 'used' }
  | { readonly is: 'deleted' }
  /** `map.set(key, value)`: the map has this key now. */
  | { readonly is: 'put'; readonly value: Node | null };

const NOTHING: Effect = { is: 'nothing' };
const LOST: Effect = { is: 'lost' };

export function effectOf(file: SourceFile, step: Step, path: AccessPath): Effect {
  const { node, kind } = step;
  if (kind === 'write') {
    const target = pathOf(file, node);
    if (target !== null && target.key === path.key) return { is: 'written', target: node };
    return writtenBy(file, node, path) ? LOST : NOTHING;
  }
  if (node.type === 'UnaryExpression' && node.operator === 'delete') {
    if (pathOf(file, node.argument)?.key === path.key) return { is: 'deleted' };
    return writtenBy(file, unwrap(node.argument), path) ? LOST : NOTHING;
  }
  if (node.type === 'MemberExpression') return pathOf(file, node.object)?.key === path.key ? { is: 'used' } : NOTHING;
  if (node.type !== 'CallExpression') return NOTHING;
  const callee = unwrap(node.callee);
  if (pathOf(file, callee)?.key === path.key) return { is: 'used' };
  if (callee.type !== 'MemberExpression' || !MUTATORS.has(memberName(callee) ?? '')) return NOTHING;
  const object = pathOf(file, callee.object);
  if (object === null || object.key === path.key || !isWithin(path, object)) return NOTHING;
  const [key, value] = node.arguments;
  if (memberName(callee) === 'set' && key !== undefined) {
    const argument = unwrap(key);
    const name = argument.type === 'Literal' ? JSON.stringify(String(argument.value)) : (pathOf(file, argument)?.key ?? null);
    if (name !== null && path.key === `${object.key}.has(${name})`) return { is: 'put', value: null };
    if (name !== null && path.key === `${object.key}.get(${name})`) return { is: 'put', value: value ?? null };
  }
  return LOST;
}

/** Does writing this target change what the path leads to? Writes through another name of the object are not seen. */
function writtenBy(file: SourceFile, target: Node, path: AccessPath): boolean {
  if (target.type === 'Identifier') {
    const variable = file.bindings.variableOf(target);
    return variable !== null && variable !== 'global' && path.roots.has(variable);
  }
  if (target.type !== 'MemberExpression') return false;
  const written = pathOf(file, target);
  if (written !== null && isWithin(path, written)) return true;
  const object = pathOf(file, target.object);
  if (object === null) return false;
  const dynamic = target.computed && memberName(target) === null;
  if (isWithin(path, object) && path.key !== object.key) {
    const next = path.segments[object.segments.length]!;
    // `a[i] = …` may be any member of a; `a.b = …` may be a[i]; `list[0] = …` may change list.length.
    return dynamic || next.startsWith('[') || next === '.length';
  }
  // A key or argument of the path: `map.get(a.b)` when a.b is written.
  return written !== null && path.key.includes(written.key) && path.root !== written.root;
}

/** Methods that call their argument before they return. */
const SYNCHRONOUS: ReadonlySet<string> = new Set([
  'map', 'filter', 'forEach', 'some', 'every', 'reduce', 'reduceRight', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'sort', 'toSorted', 'replace', 'replaceAll',
]);

/** Is this function an argument of a method that calls it at once, or called where it stands? */
export function runsAtOnce(fn: FunctionNode): boolean {
  const call = fn.parent as Node | undefined;
  if (call?.type !== 'CallExpression') return false;
  if (call.callee === fn) return !fn.generator;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && SYNCHRONOUS.has(memberName(callee) ?? '') && call.arguments.includes(fn as never);
}
