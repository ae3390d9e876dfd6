import type { TSESTree } from '@typescript-eslint/types';
import { LOG_FUNCTIONS, LOG_METHODS, LOG_RECEIVERS, PLAIN_METHODS, REPORT_METHODS, REPORT_NAMES } from '../models/builtins.js';
import { evaluate } from './evaluate.js';
import { presentAlternatives } from './member.js';
import { observerAct } from './observers.js';
import type { SourceFile } from './source-file.js';
import { ownNodes } from './summarize-body.js';
import { NO, question, some, unsure, type Judged } from './summarize-question.js';
import { describe, isFunction, unwrap } from './syntax.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;
type Ask = (file: SourceFile, fn: FunctionNode) => Judged;
type IsOne = (file: SourceFile, callee: Node) => boolean;

/** Does it write to a log? `fatal` is not logging: who calls that has decided. */
export const logs: Ask = question<Judged>((file, fn) => calls(file, fn, isLog, logs), NO, unsure('depth'));

/** Does it tell somebody: telemetry, an alert, a fatal error? */
export const reports: Ask = question<Judged>((file, fn) => calls(file, fn, isReport, reports), NO, unsure('depth'));

/** Does this call log? By the model of what it is called on; where that is not known, by its name. */
export function isLog(file: SourceFile, callee: Node): boolean {
  const act = observerAct(file, callee);
  return act === null ? isLogByName(callee) : act === 'logs';
}

/** Does this call report an error, or call it fatal? By the model, else by its name. */
export function isReport(file: SourceFile, callee: Node): boolean {
  const act = observerAct(file, callee);
  return act === null || act === 'nothing' ? isReportByName(callee) : act !== 'logs';
}

function isLogByName(callee: Node): boolean {
  const { receiver, name } = nameOf(callee);
  if (receiver === null) return LOG_FUNCTIONS.has(name);
  return LOG_METHODS.has(name) && LOG_RECEIVERS.test(receiver);
}

function isReportByName(callee: Node): boolean {
  const { receiver, name } = nameOf(callee);
  if (REPORT_NAMES.has(name)) return true;
  const on = receiver !== null && Object.hasOwn(REPORT_METHODS, name) ? REPORT_METHODS[name] : undefined;
  return on?.test(receiver!) === true;
}

function nameOf(callee: Node): { receiver: string | null; name: string } {
  // `logger().error(…)`, `getLogger('x').error(…)`
  const parts = describe(callee).replaceAll('()', '').split('.');
  return { receiver: parts.length > 1 ? parts.at(-2)!.replace(/^get(?=[A-Z])/, '') : null, name: parts.at(-1)! };
}

/** Does the function make such a call: itself, in a callback it hands on, or in a function it calls? */
function calls(file: SourceFile, fn: FunctionNode, isOne: IsOne, ask: Ask): Judged {
  if (fn.body == null) return unsure('syntax', 'no body');
  return some(ownNodes(file, fn, 'CallExpression', 'NewExpression'), (call) =>
    some([() => calleeDoes(file, call, isOne, ask), ...call.arguments.map((argument) => () => argumentDoes(file, argument, isOne, ask))], (judge) => judge()),
  );
}

function calleeDoes(file: SourceFile, call: Call, isOne: IsOne, ask: Ask): Judged {
  const named = call.type === 'CallExpression' && isOne(file, call.callee);
  const yes: Judged = { is: 'yes', place: { file, node: call } };
  const judged = call.callee.type === 'Super' ? unsure('opaque-call', 'super') : some(presentAlternatives(evaluate(file, call.callee)), (callee): Judged => {
    switch (callee.kind) {
      case 'function':
        return ask(callee.file, callee.node);
      case 'builtin':
        return callee.path.length > 1 || call.type === 'NewExpression' || /^[A-Z]|^(?:set|clear)(?:Timeout|Interval|Immediate)$/.test(callee.path[0] ?? '') ? NO : unsure('opaque-call', callee.path[0]);
      case 'operation':
      case 'instance':
      case 'instance-member':
      case 'model-export':
      case 'policy-export':
        return NO;
      default:
        break;
    }
    const target = unwrap(call.callee);
    if (target.type === 'MemberExpression' && PLAIN_METHODS.has(describe(target).split('.').at(-1)!)) return NO;
    return callee.kind === 'unknown' ? { is: 'unknown', reason: callee.reason } : unsure('opaque-call', describe(call.callee));
  });
  if (!named) return judged;
  // A logger of the project that was read to the end, and does nothing, is none.
  const callee = call.callee.type === 'Super' ? null : evaluate(file, call.callee);
  return callee?.kind === 'function' && judged.is === 'no' ? judged : yes;
}

/** A callback may be run: `.catch(logError)`, `withScope((scope) => { captureException(e) })`. */
function argumentDoes(file: SourceFile, argument: Node, isOne: IsOne, ask: Ask): Judged {
  const node = unwrap(argument);
  if (isFunction(node)) return ask(file, node);
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return NO;
  const value = evaluate(file, node);
  if (value.kind === 'function') return ask(value.file, value.node);
  // `.catch(console.error)`
  return node.type === 'MemberExpression' && isOne(file, node) ? { is: 'yes', place: { file, node } } : NO;
}
