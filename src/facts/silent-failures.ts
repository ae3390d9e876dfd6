import type { SourceFile } from '../analysis/source-file.js';
import { returnsOf } from '../analysis/returns.js';
import { enclosingFunction, isFunction, outermost, unwrap } from '../analysis/syntax.js';
import { outweighs, type Stake, type StakedCall } from './call-stake.js';
import { constantForm, type ConstantForm } from './constant-form.js';
import { errorHandlers, type ErrorHandler } from './error-handlers.js';
import { gravestOf, guardedCalls } from './guarded-calls.js';
import { classOf, type Handling } from './handler-class.js';
import { commentOf, type CommentKind } from './handler-comments.js';
import { claimsSuccess, hasFinally, outcomeOf, type Outcome } from './handler-outcome.js';
import { placeReason, type PlaceReason } from './handler-place.js';
import { savedBefore } from './saved-before.js';
import { answersEmptyItself } from './settled-calls.js';
import { isLeftOut, isStartingValue } from './unread-results.js';
import { heardOnlyHere, isWaitedFor } from './stored-promises.js';

/**
 * How a failure ends without a caller that knows of it.
 * - `nothing`: the handler does nothing
 * - `default`: a constant takes the place of the result, and nothing is logged
 * - `logged-default`: the same, with a line in a log
 * - `logged`: a line in a log, and the program goes on
 */
export type Silence = 'nothing' | 'default' | 'logged-default' | 'logged';

/** Why such a handler is no fault. */
export type Excuse = PlaceReason | 'comment' | 'stored-promise' | 'nothing-at-stake' | 'tells-failure' | 'unread' | 'starting-value' | 'second-net' | 'saved-before' | Exclude<Outcome['by'], 'unheard' | 'constant' | 'end' | 'yes-or-nothing'>;

/** A failure that ends in a handler and goes no further. */
export interface SilentFailure {
  readonly file: SourceFile;
  readonly handler: ErrorHandler;
  readonly handling: Handling;
  readonly silence: Silence;
  /** What fails silently: the call that weighs most. */
  readonly lost: StakedCall;
  /** All calls that may fail here, the harmless ones left out. */
  readonly calls: readonly StakedCall[];
  /** The constant that stands in for the result. */
  readonly gives: ConstantForm | null;
  readonly comment: CommentKind;
  /** The handler, or what follows it, says that it worked. */
  readonly claims: boolean;
}

/** A handler that lets a failure end, with what is known of it: a fault, or excused. */
export type Judged = { readonly handler: ErrorHandler; readonly excuse: Excuse; readonly failure: null } | { readonly handler: ErrorHandler; readonly excuse: null; readonly failure: SilentFailure };

const MEMO = Symbol('silent-failures');

/** Every handler of a file that lets a failure end, each with its excuse or as a fault. Events and handlers that do something are left out. */
export function silentFailures(file: SourceFile): readonly Judged[] {
  return file.memo(MEMO, () => errorHandlers(file).flatMap((handler) => judge(handler) ?? []));
}

