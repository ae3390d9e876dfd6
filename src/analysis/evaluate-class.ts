import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from './evaluate.js';
import { makeInstance } from './instance.js';
import { evaluateVariable } from './evaluate-binding.js';
import { readMember } from './member.js';
import type { SourceFile } from './source-file.js';
import { enclosingClass, memberName, staticName, unwrap } from './syntax.js';
import { substitute } from './substitute.js';
import { typedInstance, valueOfType } from './evaluate-type.js';
import { returnedBy } from './returns.js';
import { UNDEFINED, alternatives, join, unknown, type FunctionNode, type Value } from './value.js';

type Node = TSESTree.Node;
type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
type ClassValue = Extract<Value, { kind: 'class' } | { kind: 'object-of-class' }>;

const MEMBERS = Symbol('class members');

/** `this`: an object of the class around it, made we do not know where. */
export function evaluateThis(file: SourceFile, node: Node): Value {
  const itself = classOfStatic(node);
  if (itself !== null) return { kind: 'class', file, node: itself };
  const owner = enclosingClass(node);
  return owner === null ? unknown('untyped-receiver', 'this') : { kind: 'object-of-class', file, node: owner, made: null };
}

/** The class whose static member directly holds this node: there `this` is the class. */
function classOfStatic(node: Node): ClassNode | null {
  let child = node;
  for (let current = node.parent; current != null; child = current, current = current.parent) {
    if (current.type === 'ClassBody') {
      const isStatic = child.type === 'StaticBlock' || ((child.type === 'MethodDefinition' || child.type === 'PropertyDefinition') && child.static);
      return isStatic ? current.parent : null;
    }
    const ownThis = current.type === 'FunctionDeclaration' || (current.type === 'FunctionExpression' && current.parent.type !== 'MethodDefinition');
    if (ownThis) return null;
  }
  return null;
}

/** A member of an object of a project class, or a static member of the class itself. */
export function readClassMember(value: ClassValue, name: string): Value {
  const members = membersOf(value.file, value.node);
  const own = members.get(value.kind === 'class' ? `static ${name}` : name);
  if (own !== undefined) {
    const read = join(own.map((entry) => entry()));
    return value.kind === 'object-of-class' && value.made !== null ? bound(read, value) : read;
  }
  const base = baseOf(value.file, value.node);
  if (base === null) return mayHaveMore(value) ? unknown('untyped-receiver', name) : UNDEFINED;
  if (base.kind === 'class') {
    if (value.kind === 'class') return readClassMember(base, name);
    return throughSuper(readClassMember({ kind: 'object-of-class', file: base.file, node: base.node, made: null }, name), base, value);
  }
  if (base.kind === 'model-export' && value.kind === 'object-of-class') {
    const instance = instanceOfSubclass(value);
    return instance === null ? unknown('opaque-call', 'base class') : readMember(instance, name, { file: value.file, node: value.node });
  }
  if (base.kind === 'model-export' && base.export.is === 'class' && base.export.statics !== undefined) {
    return readMember(typedInstance(base, base.export.statics, value.file), name, { file: value.file, node: value.node });
  }
  return unknown('untyped-receiver', 'base class');
}

