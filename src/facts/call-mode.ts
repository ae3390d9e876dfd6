import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, memberName, outermost, staticName, unwrap } from '../analysis/syntax.js';
import { alternatives, type Value } from '../analysis/value.js';
import type { ArgumentRef, CommandModel, OperationModel } from '../models/types.js';
import { isInComponent } from './views.js';
import { repliesOf, replyName, usesOf } from './reply-uses.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Does a call wait for a reply, give a stream, wait on purpose, read what was shipped with the code, or run in a browser? */
export type Mode = 'reply' | 'stream' | 'blocking' | 'local' | 'browser';

/** Decides by the model, by the options, and by what is done with the result. */
export function modeOf(file: SourceFile, node: Call, operation: OperationModel, options: Value | null): Mode {
  if (operation.url !== undefined) {
    const url = argumentAt(file, node, operation.url);
    if (isLocal(url)) return 'local';
    if (operation.absoluteUrlOnly === true && isRelative(url)) return 'browser';
  }
  if (isInComponent(file, node)) return 'browser';
  const command = commandOf(file, node, operation);
  const declared = command?.mode ?? operation.mode ?? 'reply';
  if (declared !== 'reply') return declared;
  const blockingWhen = command?.blockingWhen ?? operation.blockingWhen;
  if (blockingWhen !== undefined && mentions(file, node, blockingWhen.argument)) return 'blocking';
  for (const condition of operation.streamWhen ?? []) {
    const where = condition.argument === undefined ? options : (argumentValue(file, node.arguments, condition.argument)?.value ?? null);
    const answer = readOption(where, condition.path);
    if (answer.is !== 'set') continue;
    // A value that may be the streaming one makes the call one that may stream.
    if (alternatives(answer.value).some((value) => value.kind !== 'literal' || value.value === condition.equals)) return 'stream';
  }
  if (operation.streamWithoutCallback === true && !node.arguments.some((argument) => isFunction(unwrap(argument)))) return 'stream';
  if (asksForEvents(options)) return 'stream';
  if (operation.streamBody !== undefined && resultIsStreamed(file, node, operation.streamBody)) return 'stream';
  return 'reply';
}

function argumentAt(file: SourceFile, node: Call, ref: ArgumentRef): Value | null {
  const argument = node.arguments[ref.at === 'last' ? node.arguments.length - 1 : (ref.at[0] ?? 0)];
  return argument === undefined || argument.type === 'SpreadElement' ? null : evaluate(file, argument);
}

/** `fetch(new URL('./font.ttf', import.meta.url))`, `data:` and `blob:` URLs: no server is asked. */
function isLocal(url: Value | null): boolean {
  if (url?.kind === 'url') return url.local || isLocal(url.text);
  if (url?.kind === 'literal') return typeof url.value === 'string' && /^(?:data|blob|file):/.test(url.value);
  return url?.kind === 'text' && url.parts[0] != null && /^(?:data|blob|file):/.test(url.parts[0]);
}

/** `fetch('/api/items')` throws on a server. */
function isRelative(url: Value | null): boolean {
  const start = url?.kind === 'literal' ? url.value : url?.kind === 'text' ? url.parts[0] : null;
  return typeof start === 'string' && /^(?:\/(?!\/)|\.\.?\/)/.test(start);
}

/** What the model says of the command in an argument: `send(new GetObjectCommand())`, `call('BLPOP')`. */
export function commandOf(file: SourceFile, node: Call, operation: OperationModel): CommandModel | null {
  const by = operation.byCommand;
  const name = commandName(file, node, operation);
  if (by === undefined || name === null) return null;
  for (const [command, model] of Object.entries(by.commands)) {
    if (command.toLowerCase() === name.toLowerCase()) return model;
    if (command.includes('*') && new RegExp(`^${command.split('*').map(escape).join('.*')}$`, 'i').test(name)) return model;
  }
  return null;
}

