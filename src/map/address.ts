import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { readLayers, readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { substitute } from '../analysis/substitute.js';
import { describe, memberName, unwrap } from '../analysis/syntax.js';
import { alternatives, type InstanceValue, type Value } from '../analysis/value.js';
import { addressArgument, downstreamOfCall } from '../facts/call-downstream.js';
import { isCapital } from '../facts/downstreams.js';
import type { IoCall } from '../facts/io-calls.js';
import { leadingPart } from '../facts/leading-part.js';
import { ADDRESS_OPTIONS, NAMES_ADDRESS } from '../models/host-names.js';
import { registrationOptions } from '../project/package-facts.js';

type Node = TSESTree.Node;

/** Where a call goes, as far as the code tells. */
export type Address =
  | { readonly is: 'host'; readonly host: string }
  | { readonly is: 'env'; readonly name: string }
  /** A constant of the project whose value is not known. */
  | { readonly is: 'constant'; readonly name: string }
  /** Each call may go elsewhere. */
  | { readonly is: 'varies' }
  | null;

/** The other side of a call: by its own address, else by that of its client. */
export function addressOf(call: IoCall): Address {
  const own = ownAddress(call);
  if (own !== null && own.is !== 'varies') return own;
  const { instance } = call.operation;
  const ofClient = instance === null ? null : addressOfClient(instance);
  return ofClient ?? own;
}

/** The path of an address: `/orders/{}`, without its query. */
export function pathOf(call: IoCall): string | null {
  const found = writtenAddress(call);
  if (found === null || call.operation.model.kind !== 'http') return null;
  const parts = call.through !== null && found.node.type === 'TemplateLiteral' ? partsOf(call, found.file, found.node) : textIn(seenFrom(call, evaluate(found.file, found.node)));
  if (parts === null) return null;
  // What it begins with and is not known is its host.
  const known = parts.filter((part, index) => part !== '' || index > 0);
  const whole = known.map((part, index) => (part === null ? (index === 0 ? '' : '{}') : part)).join('');
  const path = whole.replace(/^[a-z][\w+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return path.startsWith('/') ? path : known[0] === null || path === '' ? null : `/${path}`;
}

function textIn(value: Value): readonly (string | null)[] | null {
  const text = value.kind === 'url' ? value.text : value;
  return text.kind === 'literal' && typeof text.value === 'string' ? [text.value] : text.kind === 'text' ? text.parts : null;
}

/** The template of a wrapper, with what this call hands it in the places of its parameters. */
function partsOf(call: IoCall, file: SourceFile, { quasis, expressions }: TSESTree.TemplateLiteral): readonly (string | null)[] {
  return quasis.flatMap((quasi, index) => {
    const expression = expressions[index];
    return [quasi.value.cooked, ...(expression === undefined ? [] : (textIn(seenFrom(call, evaluate(file, expression))) ?? [null]))];
  });
}

/** Texts that follow each other as one. */
function joined(parts: readonly (string | null)[]): Value {
  const merged: (string | null)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part !== null && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return { kind: 'text', parts: merged };
}

/** The expression of the address; of a wrapper's call, the one inside. */
function writtenAddress(call: IoCall): { readonly file: SourceFile; readonly node: Node } | null {
  const { node, file, operation, options } = innermost(call);
  if (node.type === 'CallExpression') {
    const argument = addressArgument(operation.operation.url, node);
    if (argument !== null) return { file, node: argument };
  }
  const named = readOption(options, 'url');
  return named.is === 'set' && named.place?.node.type === 'Property' ? { file: named.place.file, node: named.place.node.value } : null;
}

function innermost(call: IoCall): IoCall {
  let current = call;
  while (current.through !== null) current = current.through.inner;
  return current;
}

/** A value inside of wrappers, with what this call hands them. */
function seenFrom(call: IoCall, value: Value): Value {
  const levels: IoCall[] = [];
  for (let current = call; current.through !== null; current = current.through.inner) levels.unshift(current);
  return levels.reduce((seen, { through, node, file }) => (node.type === 'TaggedTemplateExpression' ? seen : substitute(seen, through!.callee, node.arguments, file)), value);
}

function ownAddress(call: IoCall): Address {
  if (call.through === null && call.node.type === 'CallExpression') {
    const found = downstreamOfCall(call.file, call, call.node);
    if (found.is === 'constant') return fromKey(found.key, found.shown);
    if (found.is === 'relative') return null;
  }
  const written = writtenAddress(call);
  if (written === null) return null;
  const head = leadingPart(written.file, written.node);
  if (head === null) return { is: 'varies' };
  const value = call.through !== null && head.node.type === 'TemplateLiteral' ? joined(partsOf(call, head.file, head.node)) : seenFrom(call, head.value);
  const known = ofValue(value);
  if (known !== null) return known;
  const text = value.kind === 'text' ? value.parts[0] : value.kind === 'literal' ? value.value : null;
  // A path alone: the client knows the rest.
  return typeof text === 'string' && !/^[a-z][\w+.-]*:/i.test(text) ? null : { is: 'varies' };
}

function fromKey(key: string, shown: string): Address {
  const [kind, rest] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
  return kind === 'host' ? { is: 'host', host: rest } : kind === 'env' ? { is: 'env', name: rest } : { is: 'constant', name: shown };
}

/** What a client is made with says where its calls go. */
function addressOfClient(instance: InstanceValue, depth = 0): Address {
  const layers = [...instance.layers.map((layer) => layer.value), ...registeredLayer(instance)];
  for (const path of ADDRESS_OPTIONS) {
    // Of a queue or a cache, it stands before keys.
    if (path === 'prefix' && instance.model.kind !== 'http') continue;
    const answer = readLayers(layers, path, null);
    if (answer.is !== 'set') continue;
    for (const value of alternatives(answer.value)) if (value.kind === 'instance' && depth < 3) return addressOfClient(value, depth + 1);
    const node = answer.place?.node;
    const written = node?.type === 'Property' ? node.value : null;
    return ofValue(answer.value) ?? (written === null ? null : named(unwrap(written)));
  }
  const { made } = instance;
  if (made === null || (made.node.type !== 'CallExpression' && made.node.type !== 'NewExpression')) return null;
  for (const argument of made.node.arguments.slice(0, 2)) {
    if (argument.type === 'SpreadElement') return null;
    const value = evaluate(made.file, argument);
    for (const one of presentAlternatives(value)) if (one.kind === 'instance' && depth < 3) return addressOfClient(one, depth + 1);
    const found = instance.model.kind === 'sdk' ? null : ofValue(value);
    // A text or a variable of another kind stands there as well: a name, a key.
    if (found !== null && (found.is === 'env' ? NAMES_ADDRESS.test(found.name) : alternatives(value).some(hasScheme))) return found;
  }
  return null;
}

function hasScheme(value: Value): boolean {
  const text = value.kind === 'literal' ? value.value : value.kind === 'text' ? value.parts[0] : value.kind === 'url' ? '://' : null;
  return typeof text === 'string' && text.includes('://');
}

function registeredLayer(instance: InstanceValue): readonly Value[] {
  const registrations = instance.model.clients[instance.client]?.registrations;
  if (instance.optionsUnknown?.code !== 'injected' || registrations === undefined) return [];
  const found = registrationOptions(instance.from, instance.model, registrations);
  return 'unknown' in found || found.value === null ? [] : [found.value];
}

/** `PAYMENTS_URL`, `config.ordersUrl`: which it is stands somewhere else. `env.ORDERS_URL` of a checked environment is its variable. */
function named(node: Node): Address {
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return null;
  const member = node.type === 'MemberExpression' && node.object.type === 'Identifier' && /env/i.test(node.object.name) ? memberName(node) : null;
  if (member !== null && isCapital(member)) return { is: 'env', name: member };
  const name = describe(node);
  return /^[\w$.]+$/.test(name) ? { is: 'constant', name } : null;
}

/** `process.env.X ?? 'http://localhost'`: the variable names it. */
function ofValue(value: Value): Address {
  const known = alternatives(value).filter((one) => one.kind !== 'literal' || one.value != null);
  const env = known.find((one) => one.kind === 'env');
  if (env?.kind === 'env' && known.every((one) => one.kind === 'literal' || (one.kind === 'env' && one.name === env.name))) return { is: 'env', name: env.name };
  const [only] = known;
  if (only === undefined || known.length > 1) return null;
  if (only.kind === 'url') return ofValue(only.text);
  if (only.kind === 'array') return only.items[0] === undefined ? null : ofValue(only.items[0]());
  const text = only.kind === 'literal' ? only.value : only.kind === 'text' ? only.parts[0] : null;
  if (typeof text !== 'string') return null;
  const isCut = only.kind === 'text' && only.parts.length > 1;
  const host = /^[a-z][\w+.-]*:\/\/(?:[^@/?#]*@)?([\w.-]+(?::\d+)?)([/?#]|$)/i.exec(text) ?? /^([\w-]+(?:\.[\w-]+)+(?::\d+)?|localhost(?::\d+)?|[\w-]+:\d+)($)/.exec(text);
  return host === null || (isCut && host[2] === '') ? null : { is: 'host', host: host[1]!.toLowerCase() };
}
