import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import type { RetryRegion } from '../facts/retries.js';
import { isFree } from './add-import.js';
import type { Edit, Mend } from './edit.js';
import { insertBefore, prependStatement } from './statements.js';

const ATTEMPTS = 5;
const COUNTERS = ['attempts', 'tries', 'failures'] as const;
const DEADLINES = ['deadline', 'giveUpAt'] as const;

/**
 * Edits that end a loop: after some attempts, or at a deadline. Which of the two is meant, only a
 * person can tell. Both throw the last error, as the code around a loop without an end expects no
 * other way out.
 */
export function addRetryLimit(file: SourceFile, { kind, node, retry }: RetryRegion): readonly Mend[] {
  const { handler } = retry;
  if (kind !== 'loop' || handler?.type !== 'CatchClause') return [];
  const counter = COUNTERS.find((name) => isFree(file, name));
  const deadline = DEADLINES.find((name) => isFree(file, name));
  return [
    counter === undefined ? null : mendOf(file, node, handler, `let ${counter} = 0`, `++${counter} >= ${ATTEMPTS}`, `give up after ${ATTEMPTS} attempts`),
    deadline === undefined ? null : mendOf(file, node, handler, `const ${deadline} = Date.now() + 60_000`, `Date.now() >= ${deadline}`, 'give up after a minute'),
  ].filter((mend) => mend !== null);
}

function mendOf(file: SourceFile, loop: TSESTree.Node, handler: TSESTree.CatchClause, declaration: string, test: string, title: string): Mend | null {
  const declared = insertBefore(file, loop, declaration);
  const error = errorOf(file, handler);
  if (declared === null || error === null) return null;
  const stop = prependStatement(file, handler.body, `if (${test}) throw ${error.name}`);
  return { edits: [declared, ...error.edits, stop], title, safety: 'behaviour' };
}

/** The name of the caught error; `catch {` is given one. */
function errorOf(file: SourceFile, { param, range, body }: TSESTree.CatchClause): { readonly name: string; readonly edits: readonly Edit[] } | null {
  if (param?.type === 'Identifier') return { name: param.name, edits: [] };
  if (param != null || !isFree(file, 'error')) return null;
  const at = range[0] + 'catch'.length;
  return file.text.slice(at, body.range[0]).trim() === '' ? { name: 'error', edits: [{ range: [at, at], text: ' (error)' }] } : null;
}
