import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { childrenOf } from '../analysis/node-children.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { unwrap } from '../analysis/syntax.js';
import { writesOf } from '../analysis/writes.js';
import { counterOfCalls } from '../facts/retry-counter.js';
import { delayLength } from '../facts/retry-delays.js';
import type { RetryRegion } from '../facts/retries.js';
import type { Edit } from './edit.js';
import { numberText } from './number-text.js';
import { fullJitter, type RetryNumbers } from './retry-numbers.js';

type Node = TSESTree.Node;

/** Why a delay that is there cannot be changed. */
export type UnchangedDelay = 'several-waits' | 'delay-elsewhere' | 'delay-above-cap' | 'delay-unknown';

/** The expression that says how long a region waits, where it may be edited. */
export interface DelayText {
  /** What is replaced: the expression, or what the constant is made of that it names. */
  readonly node: Node;
  /** Somebody else reads it, too: a line in a log. */
  readonly isTold: boolean;
}

/** The one place that says how long a region waits. */
export function delayText(file: SourceFile, { retry, node, fn, kind }: RetryRegion): DelayText | UnchangedDelay {
  if (retry.pauses.length !== 1) return 'several-waits';
  const length = delayLength(file, retry.pauses[0]!);
  const around: Node = kind === 'loop' ? node : fn;
  if (length === null || !isInside(length, around)) return 'delay-elsewhere';
  const inner = unwrap(length);
  const variable = inner.type === 'Identifier' ? file.bindings.variableOf(inner) : null;
  if (variable === null || variable === 'global') return { node: length, isTold: false };
  const [write, ...more] = writesOf(file, variable);
  // Made anew in each round: what is told of it elsewhere stays true when it is changed where it is made.
  if (more.length > 0 || write?.kind !== 'declaration' || write.value === null || write.path.length > 0 || !isInside(write.value, around)) return { node: length, isTold: false };
  return { node: write.value, isTold: variable.references.filter((reference) => reference.isRead()).length > 1 };
}

/** A delay that stays the same: it becomes the longest first wait, and doubles from there. */
export function growing(file: SourceFile, { node, isTold }: DelayText, exponent: string, { cap }: RetryNumbers): Edit | UnchangedDelay {
  const value = evaluate(file, node);
  const inner = unwrap(node);
  const isKnown = value.kind === 'literal' && typeof value.value === 'number';
  if (isKnown && (value.value as number) >= cap) return 'delay-above-cap';
  if (!isKnown && inner.type !== 'Identifier' && inner.type !== 'MemberExpression') return 'delay-unknown';
  const text = file.text.slice(...node.range);
  const base = operand(node, text);
  // A number that others choose is never cut down.
  const longest = isKnown ? numberText(cap) : `Math.max(${numberText(cap)}, ${text})`;
  return { range: node.range, text: whole(fullJitter(longest, base, exponent), isTold) };
}

/** A delay that grows: it becomes the longest wait, with a limit where nothing limits it. */
export function jittered(file: SourceFile, { node, isTold }: DelayText, region: RetryRegion, { cap }: RetryNumbers): Edit {
  const text = file.text.slice(...node.range);
  const capped = isCapped(file, node, region, cap) ? operand(node, text) : `Math.min(${numberText(cap)}, ${text})`;
  return { range: node.range, text: whole(`Math.random() * ${capped}`, isTold) };
}

/** Whole numbers, where people read them. */
const whole = (text: string, isTold: boolean): string => (isTold ? `Math.round(${text})` : text);

function operand(node: Node, text: string): string {
  const inner = unwrap(node);
  return node === inner && (inner.type === 'Literal' || inner.type === 'Identifier' || inner.type === 'MemberExpression' || inner.type === 'CallExpression') ? text : `(${text})`;
}

const MAX_DEPTH = 4;

/** Is there a limit already, or a number in it that somebody else chooses, or that is longer than the limit to set? */
function isCapped(file: SourceFile, expression: Node, region: RetryRegion, cap: number, depth = 0): boolean {
  if (depth > MAX_DEPTH) return true;
  const stack: Node[] = [expression];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'Literal' && typeof node.value === 'number' && node.value >= cap) return true;
    if (node.type === 'ConditionalExpression' || node.type === 'MemberExpression') {
      // `Math.pow` alone is no limit; a list, a field or a choice is.
      if (node.type === 'ConditionalExpression' || !isMathPower(node)) return true;
      continue;
    }
    if (node.type === 'Identifier') {
      const variable = file.bindings.variableOf(node);
      if (variable !== null && variable !== 'global' && isVariableCapped(file, variable, region, cap, depth)) return true;
    }
    stack.push(...childrenOf(node));
  }
  return false;
}

function isMathPower(node: TSESTree.MemberExpression): boolean {
  return node.object.type === 'Identifier' && node.object.name === 'Math' && node.property.type === 'Identifier' && /^(?:pow|round|floor|ceil|exp|max)$/.test(node.property.name);
}

function isVariableCapped(file: SourceFile, variable: Variable, region: RetryRegion, cap: number, depth: number): boolean {
  return writesOf(file, variable).some((write) => {
    switch (write.kind) {
      case 'declaration':
      case 'assignment':
        return write.value === null || write.path.length > 0 || isCapped(file, write.value, region, cap, depth + 1);
      case 'compound':
        return false;
      case 'parameter':
        return region.kind === 'loop' || counterOfCalls(file, region.fn, region.node as TSESTree.CallExpression)?.variable !== variable;
      default: {
        const value = evaluate(file, write.target);
        return value.kind !== 'literal' || typeof value.value !== 'number' || value.value >= cap;
      }
    }
  });
}
