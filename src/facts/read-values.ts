import type { TSESTree } from '@typescript-eslint/types';
import { chainedOn } from '../analysis/awaited.js';
import { factsAt } from '../analysis/guards.js';
import { NULL, UNDEFINED, type Possible } from '../analysis/narrowing.js';
import { reachingWrites } from '../analysis/reaching.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, enclosingFunction, isFunction, memberName, outermost, parentThroughWrappers, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { CHECKING_NAMES } from '../models/builtins.js';

type Node = TSESTree.Node;

/** An expression that has the value which was read. */
export interface Held {
  readonly node: Node;
  /** `parsed`: after `JSON.parse`. */
  readonly level: 'raw' | 'parsed';
  /** What it is where the entry is missing: bits of NULL and UNDEFINED; 0 where it is neither, or only reached past a guard. */
  readonly missing: Possible;
}

/** Where the value of one read goes, inside the function that reads. */
export interface ReadValue {
  /** In source order of discovery; the read itself is the first. */
  readonly places: readonly Held[];
  /** Places that the function gives back as they are. */
  readonly returned: readonly Held[];
  /** `.catch(handler)` on the read. */
  readonly caught: readonly TSESTree.CallExpression[];
  /** It is handed to something that looks into it: a schema, a decoder, a predicate. */
  readonly checked: boolean;
  /** Some of it is used in a way that is not followed: a part of it, a closure, another function. */
  readonly lost: boolean;
  /** Is the read waited for? */
  readonly awaited: boolean;
}

const MAX_PLACES = 60;

/**
 * Follows the value of a read through `await`, `JSON.parse`, defaults, conditions and local variables.
 * @param missing what the read answers where the entry is missing
 */
export function followRead(file: SourceFile, read: Node, missing: Possible): ReadValue {
  const follower = new Follower(file, read);
  follower.at({ node: read, level: 'raw', missing });
  return follower;
}

class Follower implements ReadValue {
  readonly places: Held[] = [];
  readonly returned: Held[] = [];
  readonly caught: TSESTree.CallExpression[] = [];
  checked = false;
  lost = false;
  awaited = false;
  readonly #file: SourceFile;
  readonly #owner: FunctionNode | TSESTree.Program;

  constructor(file: SourceFile, read: Node) {
    this.#file = file;
    this.#owner = enclosingFunction(read);
  }

