import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { sameConnection } from './client-member.js';
import { contextualClient } from './contextual-type.js';
import { IN_PROGRESS, evaluate, isTruthy, moduleValue } from './evaluate.js';
import { mutatedObject } from './evaluate-object.js';
import { builtinValue } from './evaluate-builtin.js';
import { readMember } from './member.js';
import { globalExport } from './evaluate-export.js';
import { operationOf } from './operation.js';
import type { SourceFile } from './source-file.js';
import { isFunction, staticName } from './syntax.js';
import { valueOfType } from './evaluate-type.js';
import { UNDEFINED, join, literal, unknown, type FunctionNode, type Value } from './value.js';

type Node = TSESTree.Node;

/** What an identifier in expression position holds. */
export function evaluateIdentifier(file: SourceFile, node: TSESTree.Identifier): Value {
  const variable = file.bindings.variableOf(node);
  if (variable === null || variable === 'global') return globalValue(file, node.name);
  return evaluateVariable(file, variable, node);
}

function globalValue(file: SourceFile, name: string): Value {
  switch (name) {
    case 'undefined':
      return UNDEFINED;
    case 'NaN':
      return literal(NaN);
    case 'Infinity':
      return literal(Infinity);
    default:
      return globalExport(file, name) ?? builtinValue([name]);
  }
}

/**
 * What a variable holds where it is read at `reader`: the join of everything written to it.
 * @param reader the reading identifier; its position decides which changes to an object count
 */
export function evaluateVariable(file: SourceFile, variable: Variable, reader: Node): Value {
  const memo = file.memo(WRITTEN, () => new Map<Variable, Value>());
  let value = memo.get(variable);
  if (value === undefined) {
    const values = writtenValues(file, variable);
    // `let client;` that is filled later: the empty state is what a guard excludes, not a client.
    const filled = values.length > 1 ? values.filter((written) => written !== UNDEFINED) : values;
    value = withoutItself(join(filled.length > 0 ? filled : values));
    // What is still being worked out is not all of it.
    if (!values.includes(IN_PROGRESS)) memo.set(variable, value);
  }
  return mutatedObject(file, variable, value, reader);
}

const WRITTEN = Symbol('what is written to variables');
/** More writes than this are not read one by one: their union would be unknown. */
const MAX_WRITES = 64;

/** Everything that is written to a variable, its declaration first. */
function writtenValues(file: SourceFile, variable: Variable): readonly Value[] {
  const values: Value[] = [];
  let declared = 0;
  for (const definition of variable.defs) {
    // `type Pool = InstanceType<typeof Pool>` beside the value of that name says nothing of the value.
    if ((definition.type as string) === 'Type') continue;
    declared++;
    switch (definition.type as string) {
      case 'ImportBinding':
        values.push(evaluateImport(file, definition.node as TSESTree.ImportClause, definition.parent as Node));
        break;
      case 'Variable': {
        const declarator = definition.node as TSESTree.VariableDeclarator;
        values.push(evaluateDeclarator(file, declarator, definition.name as TSESTree.Identifier, variable));
        break;
      }
      case 'Parameter':
        values.push(evaluateParameter(file, definition.node as FunctionNode, definition.name as TSESTree.Identifier));
        break;
      case 'FunctionName':
        values.push(isFunction(definition.node as Node) ? { kind: 'function', file, node: definition.node as FunctionNode } : unknown('syntax'));
        break;
      case 'ClassName':
        values.push({ kind: 'class', file, node: definition.node as TSESTree.ClassDeclaration });
        break;
      default:
        values.push(unknown('syntax', String(definition.type)));
    }
  }
  if (declared === 0) return [unknown('syntax')];
  const writes = writesAfterDeclaration(variable);
  if (writes.length > MAX_WRITES) return [unknown('depth', 'too many possible values')];
  for (const write of writes) {
    const expression = write.writeExpr as Node | null | undefined;
    const parent = write.identifier.parent as Node | undefined;
    if (expression != null && parent?.type === 'AssignmentExpression' && parent.left === write.identifier && /^(?:=|\?\?=|\|\|=)$/.test(parent.operator)) {
      values.push(evaluate(file, expression));
    } else if (parent?.type === 'UpdateExpression' || parent?.type === 'AssignmentExpression') {
      values.push(unknown('syntax', 'changed in place'));
    } else {
      values.push(unknown('syntax', 'written by a pattern or loop'));
    }
  }
  return values;
}

/** `options = options ?? {}`: what a variable already holds adds nothing to what it may hold. */
function withoutItself(value: Value): Value {
  return value.kind === 'union' ? join(value.members.filter((member) => member !== IN_PROGRESS)) : value;
}

function writesAfterDeclaration(variable: Variable) {
  return variable.references.filter((reference) => reference.isWrite() && reference.init !== true);
}

