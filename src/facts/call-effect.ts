import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import { enclosingFunction, isFunction, memberName, unwrap } from '../analysis/syntax.js';
import { alternatives, type Value } from '../analysis/value.js';
import { findByPath } from '../models/lookup.js';
import { ASKS_BY_NAME, IDEMPOTENT_METHODS, METHODS_BY_NAME, READING_METHODS, READS_BY_POST, SETS_BY_POST } from '../models/repeat-names.js';
import type { RepeatModel } from '../models/types.js';
import { commandName, commandOf } from './call-mode.js';
import { isGeneration } from './generation-calls.js';
import { functionName } from './handler-place.js';
import { keyOf, rowIdentity, type IdempotencyKey } from './idempotency-keys.js';
import type { IoCall } from './io-calls.js';
import { sqlEffect } from './sql-effect.js';

type Node = TSESTree.Node;

/** What a call does to the other side, and what it does there when it is made once more. */
export interface CallEffect {
  readonly does: 'read' | 'write' | 'none' | 'unknown';
  /** After it was applied, what does the same call do? `same`: nothing more; `again`: all of it a second time. */
  readonly twice: 'same' | 'again' | 'unknown';
  /** What tells the other side that it has seen the call; only asked of what happens again. */
  readonly key: IdempotencyKey;
  /** `POST`, `INSERT`, `INCR`, `create`: what it does in the words of its protocol. */
  readonly verb: string;
  /** May a call that failed be made again? `no`: it may happen twice; `unknown`: nothing is proved. */
  readonly mayRepeat: 'yes' | 'no' | 'unknown';
}

type Plain = Pick<CallEffect, 'does' | 'twice' | 'verb'>;

const UNKNOWN_EFFECT: Plain = { does: 'unknown', twice: 'unknown', verb: '' };
const NO_KEY: IdempotencyKey = { is: 'absent', name: null, node: null };

/**
 * The effect of a call.
 * @param attempt what is run once more when the call is repeated: a key made in it is new each time; the call itself unless told
 */
export function effectOf(call: IoCall, attempt: Node = call.node): CallEffect {
  const plain = plainEffect(call);
  const key = plain.twice === 'again' ? keyOf(call, attempt) : NO_KEY;
  return { ...plain, key, mayRepeat: plain.twice === 'again' ? REPEATABLE[key.is] : plain.does === 'read' || plain.twice === 'same' ? 'yes' : 'unknown' };
}

const REPEATABLE = { stable: 'yes', unstable: 'no', absent: 'no', unknown: 'unknown' } as const;

function plainEffect(call: IoCall): Plain {
  const { operation, model } = call.operation;
  if (operation.effect === 'none' || operation.collected === true) return { does: 'none', twice: 'same', verb: '' };
  if (operation.effect === 'by-sql') return sqlEffect(sqlParts(call) ?? [null]);
  if (model.kind === 'http') return httpEffect(call);
  const effect = call.node.type === 'TaggedTemplateExpression' ? operation.effect : (commandOf(call.file, call.node, operation)?.effect ?? operation.effect);
  const names = namesOf(call);
  const verb = names.at(-1) ?? '';
  if (effect === 'read') return { does: 'read', twice: 'same', verb };
  const { repeat } = model;
  const twice = repeat === undefined || effect !== 'write' ? 'unknown' : repeated(call, repeat, names);
  return { does: effect === 'write' ? 'write' : 'unknown', twice, verb: verb === '' ? verb : verbIn(repeat, names) };
}

