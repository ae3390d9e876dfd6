import type { TSESTree } from '@typescript-eslint/types';
import { mayObserve, observerModels, observerOfPackage } from '../models/lookup.js';
import type { ObserverAct, ObserverExport, ObserverModel, ObserverShape } from '../models/observer-types.js';
import { evaluate } from './evaluate.js';
import { findExport } from './exports.js';
import type { SourceFile } from './source-file.js';
import { enclosingClass, memberName, staticName, unwrap } from './syntax.js';
import type { Value } from './value.js';

type Node = TSESTree.Node;

/** A logger, span or counter, by its model. */
export interface Observer {
  readonly model: ObserverModel;
  readonly shape: ObserverShape;
}

const MAX_STEPS = 8;

/**
 * What calling this does, by the model of what it is called on: logs, reports, is fatal. `'nothing'`
 * for another method of a known observer; `null` where the receiver is not known to be one, so that
 * only its name is left to go by.
 */
export function observerAct(file: SourceFile, callee: Node): ObserverAct | 'nothing' | null {
  const target = unwrap(callee);
  const name = target.type === 'MemberExpression' ? memberName(target) : target.type === 'Identifier' ? target.name : null;
  if (name === null) return null;
  if (target.type === 'Identifier' || mayObserve(name)) {
    const listed = exportOf(evaluate(file, target));
    if (listed?.found.is === 'act') return listed.found.does;
  }
  if (target.type !== 'MemberExpression' || !mayObserve(name)) return null;
  const observer = observerOf(file, target.object);
  return observer === null ? null : Object.hasOwn(observer.shape.methods, name) ? observer.shape.methods[name]! : 'nothing';
}

/** The observer that an expression holds; `null` where nothing tells. */
export function observerOf(file: SourceFile, node: Node, steps = 0): Observer | null {
  if (steps > MAX_STEPS) return null;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Identifier':
      return ofIdentifier(file, inner, steps);
    case 'CallExpression':
    case 'NewExpression':
      return inner.callee.type === 'Super' ? null : madeBy(file, inner.callee, steps);
    case 'MemberExpression':
      return ofMember(file, inner, steps) ?? whole(exportOf(evaluate(file, inner)));
    case 'LogicalExpression':
      return observerOf(file, inner.left, steps + 1) ?? observerOf(file, inner.right, steps + 1);
    default:
      return null;
  }
}

/** A factory or class of a package, or a method such as `child`. */
function madeBy(file: SourceFile, callee: Node, steps: number): Observer | null {
  const target = unwrap(callee);
  const listed = exportOf(evaluate(file, target));
  if (listed?.found.is === 'makes') return shaped(listed.model, listed.found.observer);
  if (target.type !== 'MemberExpression') return null;
  const from = observerOf(file, target.object, steps + 1);
  const made = from?.shape.makes?.[memberName(target) ?? ''];
  return from === null || made === undefined ? null : shaped(from.model, made);
}

function ofIdentifier(file: SourceFile, node: TSESTree.Identifier, steps: number): Observer | null {
  const variable = file.bindings.variableOf(node);
  if (variable === 'global') return ofGlobal(node.name);
  const definition = variable?.defs[0];
  if (variable == null || definition === undefined || variable.defs.length > 1) return null;
  switch (definition.type as string) {
    case 'Variable': {
      const declarator = definition.node as TSESTree.VariableDeclarator;
      if (declarator.id.type !== 'Identifier') return null;
      return (declarator.init == null ? null : observerOf(file, declarator.init, steps + 1)) ?? ofType(file, declarator.id.typeAnnotation);
    }
    case 'Parameter':
      return ofType(file, (definition.name as TSESTree.Identifier).typeAnnotation);
    case 'ImportBinding': {
      const listed = whole(exportOf(evaluate(file, node)));
      return listed ?? ofImport(file, definition.node as TSESTree.ImportClause, definition.parent as Node, steps);
    }
    default:
      return null;
  }
}

