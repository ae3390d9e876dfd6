import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { leavesArgumentsAlone } from '../models/builtins.js';
import { evaluate } from './evaluate.js';
import { returnedBy } from './returns.js';
import type { SourceFile } from './source-file.js';
import { describe, enclosingFunction, isFunction, memberName, outermost, parentThroughWrappers, rootOf, staticName, unwrap } from './syntax.js';
import { UNDEFINED, alternatives, join, unknown, type ObjectEntry, type ObjectValue, type Reason, type Value } from './value.js';

type Node = TSESTree.Node;

/** An object literal: its keys in order, later ones winning, spreads merged where they are known. */
export function evaluateObject(file: SourceFile, node: TSESTree.ObjectExpression): Value {
  const parts: Value[] = [];
  let entries = new Map<string, ObjectEntry>();
  let open: Reason | null = null;
  const flush = (): void => {
    if (entries.size > 0 || open !== null) parts.push({ kind: 'object', entries, open, place: null });
    entries = new Map();
    open = null;
  };
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      flush();
      parts.push(evaluate(file, property.argument));
      continue;
    }
    const key = staticName(property.key, property.computed) ?? keyText(evaluate(file, property.key));
    if (key === null) {
      open = { code: 'dynamic-key' };
      continue;
    }
    if (property.kind === 'set') continue;
    const { kind, value } = property;
    entries.delete(key);
    entries.set(key, { value: () => (kind === 'get' && isFunction(value) ? returnedBy(file, value) : evaluate(file, value)), place: { file, node: property } });
  }
  flush();
  return mergeObjects(parts, { file, node });
}

function keyText(value: Value): string | null {
  return value.kind === 'literal' && (typeof value.value === 'string' || typeof value.value === 'number') ? String(value.value) : null;
}

/** `Object.assign({}, a, b)` and `{ ...a, ...b }`: later parts win; an unknown part leaves the result open. */
export function mergeObjects(parts: readonly Value[], place: { file: SourceFile; node: Node } | null): Value {
  const entries = new Map<string, ObjectEntry>();
  let open: Reason | null = null;
  for (const part of parts) {
    if (part.kind === 'object') {
      for (const [key, entry] of part.entries) {
        const before = entries.get(key);
        entries.delete(key);
        entries.set(key, before === undefined ? entry : { value: () => overridden(before.value(), entry.value()), place: entry.place });
      }
      open ??= part.open;
    } else if (part.kind === 'union') {
      const objects = part.members.filter((member): member is ObjectValue => member.kind === 'object');
      const rest = part.members.find((member) => member.kind !== 'object' && !isNothing(member));
      // One of the alternatives is there: a key that only some of them have is possible, not certain.
      for (const key of new Set(objects.flatMap((object) => [...object.entries.keys()]))) {
        const before = entries.get(key);
        const having = objects.flatMap((object) => object.entries.get(key) ?? []);
        const always = having.length === part.members.length;
        entries.set(key, {
          value: () => join([...(always ? [] : [before?.value() ?? UNDEFINED]), ...having.map((entry) => entry.value())]),
          place: having[0]!.place,
        });
      }
      open ??= objects.find((object) => object.open !== null)?.open ?? null;
      if (rest !== undefined) open ??= reasonOf(rest);
    } else if (!isNothing(part)) {
      open ??= reasonOf(part);
    }
  }
  return open === null ? { kind: 'object', entries, open, place } : { kind: 'object', entries, open, place, parts };
}

/** A key that is written again with `undefined` keeps nothing: spread copies the undefined. */
function overridden(before: Value, after: Value): Value {
  return after.kind === 'union' && after.members.some((member) => isNothing(member)) ? join([before, after]) : after;
}

function isNothing(value: Value): boolean {
  return value.kind === 'literal' && (value.value === undefined || value.value === null || value.value === false || value.value === '');
}

/** Why a value that should have been an object is not known. */
export function reasonOf(value: Value): Reason {
  switch (value.kind) {
    case 'unknown':
      return value.reason;
    case 'parameter':
      return { code: 'parameter' };
    case 'env':
      return { code: 'environment', detail: value.name };
    default:
      return { code: 'opaque-spread' };
  }
}

/**
 * The value of a variable after what happens to it between its making and `reader`: assigned keys
 * are added; anything else that may change it leaves the object open.
 */
