import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { keepsItsPace } from '../analysis/summarize-pace.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside, ownNodes } from '../analysis/summarize-body.js';
import { countersOf, mentions, type Loop } from '../analysis/summarize-loop.js';
import { builtinName, isTimeout } from '../analysis/summarize-names.js';
import type { Retry } from '../analysis/summarize-retries.js';
import { waits } from '../analysis/summarize-sleeps.js';
import { isFunction, rootOf, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { writesOf } from '../analysis/writes.js';
import { RANDOM } from '../models/retry-names.js';

type Node = TSESTree.Node;
type Known = 'yes' | 'no' | 'unknown';

/** How long it waits between the attempts. */
export interface Delay {
  readonly is: 'none' | 'present' | 'unknown';
  /** Is the wait longer after each failure? `no` is proved. */
  readonly growth: Known;
  /** Has it a random part? `no` is proved. */
  readonly jitter: Known;
  /** The fixed wait, ms, where it is one number. */
  readonly ms: number | null;
  /** Does it come in with the arguments of the function? */
  readonly byCaller: boolean;
}

const UNKNOWN: Pick<Delay, 'growth' | 'jitter' | 'ms' | 'byCaller'> = { growth: 'unknown', jitter: 'unknown', ms: null, byCaller: false };
const MAX_LEVEL = 12;
const MAX_HELPERS = 3;

/** What is known of the wait between the attempts of a retry. */
export function delayBetween(file: SourceFile, fn: FunctionNode, retry: Retry): Delay {
  if (retry.delayed === 'no') return { is: 'none', ...UNKNOWN };
  const lengths = retry.pauses.map((pause) => delayLength(file, pause));
  const region: Region = { byCaller: false, fn, retry, counters: retry.node.type === 'CallExpression' ? [] : countersOf(file, retry.node as Loop) };
  if (retry.delayed === 'unknown') {
    const counters = retry.node.type === 'CallExpression' ? steppedBy(file, fn, retry.node) : region.counters;
    const isSteady = retry.unread.every((awaited) => keepsItsPace(file, awaited, counters)) && lengths.every((length) => length !== null && judge(file, region, length, 0).growth === 'no');
    return { is: 'unknown', ...UNKNOWN, growth: isSteady ? 'no' : 'unknown' };
  }
  if (lengths.length === 0 || lengths.some((length) => length === null)) return { is: 'present', ...UNKNOWN };
  const judged = lengths.map((length) => judge(file, region, length!, 0));
  const randomSleep = retry.pauses.some((pause) => sleeperIsRandom(file, pause));
  const first = evaluate(file, lengths[0]!);
  return {
    is: 'present',
    growth: all(judged.map((one) => one.growth)),
    jitter: randomSleep ? 'yes' : all(judged.map((one) => one.jitter)),
    ms: lengths.length === 1 && first.kind === 'literal' && typeof first.value === 'number' ? first.value : null,
    byCaller: region.byCaller,
  };
}

/** The parameters that a function hands on to itself as something else than they are. */
function steppedBy(file: SourceFile, fn: FunctionNode, call: TSESTree.CallExpression): readonly Variable[] {
  return fn.params.flatMap((parameter, index) => {
    const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const variable = name.type === 'Identifier' ? file.bindings.variableOf(name) : null;
    const argument = call.arguments[index];
    return variable !== null && variable !== 'global' && argument !== undefined && unwrap(argument).type !== 'Identifier' ? [variable] : [];
  });
}

interface Region {
  /** Set where the length of a wait leads to a parameter. */
  byCaller: boolean;
  readonly fn: FunctionNode;
  readonly retry: Retry;
  readonly counters: readonly Variable[];
}

type Judgement = Pick<Delay, 'growth' | 'jitter'>;

const FIXED: Judgement = { growth: 'no', jitter: 'no' };
const OPAQUE: Judgement = { growth: 'unknown', jitter: 'unknown' };

/** `yes` where one says so. */
function any(answers: readonly Known[]): Known {
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

/** Of several waits: `no` only where none has it. */
const all = any;

const joined = (parts: readonly Judgement[]): Judgement => ({ growth: any(parts.map((part) => part.growth)), jitter: any(parts.map((part) => part.jitter)) });

/** The expression that says how long a pause is; `null` where none does. */
export function delayLength(file: SourceFile, pause: Node, depth = 0): Node | null {
  const inner = unwrap(pause);
  if (inner.type === 'CallExpression') {
    if (isTimeout(evaluate(file, inner.callee)) && isFunction(inner.arguments[0])) return inner.arguments[1] ?? null;
    const value = evaluate(file, inner.callee);
    if (value.kind === 'function') return lengthOfHelper(file, inner, value.file, value.node, depth);
    const [first] = inner.arguments;
    return first === undefined || first.type === 'SpreadElement' || isFunction(unwrap(first)) ? null : first;
  }
  if (inner.type !== 'NewExpression' || inner.arguments[0] === undefined) return null;
  return timerIn(file, inner.arguments[0]);
}

/** What a call hands to the timer of a helper: `wait(url, ms)`; of `pause()`, what the helper of this file says by itself. */
function lengthOfHelper(file: SourceFile, call: TSESTree.CallExpression, home: SourceFile, fn: FunctionNode, depth: number): Node | null {
  const length = timerIn(home, fn) ?? lengthFurtherIn(home, fn, depth);
  if (length === null) return call.arguments.length === 1 && call.arguments[0]!.type !== 'SpreadElement' ? call.arguments[0]! : null;
  const handed = fn.params.flatMap((parameter, index) => {
    const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const variable = name.type === 'Identifier' ? home.bindings.variableOf(name) : null;
    return variable !== null && variable !== 'global' && mentions(length, variable) ? [call.arguments[index] ?? length] : [];
  });
  if (handed.length === 0) return home === file ? length : null;
  const [argument] = handed;
  if (handed.length > 1 || argument === undefined || argument.type === 'SpreadElement') return null;
  return argument === length && home !== file ? null : argument;
}

/** Of a helper that has another one wait. */
function lengthFurtherIn(file: SourceFile, fn: FunctionNode, depth: number): Node | null {
  if (depth >= MAX_HELPERS) return null;
  for (const awaited of ownNodes(file, fn, 'AwaitExpression')) {
    if (waits(file, awaited.argument).is === 'yes') return delayLength(file, awaited.argument, depth + 1);
  }
  return null;
}

/** How long the first timer inside a node takes. */
function timerIn(file: SourceFile, node: Node): Node | null {
  const timer = file.index.calls.find((call) => call.type === 'CallExpression' && isInside(call, node) && isTimeout(evaluate(file, call.callee)));
  return timer?.arguments[1] ?? null;
}

/** A helper that adds chance by itself: `sleepWithJitter(ms)`. What cannot be read may too. */
function sleeperIsRandom(file: SourceFile, pause: Node): boolean {
  const inner = unwrap(pause);
  if (inner.type !== 'CallExpression') return false;
  return presentAlternatives(evaluate(file, inner.callee)).some((callee) => {
    if (callee.kind === 'function') return RANDOM.test(callee.file.text.slice(callee.node.range[0], callee.node.range[1]));
    return callee.kind === 'unknown' || callee.kind === 'parameter' || RANDOM.test(file.text.slice(inner.callee.range[0], inner.callee.range[1]));
  });
}

function judge(file: SourceFile, region: Region, expression: Node, level: number): Judgement {
  if (level > MAX_LEVEL) return OPAQUE;
  const node = unwrap(expression);
  const next = (part: Node): Judgement => judge(file, region, part, level + 1);
  switch (node.type) {
    case 'Literal':
      return FIXED;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return joined([next(node.left), next(node.right)]);
    case 'UnaryExpression':
      return next(node.argument);
    case 'UpdateExpression':
      return { growth: 'yes', jitter: 'no' };
    case 'AssignmentExpression':
      return node.operator === '=' ? next(node.right) : { growth: 'yes', jitter: next(node.right).jitter };
    case 'ConditionalExpression':
      return joined([next(node.consequent), next(node.alternate)]);
    case 'Identifier':
      return judgeVariable(file, region, node, level);
    case 'MemberExpression':
      return judgeMember(file, region, node, level);
    case 'CallExpression':
      return judgeCall(file, region, node, level);
    default:
      return OPAQUE;
  }
}

function judgeVariable(file: SourceFile, region: Region, node: TSESTree.Identifier, level: number): Judgement {
  const variable = file.bindings.variableOf(node);
  if (variable === null) return OPAQUE;
  if (variable === 'global') return node.name === 'Infinity' || node.name === 'undefined' ? FIXED : OPAQUE;
  if (region.counters.includes(variable)) return { growth: 'yes', jitter: 'no' };
  const { node: around } = region.retry;
  const isLoop = around.type !== 'CallExpression';
  return joined(
    writesOf(file, variable).map((write): Judgement => {
      // What another function writes may change each time that it is called.
      if ((write.kind === 'compound' || write.kind === 'assignment') && !isInside(write.target, region.fn)) return OPAQUE;
      const inRound = isLoop ? isInside(write.target, around) : isInside(write.target, region.fn);
      switch (write.kind) {
        case 'loop':
          return { growth: 'yes', jitter: 'unknown' };
        case 'compound':
          return inRound ? { growth: 'yes', jitter: write.node.type === 'AssignmentExpression' ? judge(file, region, write.node.right, level + 1).jitter : 'no' } : FIXED;
        case 'declaration':
        case 'assignment': {
          if (write.value === null || write.path.length > 0) return write.value === null ? OPAQUE : judgeRead(file, region, write.value);
          const value = judge(file, region, write.value, level + 1);
          return write.kind === 'assignment' && inRound && mentions(write.value, variable) ? { growth: 'yes', jitter: value.jitter } : value;
        }
        case 'parameter':
          return judgeParameter(file, region, write.node, variable);
        case 'import': {
          const value = evaluate(file, node);
          return value.kind === 'literal' ? FIXED : OPAQUE;
        }
        default:
          return OPAQUE;
      }
    }),
  );
}

/** A parameter stays what it is for all rounds of a loop; a function that calls itself may hand on another. */
function judgeParameter(file: SourceFile, region: Region, owner: Node, variable: Variable): Judgement {
  const { node } = region.retry;
  if (node.type !== 'CallExpression') {
    if (owner === region.fn) region.byCaller = true;
    return isFunction(owner) && isInside(node, owner) ? FIXED : OPAQUE;
  }
  if (owner !== region.fn) return OPAQUE;
  const changed = node.arguments.some((argument) => mentions(argument, variable) && unwrap(argument).type !== 'Identifier');
  return changed ? { growth: 'yes', jitter: RANDOM.test(file.text.slice(node.range[0], node.range[1])) ? 'yes' : 'no' } : FIXED;
}

/** `delays[attempt]` grows with the attempts; `this.options.delayMs` stays; what a reply says is the server's choice. */
function judgeMember(file: SourceFile, region: Region, node: TSESTree.MemberExpression, level: number): Judgement {
  if (node.computed) {
    const key = judge(file, region, node.property, level + 1);
    if (key.growth === 'yes') return { growth: 'yes', jitter: evaluate(file, node.object).kind === 'array' ? 'no' : 'unknown' };
  }
  return judgeRead(file, region, node);
}

function judgeRead(file: SourceFile, region: Region, expression: Node): Judgement {
  const root = rootOf(expression);
  if (root.type === 'ThisExpression') return FIXED;
  if (root.type !== 'Identifier') return OPAQUE;
  const variable = file.bindings.variableOf(root);
  if (variable === null || variable === 'global') return root.name === 'process' ? FIXED : OPAQUE;
  const { node } = region.retry;
  const around = node.type === 'CallExpression' ? region.fn.body! : node;
  if (variable.defs.some((definition) => definition.type === 'Parameter' && definition.node === region.fn)) region.byCaller = true;
  return writesOf(file, variable).some((write) => isInside(write.target, around)) ? OPAQUE : FIXED;
}

function judgeCall(file: SourceFile, region: Region, call: TSESTree.CallExpression, level: number): Judgement {
  const callee = evaluate(file, call.callee);
  const name = builtinName(callee);
  const parts = joined(call.arguments.map((argument) => judge(file, region, argument, level + 1)));
  // A source of chance that can be replaced, for tests: `options.random ?? Math.random`.
  if (presentAlternatives(callee).some((one) => /random/i.test(builtinName(one) ?? ''))) return { growth: 'no', jitter: 'yes' };
  if (name !== null && /^(?:Math\.\w+|Number|parseInt|parseFloat)$/.test(name)) return parts;
  if (callee.kind === 'function') {
    const isRandom = RANDOM.test(callee.file.text.slice(callee.node.range[0], callee.node.range[1]));
    return { growth: parts.growth === 'yes' ? 'yes' : 'unknown', jitter: isRandom ? 'yes' : 'unknown' };
  }
  return { growth: parts.growth === 'yes' ? 'yes' : 'unknown', jitter: 'unknown' };
}