/** A logger that another file of the project makes. */
function ofImport(file: SourceFile, clause: TSESTree.ImportClause, declaration: Node, steps: number): Observer | null {
  if (declaration.type !== 'ImportDeclaration' || clause.type === 'ImportNamespaceSpecifier') return null;
  const module = file.project.importedModule(file.path, declaration.source.value);
  if (module.is !== 'file') return null;
  const name = clause.type === 'ImportDefaultSpecifier' ? 'default' : clause.imported.type === 'Identifier' ? clause.imported.name : clause.imported.value;
  const found = findExport(module.file, name, module.file.project);
  if (found === null || found === 'unknown' || !('node' in found)) return null;
  const node = found.node.type === 'VariableDeclarator' ? found.node.init : found.node;
  return node == null ? null : observerOf(found.file, node, steps + 1);
}

/** `this.logger`: by the field's value, or the type it is declared with. */
function ofMember(file: SourceFile, node: TSESTree.MemberExpression, steps: number): Observer | null {
  if (unwrap(node.object).type !== 'ThisExpression') return null;
  const owner = enclosingClass(node);
  const name = memberName(node);
  for (const member of owner?.body.body ?? []) {
    if (member.type === 'PropertyDefinition' && staticName(member.key, member.computed) === name) {
      return (member.value == null ? null : observerOf(file, member.value, steps + 1)) ?? ofType(file, member.typeAnnotation);
    }
    if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') continue;
    for (const parameter of member.value.params) {
      const inner = parameter.type === 'TSParameterProperty' ? parameter.parameter : null;
      if (inner?.type === 'Identifier' && inner.name === name) return ofType(file, inner.typeAnnotation);
    }
  }
  return null;
}

function ofType(file: SourceFile, annotation: TSESTree.TSTypeAnnotation | null | undefined): Observer | null {
  const type = annotation?.typeAnnotation;
  if (type?.type !== 'TSTypeReference') return null;
  const name = type.typeName.type === 'TSQualifiedName' ? type.typeName.left : type.typeName;
  const variable = name.type === 'Identifier' ? file.bindings.variableOf(name) : null;
  const definition = variable === null || variable === 'global' ? undefined : variable.defs[0];
  const declaration = definition?.parent as Node | undefined;
  if ((definition?.type as string | undefined) !== 'ImportBinding' || declaration?.type !== 'ImportDeclaration') return null;
  const clause = definition!.node as TSESTree.ImportClause;
  const imported = type.typeName.type === 'TSQualifiedName' ? type.typeName.right.name : clause.type === 'ImportSpecifier' ? (clause.imported.type === 'Identifier' ? clause.imported.name : clause.imported.value) : 'default';
  const model = observerOfPackage(declaration.source.value);
  const shape = model === null ? undefined : Object.values(model.observers).find(({ types }) => types?.includes(imported) === true);
  return model === null || shape === undefined ? null : { model, shape };
}

function ofGlobal(name: string): Observer | null {
  for (const model of observerModels()) {
    const found = model.globals !== undefined && Object.hasOwn(model.globals, name) ? model.globals[name] : undefined;
    if (found?.is === 'observer') return shaped(model, found.observer);
  }
  return null;
}

/** The entry of a model for an export; `default` may be missing or superfluous. */
function exportOf(value: Value): { readonly model: ObserverModel; readonly found: ObserverExport } | null {
  if (value.kind !== 'export') return null;
  const model = observerOfPackage(value.package);
  if (model === null) return null;
  const bare = value.path[0] === 'default' ? value.path.slice(1) : value.path;
  for (const path of [value.path.join('.'), bare.join('.') || 'default', ['default', ...bare].join('.')]) {
    if (Object.hasOwn(model.exports, path)) return { model, found: model.exports[path]! };
  }
  return null;
}

function whole(listed: ReturnType<typeof exportOf>): Observer | null {
  return listed?.found.is === 'observer' ? shaped(listed.model, listed.found.observer) : null;
}

function shaped(model: ObserverModel, name: string): Observer | null {
  const shape = model.observers[name];
  return shape === undefined ? null : { model, shape };
}
