import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { IoCall } from './io-calls.js';

type Node = TSESTree.Node;

/** Why a call of a store is left alone. */
export type StoreRefusal =
  /** A pipeline, or a connection that was lent: a transaction may be under way on it. */
  | 'lent-connection'
  /** It listens, or waits for work. */
  | 'waits-on-purpose'
  /** A policy sees promises only. */
  | 'callback'
  /** A cursor or a stream is read after the call. */
  | 'stream'
  /** What it gives is more than a promise, and is used as such. */
  | 'not-awaited'
  /** It runs on an event of its own client, such as the loss of the connection. */
  | 'in-own-event';

/** What keeps a policy from a call of a store; `null` where nothing does. */
export function storeRefusal(file: SourceFile, call: IoCall, node: TSESTree.CallExpression): StoreRefusal | null {
  const { seam } = call.operation.model;
  if (!isOwnClient(file, node, call, seam?.on)) return 'lent-connection';
  if (LISTENS.test(call.operation.name)) return 'waits-on-purpose';
  const last = node.arguments.at(-1);
  if (last !== undefined && (isFunction(unwrap(last)) || presentAlternatives(evaluate(file, last)).some((value) => value.kind === 'function'))) return 'callback';
  if (node.arguments.some((argument) => makesReader(file, argument))) return 'stream';
  if (seam?.lazy === true && outermost(node).parent?.type !== 'AwaitExpression') return 'not-awaited';
  return isInOwnEvent(file, call, node) ? 'in-own-event' : null;
}

/** What waits for messages, in any client: `subscribe`, `pSubscribe`, `monitor`. */
const LISTENS = /(?:^|\.)(?:[ps]?subscribe|monitor|listen)$/i;

/** Is everything that the call goes through a client that stands for itself: `prisma.user`, and not `tx.user`? */
function isOwnClient(file: SourceFile, node: TSESTree.CallExpression, { operation: { instance } }: IoCall, shapes: readonly string[] | undefined): boolean {
  if (instance === null || shapes?.includes(instance.client) === false) return false;
  const callee = unwrap(node.callee);
  for (let at: Node = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee; ; at = unwrap(at.object)) {
    for (const value of presentAlternatives(evaluate(file, at))) if (value.kind === 'instance' && value.model === instance.model && shapes?.includes(value.client) === false) return false;
    if (at.type !== 'MemberExpression') return true;
  }
}

/** `new Cursor(text)` among the arguments: the query is an object that is read on. */
function makesReader(file: SourceFile, argument: Node): boolean {
  const node = unwrap(argument);
  if (node.type === 'NewExpression') return true;
  if (node.type !== 'Identifier') return false;
  const variable = file.bindings.variableOf(node);
  if (variable === null || variable === 'global') return false;
  return variable.references.some((reference) => reference.isWrite() && reference.writeExpr != null && unwrap(reference.writeExpr as never).type === 'NewExpression');
}

const LISTENERS: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', '$on']);

/** `redis.on('ready', async () => { await redis.get('flag'); })` */
function isInOwnEvent(file: SourceFile, { operation: { model } }: IoCall, node: Node): boolean {
  for (let at: Node | undefined = node; at != null; at = at.parent) {
    if (!isFunction(at)) continue;
    const holder = outermost(at);
    const parent = holder.parent;
    if (parent?.type !== 'CallExpression' || parent.callee === holder) continue;
    const callee = unwrap(parent.callee);
    if (callee.type !== 'MemberExpression' || !LISTENERS.has(memberName(callee) ?? '')) continue;
    if (presentAlternatives(evaluate(file, callee.object)).some((value) => value.kind === 'instance' && value.model === model)) return true;
  }
  return false;
}
