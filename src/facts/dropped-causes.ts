import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { builtinName } from '../analysis/summarize-names.js';
import { describe, enclosingFunction, isFunction, outermost, staticName, unwrap } from '../analysis/syntax.js';
import { ANSWER_CLASSES, OUTCOME_CALLBACKS } from '../models/error-classes.js';
import { errorClassOf, type CauseParameter, type ErrorClass } from './cause-parameters.js';
import { errorHandlers, type ErrorHandler } from './error-handlers.js';
import { errorTravels, type ErrorTravels } from './error-travels.js';
import { isTypedBefore } from './language-level.js';
import { gravestOf, guardedCalls } from './guarded-calls.js';
import type { StakedCall } from './call-stake.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** How a new error is given out. */
export type Rethrow = 'throw' | 'reject' | 'callback';

/** A new error that a handler gives out in place of the one it got, which it does not keep. */
export interface DroppedCause {
  readonly file: SourceFile;
  readonly handler: ErrorHandler;
  /** The call that makes the new error. */
  readonly made: Call;
  readonly rethrow: Rethrow;
  readonly takes: CauseParameter;
  readonly of: ErrorClass;
  /** A builtin error that is thrown in a `catch`: what `preserve-caught-error` of ESLint looks at. */
  readonly isCore: boolean;
  /** The first error itself goes to a log, to telemetry or to somebody else. */
  readonly isTold: boolean;
  /** The types that the file is checked against know no `cause`. */
  readonly isTypedTooOld: boolean;
  /** What may have failed; `null` where that is not known. */
  readonly lost: StakedCall | null;
}

const MEMO = Symbol('dropped causes');

/** The new errors of a file that lose the one they were made for, in source order. */
export function droppedCauses(file: SourceFile): readonly DroppedCause[] {
  return file.memo(MEMO, () => find(file));
}

function find(file: SourceFile): readonly DroppedCause[] {
  const found: DroppedCause[] = [];
  const travels = new Map<ErrorHandler, ErrorTravels>();
  const handlers = errorHandlers(file).filter((handler) => handler.body !== null && !isTakenApart(handler));
  if (handlers.length === 0) return found;
  for (const made of file.index.calls) {
    const handler = handlerOf(handlers, made);
    const rethrow = handler === null ? null : rethrowOf(file, made);
    if (handler === null || rethrow === null || isCaughtHere(handler, made)) continue;
    const of = errorClassOf(file, made.callee);
    if (of === null || (made.type === 'CallExpression' && !of.builtin)) continue;
    if (mayPassCause(made, of)) continue;
    let way = travels.get(handler);
    if (way === undefined) travels.set(handler, (way = errorTravels(handler)));
    if (made.arguments.some((argument) => way.carries(argument)) || way.isChosen(made)) continue;
    const lost = gravestOf(guardedCalls(handler));
    if (!isNews(handler, made, lost, made.arguments.some((argument) => way.mentions(argument)))) continue;
    found.push({
      file, handler, made, rethrow, of, takes: of.takes,
      isCore: of.builtin && rethrow === 'throw' && handler.channel === 'catch',
      isTold: way.goesElsewhere(made),
      isTypedTooOld: of.typedByLanguage && isTypedBefore(file, 2022),
      lost,
    });
  }
  return found;
}

/** `catch ({ message })`, `.catch(({ message }) => …)` */
function isTakenApart(handler: ErrorHandler): boolean {
  if (handler.error !== null) return false;
  if (handler.channel === 'catch') return (handler.node as TSESTree.CatchClause).param != null;
  return isFunction(handler.node) && handler.node.params.length > 0;
}