function judge(handler: ErrorHandler): Judged | null {
  if (handler.channel === 'event') return null;
  const handling = classOf(handler);
  const isEmpty = handling.is === 'empty' || handling.is === 'comment';
  if (!isEmpty && handling.is !== 'default' && handling.is !== 'log') return null;
  const excused = (excuse: Excuse): Judged => ({ handler, excuse, failure: null });

  const place = placeReason(handler);
  if (place !== null) return excused(place);
  if (isStored(handler)) return excused('stored-promise');
  const outcome = outcomeOf(handler);
  const silence = silenceOf(handler, handling, outcome);
  const gives = handling.is === 'default' ? handling.gives : outcome.by === 'constant' || (outcome.by === 'end' && silence !== 'nothing') ? outcome.gives : silence === 'default' || silence === 'logged-default' ? handling.gives : null;
  const saysSuccess = gives?.tellsSuccess === true;
  // A caller can tell `false` from `true`.
  if (gives?.shape === 'boolean') return excused('question');
  if (gives?.tellsFailure === true || (gives?.shape === 'value' && !saysSuccess)) return excused('tells-failure');
  // A constant is an answer whatever was written before.
  if (handling.is !== 'default' && outcome.by !== 'unheard' && outcome.by !== 'constant' && outcome.by !== 'end' && outcome.by !== 'yes-or-nothing') return excused(outcome.by);
  if (hasFinally(handler)) return excused('finally');
  const surrounding = valueExcuse(handler, gives);
  if (surrounding !== null) return excused(surrounding);
  // Last: it evaluates what the calls are.
  const calls = guardedCalls(handler).filter(({ stake }) => stake !== 'harmless' && stake !== 'probe');
  const lost = gravestOf(calls);
  if (lost === null) return excused('nothing-at-stake');
  // A question has two answers; of something that was to be done, silence is none.
  if (outcome.by === 'yes-or-nothing' && lost.verb === null && !changes(lost.stake)) return excused('question');
  const claims = saysSuccess || (silence !== 'nothing' && handling.leaves === 'end' && claimsSuccess(handler) !== null);
  const isTrue = claims && savedBefore(handler);
  if (isTrue && saysSuccess) return excused('saved-before');
  return { handler, excuse: null, failure: { file: handler.file, handler, handling, silence, lost, calls, gives, comment: commentOf(handler), claims: claims && !isTrue } };
}

/** Does a call of this stake change what others rely on? */
function changes(stake: Stake): boolean {
  return outweighs(stake, 'io');
}

/** Why nobody is misled by the value that a handler gives in place of a result. */
function valueExcuse(handler: ErrorHandler, gives: ConstantForm | null): 'unread' | 'starting-value' | 'second-net' | null {
  if (handler.channel !== 'promise' || handler.result === 'unused') return null;
  const call = outermost(handler.node).parent;
  if (call?.type !== 'CallExpression') return null;
  if (isLeftOut(call)) return 'unread';
  if (isStartingValue(handler.file, call)) return 'starting-value';
  const guarded = unwrap(handler.guarded);
  return gives?.shape === 'empty' && guarded.type === 'CallExpression' && answersEmptyItself(handler.file, guarded) ? 'second-net' : null;
}

/** Is `return;` of a handler all that its function ever gives? There is no result then that it could stand for. */
function givesNoValue({ channel, guarded, file }: ErrorHandler, handling: Handling): boolean {
  if (channel !== 'catch' || handling.is !== 'default' || handling.gives?.text !== 'undefined') return false;
  const owner = enclosingFunction(guarded);
  return isFunction(owner) && owner.body?.type === 'BlockStatement' && returnsOf(owner).every((argument) => argument === null || constantForm(file, argument)?.text === 'undefined');
}

function silenceOf(handler: ErrorHandler, handling: Handling, outcome: Outcome): Silence {
  if (givesNoValue(handler, handling)) return handling.logs ? 'logged' : 'nothing';
  const isEmpty = handling.is === 'empty' || handling.is === 'comment';
  // Behind an empty handler the end of the function is no value that somebody chose.
  const stands = outcome.by === 'constant' || (outcome.by === 'end' && !isEmpty);
  const instead = handler.channel === 'promise' ? handler.result === 'used' || (handler.result === 'returned' && handling.is === 'default') : handling.is === 'default' ? handling.leaves === 'return' : stands;
  if (isEmpty) return instead ? 'default' : 'nothing';
  if (handling.is === 'default' && !instead && !handling.logs) return 'nothing';
  if (instead) return handling.logs ? 'logged-default' : 'default';
  return 'logged';
}

/**
 * `p.catch(() => {})` on a promise that is kept elsewhere marks it as handled, no more: unless the
 * result is waited for, and no other reader of the variable hears of the failure on the same way.
 */
function isStored({ file, channel, guarded }: ErrorHandler): boolean {
  if (channel !== 'promise') return false;
  let current = unwrap(guarded);
  while (current.type === 'MemberExpression') current = unwrap(current.object);
  if (current.type === 'ThisExpression') return true;
  if (current.type !== 'Identifier') return false;
  return current !== unwrap(guarded) || !isWaitedFor(guarded) || heardOnlyHere(file, current) === null;
}
