import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { controlFlow, placesOf } from '../analysis/control-flow.js';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { childrenOf } from '../analysis/node-children.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside, ownNodes } from '../analysis/summarize-body.js';
import { isFreeRecursion, isFreeWay } from '../analysis/summarize-gates.js';
import { asksOnlyItsArguments } from '../analysis/summarize-purity.js';
import type { Retry } from '../analysis/summarize-retries.js';
import { enclosingFunction, isFunction, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { writesOf } from '../analysis/writes.js';

type Node = TSESTree.Node;

const MAX_DEPTH = 4;

/**
 * Can it go round for ever? There is a way from a failure to the next attempt on which no test asks for
 * anything but the error: no counter, no clock, no flag that somebody else may set.
 */
export function isEndless(file: SourceFile, fn: FunctionNode, retry: Retry): boolean {
  if (isStoppedElsewhere(file, fn, retry)) return false;
  const passes = (test: Node): boolean => isAboutFailure(file, retry, test);
  if (retry.node.type !== 'CallExpression') {
    const flow = controlFlow(file, fn);
    const from = retry.handler ?? retry.calls[0]?.parent;
    const again = retry.attempt ?? retry.calls[0]?.parent;
    if (from === undefined || again === undefined) return false;
    return isFreeWay(flow, placesOf(flow, from), new Set(placesOf(flow, again)), passes);
  }
  return isFreeRecursion(file, fn, { node: retry.node, handler: retry.handler, attempt: retry.attempt }, passes);
}

/** `catch (error) { await this.fail(); }`: a function of the project that counts and throws may end it. */
function isStoppedElsewhere(file: SourceFile, fn: FunctionNode, { node, attempt }: Retry): boolean {
  const around = node.type === 'CallExpression' ? fn : node;
  return file.index.calls.some((call) => {
    if (call.type !== 'CallExpression' || call === node || !isInside(call, around) || (attempt !== null && isInside(call, attempt.block))) return false;
    return presentAlternatives(evaluate(file, call.callee)).some((callee) => callee.kind === 'function' && callee.node !== fn && countsAndThrows(callee.file, callee.node));
  });
}

function countsAndThrows(file: SourceFile, fn: FunctionNode): boolean {
  return ownNodes(file, fn, 'ThrowStatement').length > 0 && file.index.assignments.some((write) => isInside(write, fn) && (write.type === 'UpdateExpression' || /^[+-]=/.test(write.operator)));
}

/** Does a test only look at the error or the reply, or at what success sets? */
function isAboutFailure(file: SourceFile, retry: Retry, test: Node, depth = 0): boolean {
  const inner = unwrap(test);
  if (inner.type === 'ForOfStatement' || inner.type === 'ForInStatement' || depth > MAX_DEPTH) return false;
  if (inner.type === 'SwitchCase') return true;
  // A field is not told by what its class gives it first.
  if ((inner.type === 'Identifier' || inner.type === 'Literal') && evaluate(file, inner).kind === 'literal') return true;
  if (inner.type === 'BinaryExpression' && [inner.left, inner.right].some((side) => isInfinity(file, side))) return true;
  const stack: Node[] = [inner];
  let sawFailure = false;
  // A test of names alone that keep their values lets every round pass, or none.
  let isFixed = true;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'UpdateExpression' || node.type === 'AssignmentExpression') return false;
    // Of what type something is that was handed in does not change from round to round.
    if (node.type === 'UnaryExpression' && node.operator === 'typeof') continue;
    if (node.type === 'ThisExpression') {
      // `this.isRetryable(error)` asks about the error.
      if (!isCalleeWithArguments(node)) return false;
      isFixed = false;
      continue;
    }
    if (node.type === 'Identifier') {
      const variable = file.bindings.variableOf(node);
      if (variable === null || variable === 'global') {
        if (node.name === 'Date' || node.name === 'performance') return false;
        continue;
      }
      if (isOfFailure(file, retry, variable, depth)) sawFailure = true;
      else if (!isConstant(variable)) {
        if (!keepsItsValue(file, retry, variable)) return false;
        continue;
      }
    }
    if (node.type === 'CallExpression' && asksOnlyItsArguments(file, node)) {
      stack.push(...node.arguments);
      continue;
    }
    if (node.type === 'MemberExpression' || node.type === 'CallExpression' || node.type === 'AwaitExpression' || node.type === 'NewExpression') isFixed = false;
    stack.push(...childrenOf(node).filter((child) => !(node.type === 'MemberExpression' && !node.computed && child === node.property)));
  }
  return sawFailure || isFixed;
}

