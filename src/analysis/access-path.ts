import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { memberName, unwrap } from './syntax.js';
import type { SourceFile } from './source-file.js';

type Node = TSESTree.Node;

/** What a path starts from: a variable of the file, `this`, or the name of a global. */
export type PathRoot = Variable | 'this' | `global ${string}`;

/**
 * A place that can be named twice: `user.address[0]`, `rows[i]`, `map.get(key)`. Two expressions
 * with the same key mean the same place as long as nothing is written in between.
 */
export interface AccessPath {
  readonly root: PathRoot;
  readonly segments: readonly string[];
  /** All roots it depends on: its own, and those of keys and arguments. */
  readonly roots: ReadonlySet<PathRoot>;
  readonly key: string;
  /** Does it call something (`map.get(key)`)? */
  readonly calls: boolean;
}

/** Methods that give the same answer when asked again: questions, not actions. */
const QUESTIONS = /^(?:get|has|includes|at|is[A-Z]\w*|has[A-Z]\w*|get(?!Next)[A-Z]\w*)$/;
const MAX_SEGMENTS = 8;
const IDS = Symbol('variable ids');
const PATHS = Symbol('access paths');

/** The path that an expression names; `null` where it names none (a call with effects, an operator). */
export function pathOf(file: SourceFile, node: Node): AccessPath | null {
  const memo = file.memo(PATHS, () => new WeakMap<Node, { path: AccessPath | null }>());
  let entry = memo.get(node);
  if (entry === undefined) memo.set(node, (entry = { path: build(file, node, 0) }));
  return entry.path;
}

/** The path of a variable itself. */
export function pathOfVariable(file: SourceFile, variable: Variable): AccessPath {
  return { root: variable, segments: [], roots: new Set([variable]), key: idOf(file, variable), calls: false };
}

/** Is `path` the place `prefix`, or inside it? */
export function isWithin(path: AccessPath, prefix: AccessPath): boolean {
  return (
    path.root === prefix.root && prefix.segments.length <= path.segments.length && prefix.segments.every((segment, i) => path.segments[i] === segment)
  );
}

/** The place of a member with a known name. */
export function memberPath(object: AccessPath, name: string): AccessPath {
  return extend(object, `.${name}`, []);
}

function build(file: SourceFile, node: Node, depth: number): AccessPath | null {
  if (depth > MAX_SEGMENTS) return null;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Identifier': {
      const variable = file.bindings.variableOf(inner);
      if (variable === null) return null;
      if (variable !== 'global') return pathOfVariable(file, variable);
      const root: PathRoot = `global ${inner.name}`;
      return { root, segments: [], roots: new Set([root]), key: root, calls: false };
    }
    case 'ThisExpression':
      return { root: 'this', segments: [], roots: new Set(['this']), key: 'this', calls: false };
    case 'MemberExpression': {
      const object = build(file, inner.object, depth + 1);
      if (object === null) return null;
      const name = memberName(inner);
      if (name !== null) return memberPath(object, name);
      const key = inner.computed ? build(file, inner.property, depth + 1) : null;
      return key === null ? null : extend(object, `[${key.key}]`, [key]);
    }
    case 'CallExpression': {
      const callee = unwrap(inner.callee);
      if (callee.type !== 'MemberExpression' || inner.arguments.length > 2) return null;
      const name = memberName(callee);
      if (name === null || !QUESTIONS.test(name)) return null;
      const object = build(file, callee.object, depth + 1);
      if (object === null) return null;
      const keys: string[] = [];
      const parts: AccessPath[] = [];
      for (const argument of inner.arguments) {
        const plain = unwrap(argument);
        if (plain.type === 'Literal') {
          keys.push(JSON.stringify(String(plain.value)));
          continue;
        }
        const part = build(file, plain, depth + 1);
        if (part === null) return null;
        keys.push(part.key);
        parts.push(part);
      }
      return { ...extend(object, `.${name}(${keys.join()})`, parts), calls: true };
    }
    default:
      return null;
  }
}

function extend(object: AccessPath, segment: string, parts: readonly AccessPath[]): AccessPath {
  const roots = new Set(object.roots);
  for (const part of parts) for (const root of part.roots) roots.add(root);
  return {
    root: object.root,
    segments: [...object.segments, segment],
    roots,
    key: object.key + segment,
    calls: object.calls || parts.some((part) => part.calls),
  };
}

function idOf(file: SourceFile, variable: Variable): string {
  const ids = file.memo(IDS, () => new Map<Variable, string>());
  let id = ids.get(variable);
  if (id === undefined) ids.set(variable, (id = `v${ids.size}`));
  return id;
}
