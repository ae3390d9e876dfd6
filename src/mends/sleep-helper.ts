import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { isFunction } from '../analysis/syntax.js';
import type { SourceFile } from '../analysis/source-file.js';
import { summarize } from '../analysis/summarize.js';
import { SLEEP_EXPORTS } from '../models/builtins.js';
import { isListedExport } from '../analysis/summarize-names.js';
import type { Value } from '../analysis/value.js';
import { addImport, isFree } from './add-import.js';
import type { Edit } from './edit.js';

type Node = TSESTree.Node;

/** A function that waits for a number of milliseconds, as the file can call it. */
export interface Sleeper {
  readonly name: string;
  /** The import that it needs; empty where the file has it. */
  readonly edits: readonly Edit[];
}

const NAMES = ['sleep', 'delay', 'pause', 'wait'] as const;

/** A helper of the file's top level that sleeps, else `setTimeout` of `node:timers/promises` under a name that is free. */
export function sleeperOf(file: SourceFile): Sleeper | null {
  for (const name of NAMES) {
    const variable = topLevel(file, name);
    const definition = variable?.defs[0];
    if (definition === undefined) continue;
    const value = evaluate(file, definition.name as Node);
    // A helper that is imported and was not read is known by its name, as where it is called.
    const isTrusted = value.kind === 'unknown' && (definition.type as string) === 'ImportBinding';
    if (isTrusted || takesMilliseconds(value)) return { name, edits: [] };
  }
  const name = NAMES.find((one) => isFree(file, one));
  if (name === undefined) return null;
  const edits = addImport(file, { from: 'node:timers/promises', name: 'setTimeout', as: name });
  return edits === null ? null : { name, edits };
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