function isInfinity(file: SourceFile, node: Node): boolean {
  const value = evaluate(file, node);
  return (value.kind === 'literal' && value.value === Infinity) || (value.kind === 'builtin' && value.path.at(-1) === 'Infinity');
}

/** A variable of the function that a loop in it never writes, or a parameter that a function hands on to itself. */
function keepsItsValue(file: SourceFile, { node }: Retry, variable: Variable): boolean {
  if (node.type === 'CallExpression') {
    return writesOf(file, variable).every((write) => {
      const position = write.kind === 'parameter' && isFunction(write.node) ? write.node.params.indexOf(write.target) : -1;
      const handed = position === -1 ? undefined : node.arguments[position];
      return handed?.type === 'Identifier' && file.bindings.variableOf(handed) === variable && isInside(node, write.node);
    });
  }
  const home: Node = enclosingFunction(node);
  return writesOf(file, variable).every((write) => {
    if (write.kind === 'parameter') return write.node === home;
    return (write.kind === 'declaration' || write.kind === 'assignment') && !isInside(write.target, node) && enclosingFunction(write.target) === home;
  });
}

function isCalleeWithArguments(node: Node): boolean {
  let current: Node = node;
  while (current.parent?.type === 'MemberExpression' && current.parent.object === current) current = current.parent;
  return current !== node && current.parent?.type === 'CallExpression' && current.parent.callee === current && current.parent.arguments.length > 0;
}

/** The error, the reply, something that is told from them alone, or a flag that only the attempt sets. */
function isOfFailure(file: SourceFile, retry: Retry, variable: Variable, depth: number): boolean {
  const { node, handler, attempt } = retry;
  const isWithin = (target: Node): boolean => isInside(target, node) || (handler !== null && isInside(target, handler));
  const writes = writesOf(file, variable);
  const inRound = writes.filter((write) => isWithin(write.target));
  return (
    writes.length > 0 &&
    (inRound.length > 0 || writes.some((write) => write.kind === 'parameter')) &&
    writes.every((write) => {
      switch (write.kind) {
        case 'catch':
          return true;
        case 'parameter':
          return handler !== null && isFunction(handler) && write.node === handler;
        case 'assignment':
        case 'declaration': {
          if (!isWithin(write.target)) return true;
          if (attempt !== null && isInside(write.target, attempt.block)) return true;
          if (write.value === null) return false;
          return retry.calls.some((call) => isInside(call, write.value!)) || (write.kind === 'declaration' && isAboutFailure(file, retry, write.value, depth + 1));
        }
        case 'undefined':
          return true;
        default:
          return false;
      }
    })
  );
}

const NEVER_CHANGES: ReadonlySet<string> = new Set(['FunctionName', 'ClassName', 'ImportBinding', 'TSEnumName', 'TSModuleName']);

/** A function, class, import, or constant of the module: it does not change from round to round. */
function isConstant(variable: Variable): boolean {
  return variable.defs.every((definition) => {
    if (NEVER_CHANGES.has(definition.type as string)) return true;
    const parent = definition.parent as Node | null | undefined;
    return parent?.type === 'VariableDeclaration' && parent.kind === 'const' && variable.scope.type !== 'function' && variable.scope.type !== 'block';
  });
}