export function mutatedObject(file: SourceFile, variable: Variable, value: Value, reader: Node): Value {
  if (!alternatives(value).some((member) => member.kind === 'object')) return value;
  if (variable.references.length <= 2) {
    // Declaration and one read: nothing in between.
    const others = variable.references.filter((reference) => reference.identifier !== reader && reference.init !== true);
    if (others.length === 0) return value;
  }
  const added: (WriteToKey & { conditional: boolean })[] = [];
  let open: Reason | null = null;
  const home = enclosingFunction(reader);
  for (const reference of variable.references) {
    const identifier = reference.identifier as Node;
    if (identifier === reader || !reference.isRead()) continue;
    const sameFunction = enclosingFunction(identifier) === home;
    // What comes after the reader in the same function cannot have happened yet (loops apart).
    if (sameFunction && identifier.range[0] > reader.range[0] && !inLoop(identifier, home)) continue;
    const use = useOf(file, identifier);
    if (use.is === 'write') added.push({ ...use, conditional: mayNotHaveHappened(use.node, home) });
    else if (use.is === 'change') open ??= { code: 'mutated', detail: use.by };
  }
  if (added.length === 0 && open === null) return value;
  return join(
    alternatives(value).map((member) => {
      if (member.kind !== 'object') return member;
      const entries = new Map(member.entries);
      const written = new Map<string, ObjectEntry>();
      for (const write of added) {
        const [first, ...rest] = write.key;
        if (first === undefined) continue;
        const entry = entries.get(first);
        const after: ObjectEntry = {
          place: { file, node: write.node },
          value: () => {
            const before = entry?.value() ?? UNDEFINED;
            const next = rest.length === 0 ? writtenValue(file, write, before) : nested(before, rest, writtenValue(file, write, UNDEFINED), { file, node: write.node });
            return write.conditional ? join([before, next]) : next;
          },
        };
        entries.set(first, after);
        written.set(first, after);
      }
      const changed: ObjectValue = { ...member, entries, open: member.open ?? open };
      // What is spread in may become known at a call; what was written stays written.
      return member.parts === undefined ? changed : { ...changed, parts: [...member.parts, { kind: 'object', entries: written, open, place: null }] };
    }),
  );
}

function nested(base: Value, path: readonly string[], value: Value, place: { file: SourceFile; node: Node }): Value {
  if (base.kind !== 'object' && !isNothing(base)) return unknown('mutated');
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const entries = new Map(base.kind === 'object' ? base.entries : []);
  const before = entries.get(first);
  entries.set(first, { place, value: () => (rest.length === 0 ? value : nested(before?.value() ?? UNDEFINED, rest, value, place)) });
  return { kind: 'object', entries, open: base.kind === 'object' ? base.open : null, place: null };
}

/** A key of the object is given a value: `o.a.b = right`. */
interface WriteToKey {
  readonly key: readonly string[];
  readonly node: Node;
  /** `null`: what is written is not known. */
  readonly right: Node | null;
  readonly operator: string;
}

type Use = { readonly is: 'read' } | ({ readonly is: 'write' } & WriteToKey) | { readonly is: 'change'; readonly by: string };

/** What a key holds after a write to it. */
function writtenValue(file: SourceFile, write: WriteToKey, before: Value): Value {
  if (write.operator === 'delete') return UNDEFINED;
  if (write.right === null) return unknown('mutated');
  switch (write.operator) {
    case '=':
      return evaluate(file, write.right);
    case '??=':
    case '||=': {
      const kept = alternatives(before).filter((member) => !isNothing(member));
      return kept.length === alternatives(before).length && kept.every((member) => member.kind === 'literal') ? before : join([...kept, evaluate(file, write.right)]);
    }
    default:
      return unknown('mutated');
  }
}

/** What a reference does to the object it names. */
function useOf(file: SourceFile, identifier: Node): Use {
  const key: string[] = [];
  let node = outermost(identifier);
  let parent = node.parent;
  while (parent?.type === 'MemberExpression' && unwrap(parent.object) === unwrap(node)) {
    const name = memberName(parent);
    if (name === null) {
      const above = parentThroughWrappers(parent);
      const written = above?.type === 'AssignmentExpression' && unwrap(above.left) === parent;
      return written ? { is: 'change', by: 'a computed key' } : { is: 'read' };
    }
    key.push(name);
    node = outermost(parent);
    parent = node.parent;
  }
  if (parent == null) return { is: 'read' };
  if (key.length === 0) return passedOn(file, node);
  switch (parent.type) {
    case 'AssignmentExpression':
      return parent.left === node ? { is: 'write', key, node: parent, right: parent.right, operator: parent.operator } : { is: 'read' };
    case 'UnaryExpression':
      return parent.operator === 'delete' ? { is: 'write', key, node: parent, right: null, operator: 'delete' } : { is: 'read' };
    case 'UpdateExpression':
      return { is: 'write', key, node: parent, right: null, operator: parent.operator };
    case 'ArrayPattern':
    case 'RestElement':
    case 'AssignmentPattern':
      return { is: 'write', key, node: parent, right: null, operator: '=' };
    case 'Property':
      return parent.parent.type === 'ObjectPattern' && parent.value === node ? { is: 'write', key, node: parent, right: null, operator: '=' } : { is: 'read' };
    default:
      // Only the object itself can be changed by a callee that is handed it; a scalar key cannot.
      return { is: 'read' };
  }
}