/** By its method; a POST that asks is not told from one that writes but by the words around it. */
function httpEffect(call: IoCall): Plain {
  const methods = methodsOf(call);
  if (methods === null || methods.length === 0) return UNKNOWN_EFFECT;
  const verb = methods.join(' or ');
  if (methods.every((method) => READING_METHODS.has(method))) return { does: 'read', twice: 'same', verb };
  if (methods.every((method) => READING_METHODS.has(method) || IDEMPOTENT_METHODS.has(method))) return { does: 'write', twice: 'same', verb };
  // Of several, the caller chooses.
  if (methods.length > 1 || asksByPost(call)) return { ...UNKNOWN_EFFECT, verb };
  // What PATCH does twice is the document's to say; most set what they name.
  return { does: 'write', twice: verb === 'POST' ? 'again' : 'unknown', verb };
}

/** The HTTP methods that a call may send, in capitals; `null` where that is not known. */
export function methodsOf(call: IoCall): readonly string[] | null {
  const { operation } = call.operation;
  if (call.node.type === 'TaggedTemplateExpression') return null;
  if (operation.effect !== 'by-http-method') {
    const name = lastName(call.operation.name);
    return Object.hasOwn(METHODS_BY_NAME, name) ? [METHODS_BY_NAME[name]!] : operation.effect === 'read' ? ['GET'] : null;
  }
  const answer = readOption(call.options, 'method');
  if (answer.is === 'absent') return ['GET'];
  // Behind a wrapper, an assignment may stand after the call: a redirect that goes on with GET.
  if (answer.is === 'unknown' || (call.through !== null && answer.place?.node.type === 'AssignmentExpression')) return null;
  const methods = alternatives(answer.value).map((value) => (value.kind === 'literal' ? String(value.value).toUpperCase() : null));
  return methods.includes(null) ? null : (methods as string[]);
}

/** The text of a statement, `null` for each part that is not known; `null` where no text is seen. */
function sqlParts(call: IoCall): readonly (string | null)[] | null {
  const { file, node } = call;
  if (node.type === 'TaggedTemplateExpression') return node.quasi.quasis.flatMap((quasi, i) => (i === 0 ? [quasi.value.cooked] : [null, quasi.value.cooked]));
  const [first] = node.arguments;
  if (first === undefined || first.type === 'SpreadElement') return null;
  const inner = unwrap(first);
  // sql`…`, of drizzle and the like.
  if (inner.type === 'TaggedTemplateExpression') return inner.quasi.quasis.flatMap((quasi, i) => (i === 0 ? [quasi.value.cooked] : [null, quasi.value.cooked]));
  const value = evaluate(file, first);
  const text = value.kind === 'object' ? (value.entries.get('text') ?? value.entries.get('sql'))?.value() : value;
  if (text?.kind === 'literal') return typeof text.value === 'string' ? [text.value] : null;
  return text?.kind === 'text' ? text.parts : null;
}

/** Names of what is called, from the client on, the methods of a builder among them; of a command, its name. */
function namesOf({ file, node, operation }: IoCall): readonly string[] {
  if (node.type === 'TaggedTemplateExpression') return [];
  const command = commandName(file, node, operation.operation);
  if (command !== null) return [command];
  const names: string[] = [];
  let current: Node = unwrap(node.callee);
  for (;;) {
    if (current.type === 'MemberExpression') {
      names.unshift(memberName(current) ?? '?');
      current = unwrap(current.object);
    } else if (current.type === 'CallExpression') current = unwrap(current.callee);
    else return current.type === 'Identifier' && names.length === 0 ? [current.name] : names;
  }
}

function repeated(call: IoCall, repeat: RepeatModel, names: readonly string[]): CallEffect['twice'] {
  const found = verdictOf(repeat, names);
  if (found !== 'again') return found ?? 'unknown';
  if (isInTransaction(call)) return 'unknown';
  const guards = repeat.guards ?? [];
  if (guards.some((guard) => names.includes(guard)) || (call.node.type !== 'TaggedTemplateExpression' && call.node.arguments.some((argument) => mentionsKey(call, argument, guards)))) return 'same';
  return repeat.identities === undefined || rowIdentity(call, repeat.identities) === 'none' ? 'again' : 'unknown';
}

