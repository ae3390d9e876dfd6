import type { TSESTree } from '@typescript-eslint/types';
import { ownErrorUses } from './error-uses.js';
import { isLog, isReport, summarize } from '../analysis/summarize.js';
import { evaluate } from '../analysis/evaluate.js';
import { describe, unwrap } from '../analysis/syntax.js';
import { constantForm, type ConstantForm } from './constant-form.js';
import type { ErrorHandler } from './error-handlers.js';

type Node = TSESTree.Node;

/**
 * What a handler does with the error.
 * - `empty`, `comment`: nothing
 * - `log`: writes it to a log and goes on
 * - `default`: gives a constant in place of the result
 * - `report`: tells telemetry, or somebody
 * - `hands-on`: gives the error to somebody else: returned, stored, passed to a function
 * - `rethrow`
 * - `recover`: does something else
 */
export type HandlerClass = 'empty' | 'comment' | 'log' | 'default' | 'report' | 'hands-on' | 'rethrow' | 'recover';

/** How a handler leaves: by the end of its block, or by a statement. */
export type Leaves = 'end' | 'return' | 'continue' | 'break' | 'throw';

export interface Handling {
  readonly is: HandlerClass;
  /** Does it write to a log on the way? */
  readonly logs: boolean;
  /** The calls by which it logs, in source order. */
  readonly logCalls: readonly TSESTree.CallExpression[];
  readonly leaves: Leaves;
  /** The constant that it gives; `undefined` where it ends without one. `null` where it gives something else. */
  readonly gives: ConstantForm | null;
  /** For `rethrow`: does the new error keep the old one? */
  readonly cause: 'kept' | 'dropped' | null;
}

const PLAIN: Handling = { is: 'recover', logs: false, logCalls: [], leaves: 'end', gives: null, cause: null };
const UNDEFINED: ConstantForm = { shape: 'nothing', text: 'undefined', tellsFailure: false, tellsSuccess: false };

/** Judges a handler by what is written in it, and by the summaries of the functions that it calls. */
export function classOf(handler: ErrorHandler): Handling {
  const { body } = handler;
  if (body === null) return ofNamed(handler);
  if (body.type !== 'BlockStatement') return /Statement$|Declaration$/.test(body.type) ? ofStatements(handler, [body as TSESTree.Statement]) : ofExpression(handler, body);
  if (body.body.length === 0) {
    const [from, to] = body.range;
    const commented = handler.file.comments.some(({ range }) => range[0] > from && range[1] < to);
    return { ...PLAIN, is: commented ? 'comment' : 'empty', gives: UNDEFINED };
  }
  return ofStatements(handler, body.body);
}

function ofNamed(handler: ErrorHandler): Handling {
  if (handler.noop) return { ...PLAIN, is: 'empty', gives: UNDEFINED };
  if (isReport(handler.file, handler.node)) return { ...PLAIN, is: 'report', gives: UNDEFINED };
  if (isLog(handler.file, handler.node)) return { ...PLAIN, is: 'log', logs: true, gives: UNDEFINED };
  return { ...PLAIN, is: 'hands-on' };
}

function ofExpression(handler: ErrorHandler, body: Node): Handling {
  const constant = constantForm(handler.file, body);
  if (constant !== null) return { ...PLAIN, is: 'default', gives: constant, leaves: 'return' };
  const inner = unwrap(body.type === 'AwaitExpression' ? body.argument : body);
  if (inner.type === 'CallExpression') return { ...ofCall(handler, inner), leaves: 'return' };
  return { ...PLAIN, is: ownErrorUses(handler).length > 0 ? 'hands-on' : 'recover', leaves: 'return' };
}

function ofCall(handler: ErrorHandler, call: TSESTree.CallExpression): Handling {
  if (reports(handler, call)) return { ...PLAIN, is: 'report', gives: UNDEFINED };
  if (logs(handler, call)) return { ...PLAIN, is: 'log', logs: true, logCalls: [call], gives: UNDEFINED };
  return { ...PLAIN, is: ownErrorUses(handler).length > 0 ? 'hands-on' : 'recover' };
}