/** The innermost handler of the same function in which a node stands. */
function handlerOf(handlers: readonly ErrorHandler[], node: Node): ErrorHandler | null {
  let nearest: ErrorHandler | null = null;
  for (const handler of handlers) {
    if (handler.node.range[0] > node.range[0]) break;
    if (!isInside(node, handler.body!)) continue;
    if (nearest === null || isInside(handler.body!, nearest.body!)) nearest = handler;
  }
  if (nearest === null) return null;
  const owner = nearest.channel === 'catch' || nearest.channel === 'callback' ? enclosingFunction(nearest.node) : nearest.node;
  return enclosingFunction(node) === owner ? nearest : null;
}

function rethrowOf(file: SourceFile, made: Call): Rethrow | null {
  const holder = outermost(made);
  const parent = holder.parent;
  if (parent?.type === 'ThrowStatement') return 'throw';
  if (parent?.type !== 'CallExpression' || parent.arguments[0] !== holder) return null;
  const callee = unwrap(parent.callee);
  if (builtinName(evaluate(file, callee)) === 'Promise.reject') return 'reject';
  if (callee.type !== 'Identifier') return null;
  const variable = file.bindings.variableOf(callee);
  if (variable === null || variable === 'global' || variable.defs.length !== 1 || (variable.defs[0]!.type as string) !== 'Parameter') return null;
  const fn = variable.defs[0]!.node as Node;
  if (!isFunction(fn)) return null;
  if (fn.params[1] === variable.defs[0]!.name && isExecutor(file, fn)) return 'reject';
  return OUTCOME_CALLBACKS.test(callee.name) ? 'callback' : null;
}

/** `new Promise((resolve, reject) => …)` */
function isExecutor(file: SourceFile, fn: Node): boolean {
  const call = outermost(fn).parent;
  return call?.type === 'NewExpression' && builtinName(evaluate(file, call.callee)) === 'Promise';
}

/** A throw that a `try` of the handler catches again stays here. */
function isCaughtHere({ file, body }: ErrorHandler, made: Node): boolean {
  return file.index.tries.some((statement) => statement.handler != null && isInside(made, statement.block) && isInside(statement, body!));
}

/** Something stands where the cause goes, which is it, or may hold it. */
function mayPassCause(made: Call, { takes, model }: ErrorClass): boolean {
  if (made.arguments.some((argument) => argument.type === 'SpreadElement')) return true;
  if (takes.is === 'none') return false;
  const argument = made.arguments[takes.at];
  if (argument === undefined) return model?.failure !== undefined;
  const node = unwrap(argument);
  if (isNothing(node)) return false;
  if (takes.is === 'argument' || node.type !== 'ObjectExpression') return true;
  const value = (key: string): Node | null | undefined => {
    for (const property of node.properties) {
      if (property.type !== 'Property') return null;
      if (staticName(property.key, property.computed) === key) return property.value;
    }
    return undefined;
  };
  const cause = value(takes.key);
  if (cause === null || node.properties.some((property) => property.type !== 'Property' || staticName(property.key, property.computed) === null)) return true;
  if (cause !== undefined && !isNothing(unwrap(cause))) return true;
  if (model?.failure === undefined) return false;
  const kind = value(model.failure.key);
  return !(kind?.type === 'Literal' && typeof kind.value === 'string' && model.failure.values.includes(kind.value));
}

function isNothing(node: Node): boolean {
  return (node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'Literal' && node.raw === 'null');
}

/** Calls whose failure means one thing, or nothing. */
const ANSWERS: ReadonlySet<string> = new Set(['probe', 'harmless']);

/**
 * Does the first error tell more than the new one? Not where it can only mean one thing, nor where the new
 * one is an answer to a caller that says nothing of it.
 * @param quotes the new error is made with text of the first
 */
function isNews(handler: ErrorHandler, made: Call, lost: StakedCall | null, quotes: boolean): boolean {
  if (handler.channel === 'event') return true;
  if (lost === null || ANSWERS.has(lost.stake)) return quotes && lost === null;
  const isAnswer = ANSWER_CLASSES.test(describe(made.callee));
  return lost.stake === 'call' ? quotes && !isAnswer : quotes || !isAnswer;
}
