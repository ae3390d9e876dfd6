import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from './evaluate.js';
import type { SourceFile } from './source-file.js';
import { nodesInside } from './sorted-nodes.js';
import { enclosingClass, memberName, staticName, unwrap } from './syntax.js';
import { unwrapAwaited } from './awaited.js';

type Node = TSESTree.Node;

/** Something of a package, by the steps that lead to it from its exports; one that is called ends in `()`. */
export interface ExportSteps {
  readonly package: string;
  readonly steps: readonly string[];
}

const MAX_DEPTH = 8;

/**
 * By which steps an expression comes from the exports of a package that no client model knows:
 * `mutex.acquire` is `Mutex()`, `acquire` of async-mutex. `null` where it does not, or nothing tells.
 * @param typeSteps the steps that a type name of a package stands for; `null` for a type that means nothing
 */
export function exportSteps(file: SourceFile, node: Node, typeSteps: (packageName: string, type: string) => string | null, depth = 0): ExportSteps | null {
  if (depth > MAX_DEPTH) return null;
  const inner = unwrapAwaited(node);
  switch (inner.type) {
    case 'CallExpression':
    case 'NewExpression':
      return inner.callee.type === 'Super' ? null : called(below(inner.callee));
    case 'MemberExpression': {
      const name = memberName(inner);
      const owner = name === null ? null : below(inner.object);
      if (owner !== null) return { ...owner, steps: [...owner.steps, name!] };
      return unwrap(inner.object).type === 'ThisExpression' ? ofField(inner, name) : null;
    }
    case 'Identifier':
      return ofIdentifier(inner);
    default:
      return null;
  }

  function below(next: Node): ExportSteps | null {
    return exportSteps(file, next, typeSteps, depth + 1);
  }

  function ofIdentifier(identifier: TSESTree.Identifier): ExportSteps | null {
    const variable = file.bindings.variableOf(identifier);
    const definition = variable === null || variable === 'global' ? undefined : variable.defs[0];
    if (variable === null || variable === 'global' || definition === undefined || variable.defs.length > 1) return exported(identifier);
    switch (definition.type as string) {
      case 'Variable': {
        const declarator = definition.node as TSESTree.VariableDeclarator;
        if (declarator.id.type !== 'Identifier') return exported(identifier);
        const made = declarator.init == null || declarator.parent.kind !== 'const' ? null : below(declarator.init);
        return made ?? ofType(declarator.id.typeAnnotation) ?? exported(identifier);
      }
      case 'Parameter':
        return ofType((definition.name as TSESTree.Identifier).typeAnnotation);
      default:
        return exported(identifier);
    }
  }

  function exported(identifier: Node): ExportSteps | null {
    const value = evaluate(file, identifier);
    return value.kind === 'export' ? { package: value.package, steps: value.path } : null;
  }

  /** `this.mutex`: by what the field is made with, or the type it is declared with. */
  function ofField(member: TSESTree.MemberExpression, name: string | null): ExportSteps | null {
    const owner = enclosingClass(member);
    for (const one of owner?.body.body ?? []) {
      if (one.type === 'PropertyDefinition' && staticName(one.key, one.computed) === name) {
        const declared = (one.value == null ? null : below(one.value)) ?? ofType(one.typeAnnotation);
        if (declared !== null) return declared;
      }
      if (one.type !== 'MethodDefinition' || one.kind !== 'constructor') continue;
      const written = nodesInside(file.index.assignments, one).find((node) => node.type === 'AssignmentExpression' && node.operator === '=' && isField(node.left, name));
      const made = written?.type === 'AssignmentExpression' ? below(written.right) : null;
      if (made !== null) return made;
      for (const parameter of one.value.params) {
        const own = parameter.type === 'TSParameterProperty' ? parameter.parameter : null;
        if (own?.type === 'Identifier' && own.name === name) return ofType(own.typeAnnotation);
      }
    }
    return null;
  }

  function ofType(annotation: TSESTree.TSTypeAnnotation | null | undefined): ExportSteps | null {
    const type = annotation?.typeAnnotation;
    if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return null;
    const variable = file.bindings.variableOf(type.typeName);
    const definition = variable === null || variable === 'global' ? undefined : variable.defs[0];
    const declaration = definition?.parent as Node | undefined;
    if ((definition?.type as string | undefined) !== 'ImportBinding' || declaration?.type !== 'ImportDeclaration') return null;
    const clause = definition!.node as TSESTree.ImportClause;
    const name = clause.type === 'ImportSpecifier' ? (clause.imported.type === 'Identifier' ? clause.imported.name : clause.imported.value) : 'default';
    const steps = typeSteps(declaration.source.value, name);
    return steps === null ? null : { package: declaration.source.value, steps: steps.split('.') };
  }
}

function isField(target: Node, name: string | null): boolean {
  return target.type === 'MemberExpression' && unwrap(target.object).type === 'ThisExpression' && memberName(target) === name;
}

function called(callee: ExportSteps | null): ExportSteps | null {
  const last = callee?.steps.at(-1);
  // A module that is called or constructed is its default export.
  if (callee === null || last === undefined) return callee === null ? null : { ...callee, steps: ['default()'] };
  return { ...callee, steps: [...callee.steps.slice(0, -1), `${last}()`] };
}
