import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { childrenOf } from '../analysis/node-children.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, isFunction, staticName, unwrap } from '../analysis/syntax.js';
import { ASKS_ABOUT_FAILURE, CHOOSES_FAILURES, ERROR_CODES, NAMES_A_CONFLICT, NOTHING_DONE, TURNED_AWAY } from '../models/retry-names.js';

type Node = TSESTree.Node;

/** A piece of code that decides after which failures something is tried again. */
export interface Decider {
  readonly file: SourceFile;
  readonly node: Node;
  /** `handler`: its branches leave or stay; `options`: functions among the options of a retry; `test`: the condition to go on. */
  readonly as: 'handler' | 'options' | 'test';
}

/**
 * After which failures is something tried again?
 * - `any`: after those, too, of which nobody knows whether it was done: a timeout, a broken connection, a 500
 * - `nothing-done`: only after those that prove that nothing was done
 * - `unknown`: what decides was not read
 */
export type RetriedErrors = 'any' | 'nothing-done' | 'unknown';

export function retriedErrors(deciders: readonly Decider[]): RetriedErrors {
  const told: Told = { names: [], unread: false };
  for (const { file, node, as } of deciders) {
    if (as === 'handler') inHandler(file, node, told);
    else if (as === 'options') inOptions(file, node, told);
    else tell(file, node, told, 0);
  }
  if (told.names.length > 0 && told.names.every((name) => NOTHING_DONE.test(name))) return 'nothing-done';
  return told.unread && !told.names.some((name) => !NOTHING_DONE.test(name)) ? 'unknown' : 'any';
}

/** What the conditions name, and whether one of them was not read. */
interface Told {
  readonly names: string[];
  unread: boolean;
}

/** The conditions of a handler: `if (e.status !== 429) throw e` narrows, `if (e.status === 404) throw e` only takes away. */
function inHandler(file: SourceFile, root: Node, told: Told): void {
  each(root, (node) => {
    if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') return;
    const test = file.text.slice(node.test.range[0], node.test.range[1]);
    const leaves = node.type === 'IfStatement' && (givesUp(file, node.consequent));
    if (leaves && !/!(?!=\s*(?:null|undefined))|\bnot[A-Z]/.test(test)) return;
    tell(file, node.test, told, 0);
  });
}

/** Does a branch end in an error, an answer, the end of the loop, or the word of a library for giving up? */
function givesUp(file: SourceFile, branch: Node): boolean {
  const last = branch.type === 'BlockStatement' ? branch.body.at(-1) : branch;
  if (last === undefined) return false;
  if (/^(?:Throw|Return|Break)Statement$/.test(last.type)) return !(last.type === 'ReturnStatement' && last.argument !== null && isCallOfRetry(last.argument));
  return last.type === 'ExpressionStatement' && /^(?:bail|abort|reject)\b/.test(file.text.slice(last.range[0], last.range[0] + 12));
}

/** `return load(url, left - 1)` goes on. */
function isCallOfRetry(argument: Node): boolean {
  const inner = unwrap(argument);
  return inner.type === 'CallExpression' || inner.type === 'AwaitExpression';
}

/** `{ shouldRetry: (e) => e.status === 429 }`, `handleWhen((e) => …)`. */
function inOptions(file: SourceFile, root: Node, told: Told): void {
  each(root, (node) => {
    if (node.type === 'Property') {
      const name = staticName(node.key, node.computed);
      if (name !== null && CHOOSES_FAILURES.test(name) && node.value.type !== 'Literal') tell(file, node.value, told, 0);
    }
    if (node.type === 'CallExpression' && /handle(?:When|Type|Result)|orWhen|orType/.test(describe(node.callee))) for (const argument of node.arguments) tell(file, argument, told, 0);
  });
}

const MAX_DEPTH = 2;

/** The codes and words that a condition names, those of the project's functions and lists that it uses among them. */
function tell(file: SourceFile, condition: Node, told: Told, depth: number): void {
  const text = file.text.slice(condition.range[0], condition.range[1]);
  const own = [...text.matchAll(ERROR_CODES)].map(([name]) => name);
  told.names.push(...own);
  if (own.length === 0 && (TURNED_AWAY.test(text) || NAMES_A_CONFLICT.test(text))) told.names.push('429');
  if (/\btimeout|timed ?out|socket hang up|network|fetch failed|reset|AbortError/i.test(text) && own.length === 0) told.names.push('ETIMEDOUT');
  each(condition, (node) => {
    if (node.type === 'Identifier' && isFunctionName(node)) readNamed(file, node, told, depth);
    if (node.type === 'BinaryExpression' && node.operator === 'instanceof') told.unread ||= own.length === 0 && !TURNED_AWAY.test(describe(node.right));
  });
}

/** `isRetryable(error)`, `RETRYABLE.has(code)`: what it names in its own place. */
function readNamed(file: SourceFile, node: TSESTree.Identifier, told: Told, depth: number): void {
  const isCalled = isCallee(node);
  const asks = ASKS_ABOUT_FAILURE.test(node.name) || CHOOSES_FAILURES.test(node.name);
  if (!isCalled && !asks && !/^[A-Z][A-Z_\d]+$/.test(node.name)) return;
  const holder = node.parent?.type === 'MemberExpression' && node.parent.property === node ? node.parent : node;
  const values = presentAlternatives(evaluate(file, holder));
  let isRead = false;
  for (const value of values) {
    if (value.kind === 'function' && depth < MAX_DEPTH) {
      const before = told.names.length;
      tell(value.file, value.node.body ?? value.node, told, depth + 1);
      isRead = told.names.length > before;
    }
    if (value.kind === 'array') {
      isRead = true;
      for (const item of value.items) {
        const one = item();
        if (one.kind === 'literal') told.names.push(String(one.value));
      }
    }
    if (value.kind === 'literal' || (value.kind === 'builtin' && !isCalled)) isRead = true;
  }
  if (isRead) return;
  // `new Set([429, 503])` and other forms of a list: by the text of its declaration.
  const variable = file.bindings.variableOf(node);
  const declared = variable === null || variable === 'global' ? undefined : (variable.defs[0]?.node as Node | undefined);
  if (declared?.type === 'VariableDeclarator' && declared.init != null && !isFunction(unwrap(declared.init))) {
    const names = [...file.text.slice(declared.init.range[0], declared.init.range[1]).matchAll(ERROR_CODES)].map(([name]) => name);
    told.names.push(...names);
    if (names.length > 0) return;
  }
  // Counters are named so too; a function is asked.
  if (asks && (isCalled || values.some(({ kind }) => kind === 'function' || kind === 'parameter')) && !/attempt|count|max|delay|times/i.test(node.name)) told.unread = true;
}

/** `isRetryable(error)`, `this.isRetryable(error)`. */
function isCallee(node: TSESTree.Identifier): boolean {
  const callee = node.parent?.type === 'MemberExpression' && node.parent.property === node ? node.parent : node;
  return callee.parent?.type === 'CallExpression' && callee.parent.callee === callee;
}

/** A name that is called, handed on, or asked: not a key. */
function isFunctionName(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  return !(parent?.type === 'Property' && parent.key === node && !parent.shorthand);
}

function each(root: Node, visit: (node: Node) => void): void {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    visit(node);
    stack.push(...childrenOf(node));
  }
}