/** What becomes of the object itself: handed to a function, given another name, put into something. */
function passedOn(file: SourceFile, start: Node): Use {
  let node = start;
  for (;;) {
    const parent = node.parent;
    switch (parent?.type) {
      case 'AssignmentExpression': {
        // `options = options ?? {}` gives it no other name.
        const isOwnName = parent.left.type === 'Identifier' && start.type === 'Identifier' && parent.left.name === start.name;
        return parent.right === node && !isOwnName ? { is: 'change', by: 'another name for it' } : { is: 'read' };
      }
      case 'VariableDeclarator':
        return parent.init === node && parent.id.type === 'Identifier' ? { is: 'change', by: 'another name for it' } : { is: 'read' };
      case 'CallExpression':
      case 'NewExpression': {
        if (parent.callee === node) return { is: 'read' };
        const callee = describe(parent.callee);
        if (callee === 'Object.assign') return parent.arguments[0] === node ? { is: 'change', by: 'Object.assign' } : { is: 'read' };
        const bare = parent.type === 'NewExpression' ? `new ${callee}` : callee;
        return leavesArgumentsAlone(bare) || isOfModelledPackage(file, parent.callee) ? { is: 'read' } : { is: 'change', by: callee };
      }
      case 'MemberExpression':
        // `[options].forEach(…)`: the function that is handed over may change it.
        return node === start ? { is: 'read' } : { is: 'change', by: 'something that holds it' };
      case 'Property':
        if (parent.value !== node || parent.parent.type !== 'ObjectExpression') return { is: 'read' };
        node = outermost(parent.parent);
        continue;
      case 'ConditionalExpression':
        if (parent.test === node) return { is: 'read' };
        node = outermost(parent);
        continue;
      case 'LogicalExpression':
        if (parent.operator === '&&' && parent.left === node) return { is: 'read' };
        node = outermost(parent);
        continue;
      case 'ArrayExpression':
        node = outermost(parent);
        continue;
      default:
        return { is: 'read' };
    }
  }
}

/**
 * `http.get(url, options)`, `new Pool(options)`: what a package that we know makes leaves its options
 * alone. By its declarations only: to evaluate the callee could lead back to the object.
 */
function isOfModelledPackage(file: SourceFile, callee: Node): boolean {
  let root = rootOf(callee);
  for (let hops = 0; hops < 3 && root.type === 'Identifier'; hops++) {
    const variable = file.bindings.variableOf(root);
    const definition = variable === null || variable === 'global' ? undefined : variable.defs[0];
    const parent = definition?.parent as Node | null | undefined;
    if (parent?.type === 'ImportDeclaration') return file.project.models.clients(parent.source.value).length > 0;
    const declarator = definition?.node as Node | undefined;
    if (declarator?.type !== 'VariableDeclarator' || declarator.init == null) return false;
    const init = unwrap(declarator.init);
    root = rootOf(init.type === 'NewExpression' ? init.callee : init);
  }
  return false;
}

/** A write in a function that does not hold the reader may come later, or never; one under a condition too. */
function mayNotHaveHappened(node: Node, reader: Node): boolean {
  const home = enclosingFunction(node);
  if (isConditional(node, home)) return true;
  return !(home.range[0] <= reader.range[0] && reader.range[1] <= home.range[1]);
}

function inLoop(node: Node, within: Node): boolean {
  for (let current: Node | undefined = node.parent; current != null && current !== within; current = current.parent) {
    if (/^(?:For|While|DoWhile)/.test(current.type)) return true;
  }
  return false;
}

/** Does a condition of its own function stand above this node? */
function isConditional(node: Node, within: Node): boolean {
  for (let current: Node | undefined = node.parent; current != null && current !== within; current = current.parent) {
    if (/^(?:If|Switch|Try|For|While|DoWhile|Conditional|Logical)/.test(current.type)) return true;
  }
  return false;
}
