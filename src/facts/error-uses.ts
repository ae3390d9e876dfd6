import type { TSESTree } from '@typescript-eslint/types';
import { isInside } from '../analysis/summarize-body.js';
import type { ErrorHandler } from './error-handlers.js';

/** Where a handler reads its error. */
export function ownErrorUses(handler: ErrorHandler): readonly TSESTree.Node[] {
  const { error, file, body } = handler;
  if (error === null || body === null) return [];
  const variable = file.bindings.variableOf(error);
  if (variable === null || variable === 'global') return [];
  return variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as TSESTree.Node).filter((node) => isInside(node, body));
}