/** The most exact entry for the last name; for a builder, for any of its methods. */
function verdictOf(repeat: RepeatModel, names: readonly string[]): 'again' | 'same' | null {
  const entries: Record<string, 'again' | 'same'> = {};
  for (const name of repeat.same ?? []) entries[name.toLowerCase()] = 'same';
  for (const name of repeat.again ?? []) entries[name.toLowerCase()] = 'again';
  const lower = names.map((name) => name.toLowerCase());
  const last = lower.at(-1) ?? '';
  const byPath = Object.fromEntries(Object.entries(entries).filter(([name]) => name.includes('.')));
  const byName = Object.fromEntries(Object.entries(entries).filter(([name]) => !name.includes('.')));
  return findByPath(byPath, ['client', ...lower].join('.')) ?? findByPath(byName, last) ?? lower.map((name) => byName[name]).find((found) => found !== undefined) ?? null;
}

/** Of a builder, the method that says what is done, not the last one. */
function verbIn(repeat: RepeatModel | undefined, names: readonly string[]): string {
  const said = [...(repeat?.again ?? []), ...(repeat?.same ?? [])];
  return names.find((name) => said.includes(name)) ?? names.at(-1) ?? '';
}

/** A transaction that fails leaves nothing. */
function isInTransaction({ operation }: IoCall): boolean {
  return /transaction|session/i.test(operation.instance?.client ?? '');
}

function mentionsKey({ file }: IoCall, argument: Node, keys: readonly string[]): boolean {
  if (keys.length === 0 || argument.type === 'SpreadElement') return false;
  return alternatives(evaluate(file, argument)).some((value) => value.kind === 'object' && keys.some((key) => value.entries.has(key)));
}

/** Does a POST ask, sign in, or have something worked out: by its path, by what it sends, by the name of its function? */
function asksByPost(call: IoCall): boolean {
  const { file, node } = call;
  if (node.type === 'TaggedTemplateExpression' || isGeneration(call)) return true;
  if (addressesOf(call).some((address) => READS_BY_POST.test(address) || SETS_BY_POST.test(address))) return true;
  const text = file.text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 4000));
  if (ASKS_BY_BODY.test(text)) return true;
  for (let owner = enclosingFunction(node); isFunction(owner); owner = enclosingFunction(owner)) {
    if (ASKS_BY_NAME.test(functionName(owner) ?? '')) return true;
  }
  return false;
}

/** The texts that may be its path: of a wrapper, the path may be a later argument. */
function addressesOf({ file, node, options }: IoCall): readonly string[] {
  if (node.type === 'TaggedTemplateExpression') return [];
  const [first] = node.arguments;
  const texts = first === undefined ? [] : [file.text.slice(first.range[0], Math.min(first.range[1], first.range[0] + 400))];
  for (const argument of node.arguments.slice(0, 3)) if (argument.type !== 'SpreadElement') texts.push(...alternatives(evaluate(file, argument)).map(textOf));
  const url = readOption(options, 'url');
  if (url.is === 'set') texts.push(...alternatives(url.value).map(textOf));
  return texts.map((text) => text.replace(/([a-z\d])([A-Z])/g, '$1_$2'));
}

/** A query of GraphQL, a call of JSON-RPC, a grant of OAuth, a prompt. */
const ASKS_BY_BODY = /\bquery\s*[:,}]|\bjsonrpc\b|\bgrant_?type\b|\bprompt\s*[:,}]|\bmessages\s*[:,}]|\brefresh_?token\b|\bclient_?secret\b/i;

function textOf(value: Value): string {
  if (value.kind === 'literal') return String(value.value);
  if (value.kind === 'text') return value.parts.map((part) => part ?? '').join('');
  if (value.kind === 'env') return value.name;
  return value.kind === 'url' && value.text !== null ? textOf(value.text) : '';
}

const lastName = (name: string): string => name.split('.').at(-1)!;
