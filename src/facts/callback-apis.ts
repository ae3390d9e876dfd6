import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingClass, memberName, rootOf, staticName, unwrap } from '../analysis/syntax.js';

type Node = TSESTree.Node;

/**
 * Is a callee a function of a module that answers by callbacks, by what is imported from it or annotated
 * with a type of it: `channel.assertQueue` of `channel: amqp.Channel`?
 */
export function isOfCallbackApi(file: SourceFile, callee: Node): boolean {
  const inner = unwrap(callee);
  const root = rootOf(inner);
  if (root.type === 'ThisExpression') {
    const field = fieldOf(inner);
    return field !== null && typeIsOfCallbackApi(file, field);
  }
  if (root.type !== 'Identifier') return false;
  const variable = file.bindings.variableOf(root);
  if (variable === null || variable === 'global') return false;
  if (variable.defs.some((definition) => isOfCallbackModule(file, definition.parent as Node | null | undefined))) return true;
  return variable.identifiers.some((identifier) => {
    const annotation = (identifier as TSESTree.Identifier).typeAnnotation;
    return annotation != null && typeIsOfCallbackApi(file, annotation.typeAnnotation);
  });
}

/** The annotated type of the field of `this.field.method`. */
function fieldOf(callee: Node): Node | null {
  let member = callee;
  while (member.type === 'MemberExpression' && unwrap(member.object).type !== 'ThisExpression') member = unwrap(member.object);
  const name = member.type === 'MemberExpression' ? memberName(member) : null;
  if (name === null) return null;
  for (const one of enclosingClass(callee)?.body.body ?? []) {
    if (one.type === 'PropertyDefinition' && staticName(one.key, one.computed) === name) return one.typeAnnotation?.typeAnnotation ?? null;
  }
  return null;
}

function typeIsOfCallbackApi(file: SourceFile, type: Node): boolean {
  if (type.type === 'TSUnionType') return type.types.some((member) => typeIsOfCallbackApi(file, member));
  if (type.type !== 'TSTypeReference') return false;
  const name = type.typeName.type === 'TSQualifiedName' ? type.typeName.left : type.typeName;
  if (name.type !== 'Identifier') return false;
  // Names in types are no references of the scope: the import of that name is the one that is meant.
  return file.program.body.some((statement) => statement.type === 'ImportDeclaration' && statement.specifiers.some((one) => one.local.name === name.name) && isOfCallbackModule(file, statement));
}

function isOfCallbackModule(file: SourceFile, declaration: Node | null | undefined): boolean {
  if (declaration?.type !== 'ImportDeclaration') return false;
  const specifier = declaration.source.value;
  const module = file.project.importedModule(file.path, specifier);
  return module.is === 'package' && file.project.models.clients(module.name).some((model) => model.callbackModules?.includes(specifier) === true);
}
