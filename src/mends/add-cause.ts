import type { TSESTree } from '@typescript-eslint/types';
import { isInside } from '../analysis/summarize-body.js';
import { isFunction } from '../analysis/syntax.js';
import type { DroppedCause } from '../facts/dropped-causes.js';
import type { ErrorHandler } from '../facts/error-handlers.js';
import type { Edit, Mend } from './edit.js';
import { insertArgument, writeArgument } from './write-options.js';

/**
 * Hands the first error to the new one, where its class takes it; names it where the handler has not.
 * @returns `null` where the class takes none, or the place where it goes cannot be written
 */
export function addCause(dropped: DroppedCause): Mend | null {
  const { file, handler, made, takes } = dropped;
  if (takes.is === 'none') return null;
  const name = handler.error?.name ?? freeName(handler);
  const bound = bind(handler, name);
  if (bound === null || isShadowed(handler, name)) return null;
  const options = { at: [takes.at] } as const;
  const edits = takes.is === 'argument' ? insertArgument(file, made, options, name) : writeArgument(file, made, options, [{ path: [takes.key], text: name, role: 'main' }]);
  if (edits === null || edits.length === 0) return null;
  const what = takes.is === 'argument' ? name : `{ ${takes.key}: ${name} }`;
  return { edits: [...bound, ...edits].sort((a, b) => a.range[0] - b.range[0]), title: `add \`${what}\``, safety: 'safe' };
}

const NAMES = ['error', 'err', 'caught', 'thrown', 'caughtError'];

/** A name that stands nowhere in the handler. */
function freeName({ file, body }: ErrorHandler): string {
  const used = new Set(file.text.slice(...body!.range).match(/[\w$]+/g) ?? []);
  for (let number = 2; ; number++) {
    const free = NAMES.find((name) => !used.has(name)) ?? `error${number}`;
    if (!used.has(free)) return free;
  }
}

/** Gives the handler its parameter where it has none. */
function bind(handler: ErrorHandler, name: string): readonly Edit[] | null {
  const { file, node, error } = handler;
  if (error !== null) return [];
  if (handler.channel === 'catch') {
    const at = (node as TSESTree.CatchClause).body.range[0];
    return [{ range: [at, at], text: `(${name}) ` }];
  }
  if (!isFunction(node) || node.params.length > 0) return null;
  const open = file.text.indexOf('(', node.range[0]);
  return [{ range: [open + 1, open + 1], text: name }];
}

/** Does something inside the handler have the same name? */
function isShadowed({ file, error, body }: ErrorHandler, name: string): boolean {
  return file.scopes.scopes.some((scope) => scope.variables.some((variable) => variable.name === name && variable.defs.length > 0 && variable.defs.every((definition) => definition.name !== error && isInside(definition.name as TSESTree.Node, body!))));
}