function ofStatements(handler: ErrorHandler, statements: readonly TSESTree.Statement[]): Handling {
  const { file } = handler;
  const logCalls: TSESTree.CallExpression[] = [];
  for (const [index, statement] of statements.entries()) {
    const isLast = index === statements.length - 1;
    switch (statement.type) {
      case 'EmptyStatement':
        continue;
      case 'ThrowStatement':
        return { ...PLAIN, is: 'rethrow', logs: logCalls.length > 0, logCalls, leaves: 'throw', cause: causeOf(handler, statement) };
      case 'ExpressionStatement': {
        const expression = unwrap(statement.expression.type === 'AwaitExpression' ? statement.expression.argument : statement.expression);
        const call = expression.type === 'UnaryExpression' && expression.operator === 'void' ? unwrap(expression.argument) : expression;
        if (call.type === 'CallExpression' && reports(handler, call)) return { ...PLAIN, is: 'report', logs: logCalls.length > 0, logCalls };
        if (call.type === 'CallExpression' && logs(handler, call)) {
          logCalls.push(call);
          continue;
        }
        break;
      }
      case 'ReturnStatement': {
        if (!isLast) break;
        const constant = constantForm(file, statement.argument ?? null);
        if (constant === null) {
          const returned = unwrap(statement.argument!);
          if (returned.type === 'CallExpression' && logs(handler, returned)) return { ...PLAIN, is: 'log', logs: true, logCalls: [...logCalls, returned], leaves: 'return', gives: UNDEFINED };
          break;
        }
        return { ...PLAIN, is: 'default', logs: logCalls.length > 0, logCalls, leaves: 'return', gives: constant };
      }
      case 'ContinueStatement':
      case 'BreakStatement':
        if (!isLast) break;
        return { ...PLAIN, is: logCalls.length > 0 ? 'log' : 'recover', logs: logCalls.length > 0, logCalls, leaves: statement.type === 'BreakStatement' ? 'break' : 'continue' };
      case 'VariableDeclaration':
        // `const message = err instanceof Error ? err.message : String(err)`, for the log.
        if (statement.declarations.every(({ init }) => init == null || isPlainText(init))) continue;
        break;
      default:
        break;
    }
    return { ...PLAIN, is: ownErrorUses(handler).length > 0 ? 'hands-on' : 'recover', logs: logCalls.length > 0, logCalls };
  }
  return { ...PLAIN, is: logCalls.length > 0 ? 'log' : 'recover', logs: logCalls.length > 0, logCalls, gives: UNDEFINED };
}

function isPlainText(node: Node): boolean {
  return /^(?:\w+ instanceof \w+|String\(|`|\(?\w+ as \w+\)?)/.test(describe(node)) || ['ConditionalExpression', 'TemplateLiteral', 'TSAsExpression', 'MemberExpression', 'Identifier', 'Literal', 'LogicalExpression', 'ObjectExpression'].includes(node.type) || (node.type === 'CallExpression' && /^(?:String|getErrorMessage|toError|ensureError|asError|errorMessage|formatError|serializeError|stringifyError|getMessage|inspect|JSON\.stringify)$/.test(describe(node.callee)));
}

function logs(handler: ErrorHandler, call: TSESTree.CallExpression): boolean {
  if (isLog(handler.file, call.callee)) return true;
  const value = evaluate(handler.file, call.callee);
  if (value.kind !== 'function') return false;
  const summary = summarize(value.file, value.node);
  return summary.logs.is === 'yes' && summary.throws === 'never' && /log|debug|warn|print|trace/i.test(describe(call.callee));
}

function reports(handler: ErrorHandler, call: TSESTree.CallExpression): boolean {
  if (isReport(handler.file, call.callee)) return true;
  const value = evaluate(handler.file, call.callee);
  return value.kind === 'function' && summarize(value.file, value.node).reports.is === 'yes';
}

function causeOf(handler: ErrorHandler, statement: TSESTree.ThrowStatement): 'kept' | 'dropped' {
  const [from, to] = statement.range;
  return ownErrorUses(handler).some(({ range }) => range[0] >= from && range[1] <= to) ? 'kept' : 'dropped';
}
