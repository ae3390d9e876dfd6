import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { LEAVES_ARGUMENTS_ALONE } from './harmless-calls.js';
import { evaluate } from './evaluate.js';
import type { SourceFile } from './source-file.js';
import { describe, enclosingFunction, memberName, outermost, parentThroughWrappers, staticName, unwrap } from './syntax.js';
import { UNDEFINED, alternatives, join, unknown, type ObjectEntry, type ObjectValue, type Reason, type Value } from './value.js';

type Node = TSESTree.Node;

/** An object literal: its keys in order, later ones winning, spreads merged where they are known. */
export function evaluateObject(file: SourceFile, node: TSESTree.ObjectExpression): Value {
  const parts: Value[] = [];
  let entries = new Map<string, ObjectEntry>();
  let open: Reason | null = null;
  const flush = (): void => {
    parts.push({ kind: 'object', entries, open, place: null });
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
    const value = property.value;
    entries.delete(key);
    entries.set(key, { value: () => evaluate(file, value), place: { file, node: property } });
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
      const objects = part.members.filter((member) => member.kind === 'object');
      const rest = part.members.filter((member) => member.kind !== 'object' && !isNothing(member));
      // Each alternative may or may not be there: its keys are known to be possible, not certain.
      for (const object of objects as ObjectValue[]) {
        for (const [key, entry] of object.entries) {
          const before = entries.get(key);
          entries.set(key, { value: () => join([before?.value() ?? UNDEFINED, entry.value()]), place: entry.place });
        }
        open ??= object.open;
      }
      if (rest.length > 0) open ??= reasonOf(rest[0]!);
    } else if (!isNothing(part)) {
      open ??= reasonOf(part);
    }
  }
  return { kind: 'object', entries, open, place };
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
  const added: { key: readonly string[]; node: Node; right: Node; conditional: boolean }[] = [];
  let open: Reason | null = null;
  const home = enclosingFunction(reader);
  for (const reference of variable.references) {
    const identifier = reference.identifier as Node;
    if (identifier === reader || !reference.isRead()) continue;
    const sameFunction = enclosingFunction(identifier) === home;
    // What comes after the reader in the same function cannot have happened yet (loops apart).
    if (sameFunction && identifier.range[0] > reader.range[0] && !inLoop(identifier, home)) continue;
    const use = useOf(identifier);
    if (use.is === 'write') added.push({ key: use.key, node: use.node, right: use.right, conditional: isConditional(use.node, enclosingFunction(use.node)) });
    else if (use.is === 'change') open ??= { code: 'mutated', detail: use.by };
  }
  if (added.length === 0 && open === null) return value;
  return join(
    alternatives(value).map((member) => {
      if (member.kind !== 'object') return member;
      const entries = new Map(member.entries);
      for (const write of added) {
        const [first, ...rest] = write.key;
        if (first === undefined) continue;
        const before = entries.get(first);
        const right = (): Value => evaluate(file, write.right);
        entries.set(first, {
          place: { file, node: write.node },
          value: () => {
            const next = rest.length === 0 ? right() : nested(before?.value() ?? UNDEFINED, rest, right(), { file, node: write.node });
            return write.conditional ? join([before?.value() ?? UNDEFINED, next]) : next;
          },
        });
      }
      return { ...member, entries, open: member.open ?? open };
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

type Use =
  | { readonly is: 'read' }
  | { readonly is: 'write'; readonly key: readonly string[]; readonly node: Node; readonly right: Node }
  | { readonly is: 'change'; readonly by: string };

/** What a reference does to the object it names. */
function useOf(identifier: Node): Use {
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
  switch (parent.type) {
    case 'AssignmentExpression':
      if (parent.left !== node) return key.length === 0 ? { is: 'change', by: 'another name for it' } : { is: 'read' };
      return key.length === 0 ? { is: 'read' } : { is: 'write', key, node: parent, right: parent.right };
    case 'UnaryExpression':
      return parent.operator === 'delete' && key.length > 0 ? { is: 'change', by: 'delete' } : { is: 'read' };
    case 'UpdateExpression':
      return { is: 'change', by: 'an update' };
    case 'CallExpression':
    case 'NewExpression': {
      if (parent.callee === node) return { is: 'read' };
      // Only the object itself can be changed by a callee that is handed it; a scalar key cannot.
      if (key.length > 0) return { is: 'read' };
      const callee = describe(parent.callee);
      if (callee === 'Object.assign' && parent.arguments[0] === node) return { is: 'change', by: 'Object.assign' };
      return LEAVES_ARGUMENTS_ALONE.test(callee) ? { is: 'read' } : { is: 'change', by: callee };
    }
    default:
      return { is: 'read' };
  }
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
