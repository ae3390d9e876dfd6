import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { pathOfVariable, type AccessPath } from '../analysis/access-path.js';
import { reachingWrites } from '../analysis/reaching.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, isFunction, memberName, staticName, unwrap } from '../analysis/syntax.js';
import { COUNTS } from '../models/builtins.js';
import { guardedAt, mayTest } from './null-guards.js';
import type { Dereference, NullableSource } from './nullable-source.js';

type Node = TSESTree.Node;

/** Where a value goes that may be missing. */
export interface NullableFlow {
  readonly dereferences: readonly Dereference[];
  /** Is the value, what it was taken out of, or their size, tested anywhere, however that comes out? */
  readonly tested: boolean;
  /** Expressions that are the value itself. */
  readonly holders: ReadonlySet<Node>;
  /** Variables that count what it is taken out of: `rowCount` of `const { rows, rowCount } = …`. */
  readonly counts: readonly AccessPath[];
}

interface Position {
  readonly path: readonly string[];
  readonly promise: boolean;
  readonly asserted: boolean;
  readonly held: TSESTree.Identifier | null;
  readonly containers: readonly Node[];
  readonly depth: number;
}

const MAX_DEPTH = 24;

/** Follows a value through its file: members, `await`, patterns, variables, `then`; not into other functions. */
export function flowOf(file: SourceFile, source: NullableSource): NullableFlow {
  const walk = new Walk(file, source);
  const start: Position = { ...START, path: source.path, promise: source.promise, containers: source.containers ?? [] };
  if (source.node.type === 'Identifier') walk.variable(source.node, start);
  else walk.follow(source.node, start);
  return walk;
}

const START: Position = { path: [], promise: false, asserted: false, held: null, containers: [], depth: 0 };

class Walk implements NullableFlow {
  readonly dereferences: Dereference[] = [];
  readonly counts: AccessPath[] = [];
  tested = false;
  readonly #file: SourceFile;
  readonly #source: NullableSource;
  readonly #seen = new Set<Node>();
  readonly holders = new Set<Node>();

  constructor(file: SourceFile, source: NullableSource) {
    this.#file = file;
    this.#source = source;
  }

