import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import type { SourceFile } from '../analysis/source-file.js';
import { alternatives } from '../analysis/value.js';
import { runsOnlyOn } from '../facts/node-range.js';
import { KEEPS_JOINED_SIGNALS } from '../models/builtins.js';
import { isFree } from './add-import.js';
import type { Edit } from './edit.js';

type Node = TSESTree.Node;

/** A signal that fires with another one, or by time. */
export interface JoinedSignal {
  readonly text: string;
  /** The helper that it needs; empty where the platform or the file has it. */
  readonly edits: readonly Edit[];
}

const NAMES = ['bounded', 'boundedSignal', 'signalWithin'] as const;

/**
 * Joins a signal that only cancels with a limit.
 * @param ms the limit as it is written
 * @returns `null` where something else than a signal may be there: joining it would throw
 */
export function joinSignal(file: SourceFile, existing: Node, ms: string): JoinedSignal | null {
  if (!alternatives(evaluate(file, existing)).every((value) => value.kind === 'signal')) return null;
  const text = file.text.slice(...existing.range);
  if (runsOnlyOn(file, KEEPS_JOINED_SIGNALS)) return { text: `AbortSignal.any([${text}, AbortSignal.timeout(${ms})])`, edits: [] };
  for (const name of NAMES) {
    const helper = helperText(file, name);
    if (file.text.includes(helper)) return { text: `${name}(${ms}, ${text})`, edits: [] };
    if (!isFree(file, name)) continue;
    const end = file.text.length;
    return { text: `${name}(${ms}, ${text})`, edits: [{ range: [end, end], text: `${file.text.endsWith('\n') ? '' : '\n'}\n${helper}\n`, shared: true }] };
  }
  return null;
}

/** The signals hold on to each other by their listeners, so none can be collected before one has fired. */
function helperText(file: SourceFile, name: string): string {
  const isTyped = /\.[cm]?tsx?$/.test(file.path);
  const [end, indent] = [file.text.includes(';') ? ';' : '', /^\t/m.test(file.text) ? '\t' : /^ {4}\S/m.test(file.text) && !/^ {2}\S/m.test(file.text) ? '    ' : '  '];
  return [
    '/** A signal that fires after some milliseconds, or with its parent. `AbortSignal.any` loses such a pair to the garbage collector before Node 22.16. */',
    isTyped ? `function ${name}(ms: number, parent: AbortSignal): AbortSignal {` : `function ${name}(ms, parent) {`,
    `${indent}const controller = new AbortController()${end}`,
    `${indent}const timeout = AbortSignal.timeout(ms)${end}`,
    `${indent}const stop = () => {`,
    `${indent}${indent}parent.removeEventListener('abort', stop)${end}`,
    `${indent}${indent}controller.abort(parent.aborted ? parent.reason : timeout.reason)${end}`,
    `${indent}}${end}`,
    `${indent}timeout.addEventListener('abort', stop, { once: true })${end}`,
    `${indent}if (parent.aborted) stop()${end}`,
    `${indent}else parent.addEventListener('abort', stop, { once: true })${end}`,
    `${indent}return controller.signal${end}`,
    '}',
  ].join(file.text.includes('\r\n') ? '\r\n' : '\n');
}
