import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { isInside } from '../analysis/summarize-body.js';
import { isFunction } from '../analysis/syntax.js';
import type { SourceFile } from '../analysis/source-file.js';
import { summarize } from '../analysis/summarize.js';
import { SLEEP_EXPORTS } from '../models/builtins.js';
import { isListedExport } from '../analysis/summarize-names.js';
import type { Value } from '../analysis/value.js';
import { runtimeOf } from '../project/runtime.js';
import { addImport, isFree } from './add-import.js';
import type { Edit } from './edit.js';

type Node = TSESTree.Node;

/** How code at a place can wait for a number of milliseconds. */
export interface Sleeper {
  /** The promise of a wait of so long. */
  promise(ms: string): string;
  /** The import that it needs; empty where the file has it, or where none is needed. */
  readonly edits: readonly Edit[];
}

const NAMES = ['sleep', 'delay', 'pause', 'wait'] as const;

/**
 * A helper of the file's top level that sleeps, else `setTimeout` of `node:timers/promises` under a name
 * that is free; a timer by hand where nothing can be imported.
 * @param at where it is to be called
 */
export function sleeperOf(file: SourceFile, at: Node): Sleeper {
  const known = helperOf(file, at) ?? importedTimer(file, at);
  if (known !== null) return named(known, []);
  const name = NAMES.find((one) => isFree(file, one));
  const isNode = runtimeOf(file.path, file.text).runtime !== 'worker';
  const edits = name === undefined || !isNode ? null : addImport(file, { from: 'node:timers/promises', name: 'setTimeout', as: name });
  if (name !== undefined && edits !== null) return named(name, edits.map((edit) => ({ ...edit, shared: true })));
  return { promise: (ms) => `new Promise((resolve) => setTimeout(resolve, ${ms}))`, edits: [] };
}

const named = (name: string, edits: readonly Edit[]): Sleeper => ({ promise: (ms) => `${name}(${ms})`, edits });

function helperOf(file: SourceFile, at: Node): string | null {
  for (const name of NAMES) {
    const variable = topLevel(file, name);
    const definition = variable?.defs[0];
    if (definition === undefined || isHidden(file, name, at)) continue;
    const value = evaluate(file, definition.name as Node);
    // A helper that is imported and was not read is known by its name, as where it is called. A file that
    // was found and has no timer may hold a `delay` of another kind.
    const isTrusted = value.kind === 'unknown' && (definition.type as string) === 'ImportBinding' && (name === 'sleep' || value.reason.code !== 'opaque-call');
    if (isTrusted || takesMilliseconds(value)) return name;
  }
  return null;
}

/** The name by which the file has `setTimeout` of `timers/promises` already. */
function importedTimer(file: SourceFile, at: Node): string | null {
  for (const node of file.program.body) {
    if (node.type !== 'ImportDeclaration' || !/^(?:node:)?timers\/promises$/.test(node.source.value)) continue;
    for (const one of node.specifiers) {
      if (one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' && one.imported.name === 'setTimeout' && !isHidden(file, one.local.name, at)) return one.local.name;
    }
  }
  return null;
}

/** Does something between the top of the file and a place have the same name? */
function isHidden(file: SourceFile, name: string, at: Node): boolean {
  return file.scopes.scopes.some((scope) => scope.type !== 'module' && scope.type !== 'global' && (scope.set.get(name)?.defs.length ?? 0) > 0 && isInside(at, scope.block as Node));
}

/** A name of the module, or of a script's top level. */
function topLevel(file: SourceFile, name: string): Variable | undefined {
  return file.scopes.scopes.find((scope) => scope.type === 'module' && scope.set.has(name))?.set.get(name) ?? file.scopes.globalScope?.set.get(name);
}

function takesMilliseconds(value: Value): boolean {
  if (value.kind === 'function') {
    const [first, ...rest] = value.node.params;
    const isPlain = first?.type === 'Identifier' && rest.every((param) => param.type === 'AssignmentPattern' || (param.type === 'Identifier' && param.optional === true));
    return isPlain && isFunction(value.node) && !/sec/i.test((first as TSESTree.Identifier).name) && summarize(value.file, value.node).sleeps.is === 'yes';
  }
  return isListedExport(value, SLEEP_EXPORTS);
}