  /** What is done with an expression. */
  follow(node: Node, at: Position): void {
    if (at.depth > MAX_DEPTH || this.#seen.has(node)) return;
    this.#seen.add(node);
    const { holder, asserted } = wrapped(node);
    // A cast of the list does not claim that it holds something.
    const here: Position = { ...at, asserted: at.asserted || (asserted && at.path.length === 0), depth: at.depth + 1 };
    const parent = holder.parent as Node | undefined;
    if (parent == null) return;
    const missing = here.path.length === 0 && !here.promise;
    if (missing) this.holders.add(node);
    // That an error is one of the client's says nothing about its members.
    if (this.#source.kind === 'response' && !missing && parent.type !== 'MemberExpression') return;
    switch (parent.type) {
      case 'AwaitExpression':
        this.follow(parent, { ...here, promise: false });
        return;
      case 'MemberExpression':
        if (parent.object === holder) this.#member(node, parent, here);
        return;
      case 'CallExpression':
      case 'NewExpression':
        if (parent.callee === holder) {
          if (missing && !('optional' in parent && parent.optional)) this.#dereference(node, parent, 'call', here);
        } else this.#argument(node, parent, here);
        return;
      case 'VariableDeclarator':
        if (parent.init === holder && !here.promise) this.pattern(parent.id, node, here);
        else if (parent.init === holder && parent.id.type === 'Identifier') this.variable(parent.id, here);
        return;
      case 'AssignmentExpression':
        if (parent.right !== holder || parent.operator !== '=') {
          if (parent.left === holder) return;
          this.tested = true;
          return;
        }
        if (parent.left.type !== 'MemberExpression') this.pattern(parent.left, node, here);
        this.follow(parent, here);
        return;
      case 'SpreadElement': {
        const owner = parent.parent as Node | undefined;
        // An object takes nothing from null and undefined.
        if (missing && owner != null && owner.type !== 'ObjectExpression') this.#dereference(node, parent, 'spread', here);
        return;
      }
      case 'ForOfStatement':
        if (parent.right === holder && missing) this.#dereference(node, parent, 'iteration', here);
        return;
      case 'ArrayExpression':
        this.#together(parent, holder, here);
        return;
      case 'UnaryExpression':
        if (parent.operator === '!' || parent.operator === 'typeof') this.tested = true;
        return;
      case 'BinaryExpression':
        if (/^(?:[=!]==?|[<>]=?|in|instanceof)$/.test(parent.operator)) this.tested = true;
        return;
      case 'LogicalExpression':
        if (parent.left === holder) this.tested = true;
        return;
      case 'ConditionalExpression':
      case 'IfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
        if (parent.test === holder) this.tested = true;
        return;
      case 'SwitchStatement':
        if (parent.discriminant === holder) this.tested = true;
        return;
      default:
        return;
    }
  }

  /** What a pattern takes of a value. */
  pattern(pattern: Node, value: Node, at: Position): void {
    const [name, ...rest] = at.path;
    const next = { ...at, depth: at.depth + 1 };
    switch (pattern.type) {
      case 'Identifier':
        this.variable(pattern, next);
        return;
      case 'AssignmentPattern':
        // A default stands in for undefined; null passes.
        if (at.path.length > 0 || this.#source.value === 'null') this.pattern(pattern.left, value, next);
        return;
      case 'ObjectPattern':
        if (name === undefined) {
          this.#dereference(value, pattern, 'destructuring', at);
          return;
        }
        for (const property of pattern.properties) {
          if (property.type !== 'Property') continue;
          const key = staticName(property.key, property.computed);
          if (key === name) this.pattern(property.value, value, { ...next, path: rest });
          else if (key !== null && COUNTS.includes(key) && property.value.type === 'Identifier') this.#count(property.value);
        }
        return;
      case 'ArrayPattern': {
        if (name === undefined) {
          this.#dereference(value, pattern, 'destructuring', at);
          return;
        }
        const element = /^\d+$/.test(name) ? pattern.elements[Number(name)] : null;
        if (element != null && element.type !== 'RestElement') this.pattern(element, value, { ...next, path: rest });
        return;
      }
      default:
        return;
    }
  }

  /** All reads of a variable that this write may reach. */
  variable(target: TSESTree.Identifier, at: Position): void {
    const variable = this.#file.bindings.variableOf(target);
    if (variable === null || variable === 'global') return;
    for (const reference of variable.references) {
      const read = reference.identifier as TSESTree.Identifier;
      if (!reference.isRead() || read === target) continue;
      const { writes, complete } = reachingWrites(this.#file, read);
      if (!complete || !writes.some((write) => write.target === target)) continue;
      this.follow(read, { ...at, held: at.path.length === 0 ? target : at.held, depth: at.depth + 1 });
    }
  }

  #member(node: Node, member: TSESTree.MemberExpression, at: Position): void {
    const name = memberName(member);
    const [wanted, ...rest] = at.path;
    if (at.promise) {
      this.#promised(member, name, at);
      return;
    }
    if (wanted === undefined) {
      if (member.optional) this.tested = true;
      else this.#dereference(node, member, 'member', at);
      return;
    }
    const inside = { ...at, containers: [...at.containers, unwrap(node)] };
    if (name === wanted) {
      this.follow(member, { ...inside, path: rest });
      return;
    }
    const call = calledAs(member);
    if (call !== null && wanted === '0' && ((name === 'at' && isZero(call.arguments[0])) || name === 'shift')) this.follow(call, { ...inside, path: rest });
    else if (name !== null && (COUNTS.includes(name) || /^(?:some|every|includes|find|findIndex|entries)$/.test(name))) this.tested = true;
  }

  /** `.then((result) => …)` waits for it; `.catch` and `.finally` hand it on. */
  #promised(member: TSESTree.MemberExpression, name: string | null, at: Position): void {
    const call = calledAs(member);
    if (call === null) return;
    if (name === 'catch' || name === 'finally') {
      // What the handler answers would be there instead, which is no null that the source gave.
      this.follow(call, at);
      return;
    }
    const callback = name === 'then' && call.arguments[0] !== undefined ? unwrap(call.arguments[0]) : null;
    const parameter = isFunction(callback) ? callback.params[0] : undefined;
    if (parameter !== undefined) this.pattern(parameter, parameter, { ...at, promise: false });
  }

  #argument(node: Node, call: TSESTree.CallExpression | TSESTree.NewExpression, at: Position): void {
    if (at.promise) return;
    // `JSON.parse(null)` is null.
    if (call.type === 'CallExpression' && at.path.length === 0 && this.#source.value === 'null' && describe(call.callee) === 'JSON.parse') {
      if (guardedAt(this.#file, unwrap(node), node, 'null', at.containers, this.counts) !== 'yes') this.follow(call, { ...at, held: null });
      return;
    }
    if (mayTest(call)) this.tested = true;
  }

  /** `const [a, b] = await Promise.all([…, …])`. */
  #together(list: TSESTree.ArrayExpression, element: Node, at: Position): void {
    const call = list.parent as Node | undefined;
    if (call?.type !== 'CallExpression' || call.arguments[0] !== list || describe(call.callee) !== 'Promise.all') return;
    this.follow(call, { ...at, path: [String(list.elements.indexOf(element as never)), ...at.path], promise: true });
  }

  #count(target: TSESTree.Identifier): void {
    const variable = this.#file.bindings.variableOf(target);
    if (variable === null || variable === 'global') return;
    this.counts.push(pathOfVariable(this.#file, variable));
    if (isRead(variable)) this.tested = true;
  }

  #dereference(value: Node, node: Node, how: Dereference['how'], at: Position): void {
    this.dereferences.push({ value, node, how, asserted: at.asserted, held: at.held, containers: at.containers });
  }
}

function isRead(variable: Variable): boolean {
  return variable.references.some((reference) => reference.isRead());
}

/** The outermost of the wrappers around an expression, and whether one of them says that it is there. */
function wrapped(node: Node): { holder: Node; asserted: boolean } {
  let holder = node;
  let asserted = false;
  for (let parent = holder.parent as Node | undefined; parent != null && parent !== holder && unwrap(parent) === unwrap(holder); parent = holder.parent as Node | undefined) {
    if (parent.type === 'TSNonNullExpression' || parent.type === 'TSAsExpression' || parent.type === 'TSTypeAssertion') asserted = true;
    holder = parent;
  }
  return { holder, asserted };
}

function calledAs(member: TSESTree.MemberExpression): TSESTree.CallExpression | null {
  const parent = member.parent as Node | undefined;
  return parent?.type === 'CallExpression' && parent.callee === member ? parent : null;
}

function isZero(node: Node | undefined): boolean {
  return node?.type === 'Literal' && node.value === 0;
}