/** The name of the command in an argument: `GetObjectCommand`, `BLPOP`; `null` where there is none, or it is not known. */
export function commandName(file: SourceFile, node: Call, operation: OperationModel): string | null {
  const by = operation.byCommand;
  if (by === undefined) return null;
  const position = by.argument.at === 'last' ? node.arguments.length - 1 : (by.argument.at[0] ?? 0);
  const argument = node.arguments[position];
  if (argument === undefined) return null;
  const inner = unwrap(argument);
  let name: string | null = null;
  if (inner.type === 'NewExpression') {
    const callee = unwrap(inner.callee);
    name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null;
  } else {
    const whole = evaluate(file, inner);
    // `sendCommand(['GET', key])`
    const value = whole.kind === 'array' && by.argument.path === '0' ? whole.items[0]?.() ?? whole : whole;
    if (value.kind === 'literal' && typeof value.value === 'string') name = value.value;
  }
  return name;
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

/** A word among the arguments, or a key in an object among them. */
function mentions(file: SourceFile, node: Call, word: string): boolean {
  const wanted = word.toLowerCase();
  return node.arguments.some((argument) => {
    const inner = unwrap(argument);
    if (inner.type === 'Literal') return typeof inner.value === 'string' && inner.value.toLowerCase() === wanted;
    if (inner.type === 'SpreadElement') return true;
    if (inner.type === 'ObjectExpression' || inner.type === 'Identifier' || inner.type === 'NewExpression') {
      const target = inner.type === 'NewExpression' ? inner.arguments[0] : inner;
      if (target === undefined) return false;
      return alternatives(evaluate(file, target)).some(
        (value) => value.kind === 'object' && ([...value.entries.keys()].some((key) => key.toLowerCase() === wanted) || value.open !== null),
      );
    }
    return false;
  });
}

/** `Accept: text/event-stream` asks for a reply that never ends. */
function asksForEvents(options: Value | null): boolean {
  if (options === null) return false;
  return ['headers.Accept', 'headers.accept'].some((path) => {
    const answer = readOption(options, path);
    return answer.is === 'set' && answer.value.kind === 'literal' && String(answer.value.value).includes('event-stream');
  });
}

const READS_STREAM = /^(?:getReader|pipe|pipeTo|pipeThrough|tee)$/;

/** Is the body piped, iterated or read chunk by chunk, or handed out as a stream? */
function resultIsStreamed(file: SourceFile, node: Call, body: string): boolean {
  const name = replyName(node);
  if (name?.type === 'ObjectPattern') {
    return name.properties.some((property) => {
      if (property.type !== 'Property' || staticName(property.key, property.computed) !== body || property.value.type !== 'Identifier') return false;
      return usesOf(file, property.value).some(streams);
    });
  }
  return repliesOf(file, node).some((reply) => {
    const member = bodyOf(outermost(reply), body);
    return member !== null && streams(member);
  });
}

/** `(await call).body`: the member node; `null` where something else is done with the result. */
function bodyOf(result: Node, body: string): Node | null {
  const parent = result.parent;
  return parent?.type === 'MemberExpression' && unwrap(parent.object) === unwrap(result) && memberName(parent) === body ? parent : null;
}

/** Is this expression (a body) used as a stream? */
function streams(body: Node): boolean {
  const holder = outermost(body);
  const parent = holder.parent;
  if (parent == null) return false;
  switch (parent.type) {
    case 'MemberExpression': {
      if (unwrap(parent.object) !== unwrap(body)) return false;
      const name = memberName(parent);
      return name !== null && READS_STREAM.test(name);
    }
    case 'ForOfStatement':
      return parent.await && parent.right === holder;
    case 'CallExpression':
    case 'NewExpression':
      // `new Response(upstream.body)`, `pipeline(res.body, out)`, `Readable.fromWeb(res.body)`.
      return parent.callee !== holder;
    case 'ReturnStatement':
      return true;
    case 'Property':
      return parent.value === holder;
    case 'VariableDeclarator':
      return parent.init === holder;
    default:
      return false;
  }
}