  at(held: Held): void {
    if (this.places.length >= MAX_PLACES || this.places.some((place) => place.node === held.node)) return;
    this.places.push(held);
    const node = outermost(held.node);
    const parent = parentThroughWrappers(node);
    if (parent == null) return;
    const chained = chainedOn(node);
    if (chained !== null) return this.#chain(held, chained.call, chained.method);
    const on = (next: Node, missing = held.missing): void => this.at({ node: next, level: held.level, missing });
    switch (parent.type) {
      case 'AwaitExpression':
        this.awaited = true;
        return on(parent);
      case 'VariableDeclarator':
        if (parent.init === node && parent.id.type === 'Identifier') return this.#variable(held, parent.id, node);
        this.lost = true;
        return;
      case 'AssignmentExpression':
        if (parent.right !== node) return;
        if (parent.operator === '=' && parent.left.type === 'Identifier') this.#variable(held, parent.left, node);
        else this.lost = true;
        return;
      case 'ConditionalExpression':
        if (parent.test === node) return;
        return on(parent, this.#missingAt(held) | constantMissing(parent.consequent === node ? parent.alternate : parent.consequent));
      case 'LogicalExpression':
        if (parent.right === node) return on(parent, this.#missingAt(held) | (parent.operator === '&&' ? leftMissing(this, parent.left) : 0));
        if (parent.operator !== '&&' && isConstant(parent.right)) on(parent, constantMissing(parent.right));
        return;
      case 'ReturnStatement':
        this.returned.push({ ...held, missing: this.#missingAt(held) });
        return;
      case 'ArrowFunctionExpression':
        if (parent.body === node && parent === this.#owner) this.returned.push(held);
        return;
      case 'CallExpression':
        return this.#argument(held, parent, node);
      case 'SpreadElement':
      case 'Property':
      case 'ArrayExpression':
      case 'ForOfStatement':
        this.lost = true;
        return;
      default:
        return;
    }
  }

  /** What it may be where it stands, of what it is where the entry is missing: nothing past a test of it. */
  #missingAt({ node, missing }: Held): Possible {
    if (missing === 0) return 0;
    const { nonNullish, tested, reason } = factsAt(this.#file, node, node);
    if (reason === 'no-path') return missing;
    // A test for the one of null and undefined leaves the other open, which is not what a miss gives.
    return nonNullish === 'yes' || (tested === 'yes' && nonNullish === 'unknown') ? 0 : missing;
  }

  #argument(held: Held, call: TSESTree.CallExpression, node: Node): void {
    if (unwrap(call.callee) === unwrap(node)) return;
    const name = describe(call.callee);
    if (name === 'JSON.parse' && call.arguments[0] === node) {
      // JSON.parse(null) is null, and of undefined it throws.
      this.at({ node: call, level: 'parsed', missing: this.#missingAt(held) & NULL });
      return;
    }
    if (name === 'Promise.resolve') return this.at({ node: call, level: held.level, missing: held.missing });
    const last = unwrap(call.callee);
    if (CHECKING_NAMES.test(last.type === 'MemberExpression' ? (memberName(last) ?? '') : name)) this.checked = true;
  }

  #chain(held: Held, call: TSESTree.CallExpression, method: 'then' | 'catch' | 'finally'): void {
    this.awaited = true;
    if (method !== 'then') {
      if (method === 'catch') this.caught.push(call);
      return this.at({ node: call, level: held.level, missing: held.missing });
    }
    const handler = call.arguments[0] === undefined ? null : unwrap(call.arguments[0]);
    if (handler !== null && describe(handler) === 'JSON.parse') return this.at({ node: call, level: 'parsed', missing: held.missing & NULL });
    this.lost = true;
  }

  /** The reads of a variable that may see this value. */
  #variable(held: Held, target: TSESTree.Identifier, value: Node): void {
    const variable = this.#file.bindings.variableOf(target);
    if (variable === null || variable === 'global') return;
    for (const reference of variable.references) {
      const identifier = reference.identifier as Node;
      if (!reference.isRead() || identifier.type !== 'Identifier') continue;
      if (enclosingFunction(identifier) !== this.#owner) {
        this.lost = true;
        continue;
      }
      const { writes } = reachingWrites(this.#file, identifier);
      if (!writes.some((write) => write.value !== null && write.path.length === 0 && within(value, write.value))) continue;
      this.at({ node: identifier, level: held.level, missing: held.missing });
    }
  }
}

function within(inner: Node, outer: Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}

/** `cached && JSON.parse(cached)` is what `cached` is, where that is missing. */
function leftMissing(value: ReadValue, left: Node): Possible {
  return value.places.find((place) => place.node === unwrap(left))?.missing ?? 0;
}

function isConstant(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'Literal' || (inner.type === 'Identifier' && inner.name === 'undefined');
}

function constantMissing(node: Node): Possible {
  const inner = unwrap(node);
  if (inner.type === 'Literal' && inner.value === null && inner.raw === 'null') return NULL;
  return inner.type === 'Identifier' && inner.name === 'undefined' ? UNDEFINED : 0;
}

/** Is this node, or a part of it, one of the places? */
export function mentions(node: Node, value: ReadValue): boolean {
  return value.places.some((place) => within(place.node, node));
}

/** The function that a callback argument is, where it is written there. */
export function inlineFunction(node: Node | undefined): FunctionNode | null {
  const inner = node === undefined ? null : unwrap(node);
  return isFunction(inner) ? inner : null;
}
