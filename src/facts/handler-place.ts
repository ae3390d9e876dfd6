import type { TSESTree } from '@typescript-eslint/types';
import { controlFlowAround } from '../analysis/control-flow.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { enclosingClass, enclosingFunction, isFunction, memberName, outermost, staticName, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { BEST_EFFORT_FUNCTION_WORDS, ENDS_SESSION, QUESTION_WORDS, SAYS_IT_MAY_FAIL, TEARDOWN_EVENTS, TEARDOWN_FUNCTION_WORDS } from '../models/error-names.js';
import { errorHandlers, type ErrorHandler } from './error-handlers.js';
import { joined, wordsIn } from './name-words.js';

type Node = TSESTree.Node;

/** What the surroundings of a handler say of it. */
export type PlaceReason = 'in-handler' | 'teardown-function' | 'question' | 'says-it-may-fail' | 'best-effort';

/** Why a handler that does nothing may do so where it stands; `null` where nothing says so. */
export function placeReason(handler: ErrorHandler): PlaceReason | null {
  if (isInHandler(handler)) return 'in-handler';
  let isNearest = true;
  for (let owner = enclosingFunction(handler.statement ?? handler.guarded); isFunction(owner); owner = enclosingFunction(owner)) {
    if (isTeardownListener(owner)) return 'teardown-function';
    const name = functionName(owner);
    // The key `try`, as of `Effect.tryPromise`, names the body of a try.
    if (name === null || name === 'try') continue;
    const words = joined(wordsIn(name));
    if (words.some((word) => TEARDOWN_FUNCTION_WORDS.has(word)) || ENDS_SESSION.test(name)) return 'teardown-function';
    if (!isNearest) continue;
    isNearest = false;
    if (QUESTION_WORDS.has(words[0] ?? '') || /^exists?$/.test(words.at(-1) ?? '')) return 'question';
    const of = joined(wordsIn(enclosingClass(owner)?.id?.name ?? ''));
    if ([...words, ...of].some((word) => BEST_EFFORT_FUNCTION_WORDS.has(word))) return 'best-effort';
    if (SAYS_IT_MAY_FAIL.test(name)) return 'says-it-may-fail';
  }
  return null;
}

/** Inside a handler, or a `finally`: the first error is the one that counts. */
function isInHandler({ file, guarded, node }: ErrorHandler): boolean {
  const owner = enclosingFunction(guarded);
  for (const statement of file.index.tries) {
    if (statement.range[0] > guarded.range[0]) break;
    for (const part of [statement.handler?.body, statement.finalizer]) {
      if (part != null && part !== node && isInside(guarded, part) && (enclosingFunction(statement) === owner || isFunction(owner))) return true;
    }
  }
  return errorHandlers(file).some((other) => other.channel !== 'catch' && other.node !== node && other.body !== null && isInside(guarded, other.body) && !isInside(other.node, guarded));
}

/** The listener of a signal or of the end of something. */
function isTeardownListener(fn: FunctionNode): boolean {
  const call = outermost(fn).parent;
  if (call?.type !== 'CallExpression' || unwrap(call.callee) === fn) return false;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || !/^(?:on|once|addListener|addEventListener|addHook|hook)$/.test(memberName(callee) ?? '')) return false;
  const event = call.arguments[0];
  return event?.type === 'Literal' && typeof event.value === 'string' && TEARDOWN_EVENTS.test(event.value);
}

/** The name under which a function is written: its own, or that of the variable, property or method that holds it. */
export function functionName(fn: FunctionNode): string | null {
  if (fn.type !== 'ArrowFunctionExpression' && fn.id != null) return fn.id.name;
  const holder = outermost(fn).parent;
  switch (holder?.type) {
    case 'VariableDeclarator':
      return holder.id.type === 'Identifier' ? holder.id.name : null;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return staticName(holder.key, holder.computed);
    case 'AssignmentExpression': {
      const target = unwrap(holder.left);
      return target.type === 'Identifier' ? target.name : target.type === 'MemberExpression' ? memberName(target) : null;
    }
    default:
      return null;
  }
}

/** The statement that holds a node. */
export function statementOf(node: Node): Node {
  let current = node;
  while (current.parent != null && !/^(?:BlockStatement|Program|StaticBlock|SwitchCase)$/.test(current.parent.type)) current = current.parent;
  return current;
}

/** The statements behind one in its block; `null` where it stands in no block. */
export function statementsAfter(statement: Node): readonly TSESTree.Statement[] | null {
  const { parent } = statement;
  if (parent?.type !== 'BlockStatement' && parent?.type !== 'Program') return null;
  const index = (parent.body as readonly Node[]).indexOf(statement);
  return index === -1 ? null : (parent.body.slice(index + 1) as readonly TSESTree.Statement[]);
}

/** Does the function end once this handler is through, with nothing more done on the way? */
export function endsFunction(file: SourceFile, handler: TSESTree.CatchClause): boolean {
  return controlFlowAround(file, handler)?.everyPath(handler, 'return', (node) => !isInside(node, handler)) === 'no';
}