/** Members that are made in ways we do not read: `Object.assign(this, options)`, `this[key] = …`, computed keys, class decorators. */
function mayHaveMore({ file, node }: ClassValue): boolean {
  // Parsers of plain JavaScript leave `decorators` out.
  if ((node.decorators ?? []).length > 0 || node.body.body.some((member) => 'computed' in member && member.computed && staticName(member.key, true) === null)) return true;
  return /\bObject\.(?:assign|define\w+)\(\s*this\b|\bthis\[/.test(file.text.slice(node.range[0], node.range[1]));
}

/** A member that a base class makes of its constructor's parameters, with what this class passes to `super`. */
function throughSuper(inherited: Value, base: Extract<Value, { kind: 'class' }>, value: ClassValue): Value {
  const constructor = constructorOf(base.node);
  if (constructor === null || value.kind !== 'object-of-class') return inherited;
  const own = constructorOf(value.node);
  if (own === null) {
    const made = value.made?.node;
    return made?.type === 'NewExpression' ? substitute(inherited, constructor, made.arguments, value.made!.file) : inherited;
  }
  const superCall = superCallIn(value.file, own);
  return superCall === undefined ? inherited : bound(substitute(inherited, constructor, superCall.arguments, value.file), value);
}

function superCallIn(file: SourceFile, constructor: FunctionNode) {
  return file.index.calls.find((call) => call.callee.type === 'Super' && call.range[0] >= constructor.range[0] && call.range[1] <= constructor.range[1]);
}

/** What the class extends, evaluated; `null` where it extends nothing. */
export function baseOf(file: SourceFile, node: ClassNode): Value | null {
  if (node.superClass == null) return null;
  const base = evaluate(file, node.superClass);
  return base.kind === 'class' && extendsItself(base, node) ? unknown('depth', 'a class that extends itself') : base;
}

const MAX_BASES = 32;

/** `class A extends A`, or a ring of classes: code that cannot run, and that must not send us round in circles. */
function extendsItself(base: Extract<Value, { kind: 'class' }>, node: ClassNode): boolean {
  let current: Value = base;
  for (let hops = 0; hops < MAX_BASES && current.kind === 'class'; hops++) {
    if (current.node === node) return true;
    if (current.node.superClass == null) return false;
    current = evaluate(current.file, current.node.superClass);
  }
  return current.kind === 'class';
}

/** An object of a class that extends a client's class: the client, with what the constructor passes to `super`. */
export function instanceOfSubclass(value: Extract<Value, { kind: 'object-of-class' }>): Value | null {
  const base = baseOf(value.file, value.node);
  if (base === null) return null;
  if (base.kind === 'class') {
    return instanceOfSubclass({ kind: 'object-of-class', file: base.file, node: base.node, made: null });
  }
  if (base.kind !== 'model-export' || (base.export.is !== 'class' && base.export.is !== 'factory')) return null;
  const constructor = constructorOf(value.node);
  const made = value.made?.node;
  if (constructor === null) {
    // Made by a container, or where we do not look: the class is known, its options are not.
    if (made?.type !== 'NewExpression') return typedInstance(base, base.export.makes, value.file);
    return makeInstance(base, base.export, made.arguments, { file: value.made!.file, node: made });
  }
  const superCall = superCallIn(value.file, constructor);
  if (superCall === undefined) return typedInstance(base, base.export.makes, value.file);
  return bound(makeInstance(base, base.export, superCall.arguments, { file: value.file, node: superCall }), value);
}

/** Objects whose parameters are being filled in. */
const filling = new Set<Node>();

function bound(read: Value, value: ClassValue): Value {
  if (value.kind !== 'object-of-class' || value.made === null) return read;
  const constructor = constructorOf(value.node);
  const made = value.made.node;
  if (constructor === null || made.type !== 'NewExpression') return read;
  // `options = new Options(options)` in a loop, or in a method of its own: it is made of another one like it.
  if (filling.has(made)) return unknown('depth', 'depends on itself');
  filling.add(made);
  try {
    return substitute(read, constructor, made.arguments, value.made.file);
  } finally {
    filling.delete(made);
  }
}

/** The constructor of a class, where it writes one. */
export function constructorOf(node: ClassNode): FunctionNode | null {
  for (const member of node.body.body) {
    if (member.type === 'MethodDefinition' && member.kind === 'constructor' && member.value.type === 'FunctionExpression') return member.value;
  }
  return null;
}

type Members = Map<string, (() => Value)[]>;

function membersOf(file: SourceFile, node: ClassNode): Members {
  const all = file.memo(MEMBERS, () => new WeakMap<ClassNode, Members>());
  let members = all.get(node);
  if (members === undefined) all.set(node, (members = collectMembers(file, node)));
  return members;
}

function collectMembers(file: SourceFile, node: ClassNode): Members {
  const members: Members = new Map();
  const declared = new Map<string, () => Value>();
  const add = (name: string, value: () => Value): void => {
    const list = members.get(name);
    if (list === undefined) members.set(name, [value]);
    else list.push(value);
  };
  for (const member of node.body.body) {
    if (member.type === 'MethodDefinition') {
      const name = staticName(member.key, member.computed);
      if (name === null) continue;
      const key = member.static ? `static ${name}` : name;
      if (member.kind === 'method' && member.value.type === 'FunctionExpression') {
        const method = member.value;
        add(key, () => ({ kind: 'function', file, node: method }));
      } else if (member.kind === 'get' && member.value.type === 'FunctionExpression') {
        const getter = member.value;
        add(key, () => returnedBy(file, getter));
      } else if (member.kind === 'constructor' && member.value.type === 'FunctionExpression') {
        for (const parameter of member.value.params) {
          if (parameter.type !== 'TSParameterProperty') continue;
          const target = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
          if (target.type !== 'Identifier') continue;
          add(target.name, () => parameterValue(file, target));
        }
      }
    } else if (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') {
      const name = staticName(member.key, member.computed);
      if (name === null) continue;
      const key = member.static ? `static ${name}` : name;
      if (member.value != null) {
        const initial = member.value;
        add(key, () => evaluate(file, initial));
      } else if (member.typeAnnotation != null) {
        const annotation = member.typeAnnotation.typeAnnotation;
        declared.set(key, () => valueOfType(file, annotation) ?? unknown('untyped-receiver', name));
      } else {
        declared.set(key, () => UNDEFINED);
      }
    }
  }
  for (const assignment of file.index.assignments) {
    if (assignment.type !== 'AssignmentExpression') continue;
    const left = unwrap(assignment.left);
    if (left.type !== 'MemberExpression' || unwrap(left.object).type !== 'ThisExpression') continue;
    if (assignment.range[0] < node.range[0] || assignment.range[1] > node.range[1] || enclosingClass(left) !== node) continue;
    const name = memberName(left);
    // `this.x = undefined` only empties the field.
    if (name === null || (assignment.right.type === 'Identifier' && assignment.right.name === 'undefined') || (assignment.right.type === 'Literal' && assignment.right.value === null)) continue;
    if (!/^(?:\?\?|\|\||&&)?=$/.test(assignment.operator)) {
      add(name, () => unknown('mutated', assignment.operator));
      continue;
    }
    const before = declared.get(name);
    add(name, () => {
      const value = evaluate(file, assignment.right);
      // The declared type says at least which class it is.
      return alternatives(value).every(saysLittle) ? typedOr(before, value) : value;
    });
  }
  for (const [name, value] of declared) if (!members.has(name)) members.set(name, [value]);
  return members;
}

/** Of `options.client` with `options = {}` nothing is known but that it may be missing. */
function saysLittle(value: Value): boolean {
  return value.kind === 'unknown' || value.kind === 'parameter' || (value.kind === 'literal' && value.value === undefined);
}

function typedOr(declared: (() => Value) | undefined, value: Value): Value {
  const typed = declared?.();
  return typed === undefined || typed.kind === 'unknown' || typed === UNDEFINED ? value : typed;
}

function parameterValue(file: SourceFile, name: TSESTree.Identifier): Value {
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return unknown('parameter');
  return evaluateVariable(file, variable, name);
}