function evaluateDeclarator(file: SourceFile, declarator: TSESTree.VariableDeclarator, name: TSESTree.Identifier, variable: Variable): Value {
  const loop = declarator.parent.parent;
  if (declarator.init == null && (loop?.type === 'ForOfStatement' || loop?.type === 'ForInStatement')) return unknown('syntax', 'loop variable');
  if (declarator.init == null) {
    const typed = typeOfIdentifier(file, name);
    // A declared type only helps when nothing in this file says more.
    const written = variable.references.some((reference) => reference.isWrite());
    if (declarator.parent.declare === true) return typed ?? unknown('syntax', 'declared elsewhere');
    return typed !== null && !written ? typed : UNDEFINED;
  }
  const path = pathInPattern(declarator.id, name);
  if (path === null) return unknown('syntax', 'rest element');
  const initial = readPath(evaluate(file, declarator.init), path.steps, { file, node: declarator.id });
  const value = path.fallback === null ? initial : withDefault(initial, evaluate(file, path.fallback));
  if (value.kind === 'unknown') return typeOfIdentifier(file, name) ?? value;
  return value;
}

/** The value of a binding whose pattern has a default: the default holds where the value is undefined. */
function withDefault(value: Value, fallback: Value): Value {
  if (value.kind === 'literal') return value.value === undefined ? fallback : value;
  return isTruthy(value) === true ? value : join([value, fallback]);
}

function readPath(value: Value, steps: readonly string[], place: { file: SourceFile; node: Node }): Value {
  let current = value;
  for (const step of steps) current = readMember(current, step, place);
  return current;
}

interface PatternPath {
  readonly steps: readonly string[];
  readonly fallback: Node | null;
}

/** Where in a destructuring pattern an identifier stands. `null` for rest elements and computed keys. */
export function pathInPattern(pattern: Node, name: Node): PatternPath | null {
  if (pattern === name) return { steps: [], fallback: null };
  switch (pattern.type) {
    case 'TSParameterProperty':
      return pathInPattern(pattern.parameter, name);
    case 'AssignmentPattern': {
      const inner = pathInPattern(pattern.left, name);
      return inner === null ? null : { steps: inner.steps, fallback: inner.steps.length === 0 ? pattern.right : inner.fallback };
    }
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') continue;
        const key = staticName(property.key, property.computed);
        const inner = pathInPattern(property.value, name);
        if (inner !== null) return key === null ? null : { steps: [key, ...inner.steps], fallback: inner.fallback };
      }
      return null;
    case 'ArrayPattern':
      for (let i = 0; i < pattern.elements.length; i++) {
        const element = pattern.elements[i];
        if (element == null || element.type === 'RestElement') continue;
        const inner = pathInPattern(element, name);
        if (inner !== null) return { steps: [String(i), ...inner.steps], fallback: inner.fallback };
      }
      return null;
    default:
      return null;
  }
}

function evaluateParameter(file: SourceFile, owner: FunctionNode, name: TSESTree.Identifier): Value {
  if (!isFunction(owner)) return unknown('parameter');
  for (let index = 0; index < owner.params.length; index++) {
    const pattern = owner.params[index]!;
    const path = pathInPattern(pattern, name);
    if (path === null) {
      if (pattern.range[0] <= name.range[0] && name.range[1] <= pattern.range[1]) return unknown('parameter', 'rest parameter');
      continue;
    }
    const own: Value = { kind: 'parameter', file, node: owner, index, path: path.steps };
    if (path.steps.length === 0) {
      const typed = typeOfIdentifier(file, name);
      if (typed !== null) return typed.kind === 'instance' && own.kind === 'parameter' ? { ...typed, parameter: own } : typed;
      const handed = (index === 0 ? handedClient(file, owner) : null) ?? contextualClient(file, owner, index);
      if (handed !== null) return handed;
    }
    if (path.fallback !== null) return withDefault(own, evaluate(file, path.fallback));
    return own;
  }
  return unknown('parameter');
}

/** What a client hands to a function that is written in a call of it: `db.transaction(async (tx) => …)`. */
function handedClient(file: SourceFile, owner: FunctionNode): Value | null {
  const call = owner.parent;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return null;
  const operation = operationOf(evaluate(file, call.callee));
  const hands = operation?.operation.hands;
  if (hands === undefined || operation?.instance == null || call.arguments[hands.argument] !== owner) return null;
  return sameConnection(operation.instance, hands.client);
}

/** The value that a type annotation on a binding stands for: a client class that a model knows. */
function typeOfIdentifier(file: SourceFile, name: TSESTree.Identifier): Value | null {
  return name.typeAnnotation == null ? null : valueOfType(file, name.typeAnnotation.typeAnnotation);
}

function evaluateImport(file: SourceFile, clause: TSESTree.ImportClause | Node, declaration: Node): Value {
  if (declaration.type === 'TSImportEqualsDeclaration') {
    const reference = declaration.moduleReference as Node;
    if (reference.type !== 'TSExternalModuleReference') return unknown('unresolved-import');
    const source = reference.expression as Node;
    return source.type === 'Literal' && typeof source.value === 'string' ? moduleValue(file, source.value) : unknown('unresolved-import');
  }
  if (declaration.type !== 'ImportDeclaration') return unknown('unresolved-import');
  const module = moduleValue(file, declaration.source.value);
  switch (clause.type) {
    case 'ImportNamespaceSpecifier':
      return module;
    case 'ImportDefaultSpecifier':
      return readMember(module, 'default', { file, node: clause });
    case 'ImportSpecifier':
      return readMember(module, clause.imported.type === 'Identifier' ? clause.imported.name : clause.imported.value, { file, node: clause });
    default:
      return unknown('unresolved-import');
  }
}
