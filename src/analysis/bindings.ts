import type { Reference, ScopeManager, Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';

/** Which variable an identifier means. */
export interface Bindings {
  /**
   * The variable of an identifier in expression or declaration position.
   * - a `Variable`: declared in this file
   * - `'global'`: declared nowhere in this file
   * - `null`: not a reference (a property name, a label)
   */
  variableOf(identifier: TSESTree.Node): Variable | 'global' | null;
  /** All references to a variable, in source order. */
  referencesOf(variable: Variable): readonly Reference[];
  /** Global references by name (undeclared in this file). */
  globalReferences(name: string): readonly Reference[];
}

/** Builds the tables in one pass over the scopes. */
export function createBindings(scopes: ScopeManager): Bindings {
  const byIdentifier = new Map<unknown, Variable | 'global'>();
  const globals = new Map<string, Reference[]>();
  for (const scope of scopes.scopes) {
    for (const variable of scope.variables) {
      for (const identifier of variable.identifiers) byIdentifier.set(identifier, variable);
    }
    for (const reference of scope.references) {
      const variable = reference.resolved;
      // Hosts add library globals without a definition; those are globals of the run time, not of this file.
      if (variable == null || variable.defs.length === 0) {
        if (!byIdentifier.has(reference.identifier)) byIdentifier.set(reference.identifier, 'global');
        const name = reference.identifier.name as string;
        const list = globals.get(name);
        if (list === undefined) globals.set(name, [reference]);
        else list.push(reference);
      } else {
        byIdentifier.set(reference.identifier, variable);
      }
    }
  }
  return {
    variableOf: (identifier) => byIdentifier.get(identifier) ?? null,
    referencesOf: (variable) => variable.references,
    globalReferences: (name) => globals.get(name) ?? [],
  };
}
