import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside, ownNodes } from '../analysis/summarize-body.js';
import { describe, isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { KEEPS_FAILURES, RUNS_LATER } from '../models/retry-names.js';
import { clientAttempts, type ClientAttempts } from './client-attempts.js';
import { callsAmong, type IoCall } from './io-calls.js';
import { nodesWithin } from './nodes-within.js';
import { mayRetry, retryRegions, type RetryRegion } from './retries.js';
import { causesOf, type Causes } from './retry-causes.js';
import { attemptsAt, runOf } from './retry-runs.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Something that tries again what is inside it. */
export interface Layer {
  readonly by: 'client' | 'own' | 'library' | 'helper';
  readonly attempts: number;
  /** For people: `openai`, `pRetry`, the function in which a loop stands. */
  readonly name: string;
  readonly kind: 'loop' | 'recursion' | null;
  /** For which failures; of a client, those that pass. */
  readonly causes: Causes;
  readonly file: SourceFile;
  readonly node: Node;
  readonly client: { readonly call: IoCall; readonly found: ClientAttempts } | null;
}

/** The layers around one call, the outermost first. */
export interface Chain {
  readonly layers: readonly Layer[];
  /** The call of the searched code that leads there, and its file. */
  readonly node: Call;
  readonly file: SourceFile;
  /** What is tried in the end: a client's call, or what the innermost layer calls. */
  readonly io: IoCall | null;
  readonly subject: string;
}

interface Search {
  readonly file: SourceFile;
  readonly root: Node;
  /** The region that asks: what it tries is not its own layer. */
  readonly except: RetryRegion | null;
  readonly call: { readonly file: SourceFile; readonly args: readonly TSESTree.CallExpressionArgument[] } | null;
  readonly depth: number;
  readonly seen: ReadonlySet<Node>;
}

const MAX_DEPTH = 4;

/** What tries again inside a piece of code, a chain for each call whose failure leaves it. */
export function chainsIn(file: SourceFile, root: Node, except: RetryRegion | null): readonly Chain[] {
  return search({ file, root, except, call: null, depth: 0, seen: new Set() });
}

/** The same for what a retry is given: a function, or a name of one. */
export function chainsOfSubject(file: SourceFile, subject: Node): readonly Chain[] {
  return searchSubject({ file, root: subject, except: null, call: null, depth: 0, seen: new Set() });
}

function searchSubject(at: Search): readonly Chain[] {
  const inner = unwrap(at.root);
  if (isFunction(inner)) return inner.body == null ? [] : search({ ...at, root: inner.body });
  const value = presentAlternatives(evaluate(at.file, inner)).find((one) => one.kind === 'function');
  // A promise that was made before is not made again.
  if (value?.kind !== 'function' || at.seen.has(value.node) || value.node.body == null) return [];
  return search({ ...at, file: value.file, root: value.node.body, seen: new Set([...at.seen, value.node]) });
}

function search(at: Search): readonly Chain[] {
  const { file, root, except } = at;
  const calls = file.index.calls.filter((call) => isInside(call, root) && call !== except?.retry.node);
  if (calls.length === 0) return [];
  const around = mayRetry(file.text) ? retryRegions(file).filter((region) => region !== except && (isInside(region.fn.body ?? region.fn, root) || isInside(region.node, root))) : [];
  const chains: Chain[] = [];
  for (const call of calls) {
    const regions = around.filter((region) => holds(region, call));
    if (!leaves(file, call, root, regions)) continue;
    const outer = regions.map((region) => layerOfRegion(file, region, at.call));
    if (outer.includes('unknown')) continue;
    const layers = outer.filter((layer) => layer !== null && layer !== 'unknown');
    const inner = longest(chainsOfCall(at, call));
    if (inner === null && layers.length === 0) continue;
    chains.push({ layers: [...layers, ...(inner?.layers ?? [])], node: call, file, io: inner?.io ?? callsAmong(file, [call]).io[0] ?? null, subject: inner?.subject ?? describe(call.callee) });
  }
  return chains;
}

/** The layers that a call brings. */
function chainsOfCall(at: Search, call: Call): readonly Omit<Chain, 'node' | 'file'>[] {
  const { file, depth, seen } = at;
  if (depth >= MAX_DEPTH) return [];
  const run = runOf(file, call);
  if (run !== null) {
    // Without end, it never fails; how often it tries may not be known.
    if (typeof run.attempts !== 'number' || run.attempts < 2 || run.waits) return [];
    const layer: Layer = { by: run.by, attempts: run.attempts, name: run.name, kind: null, causes: run.causes, file, node: call, client: null };
    const inner = longest(searchSubject({ ...at, root: run.subject, except: null, depth: depth + 1 }));
    return [{ layers: [layer, ...(inner?.layers ?? [])], io: inner?.io ?? ioIn(file, run.subject), subject: inner?.subject ?? run.name }];
  }
  const { io } = callsAmong(file, [call]);
  const chains: Omit<Chain, 'node' | 'file'>[] = [];
  for (const one of io) {
    const found = clientAttempts(one);
    if (found !== null) chains.push({ layers: [{ by: 'client', attempts: found.attempts, name: found.title, kind: null, causes: 'passing', file, node: call, client: { call: one, found } }], io: one, subject: one.operation.name });
  }
  for (const callee of presentAlternatives(evaluate(file, call.callee))) {
    if (callee.kind !== 'function' || seen.has(callee.node) || callee.node.body == null) continue;
    const inner = longest(search({ file: callee.file, root: callee.node.body, except: null, call: { file, args: call.arguments }, depth: depth + 1, seen: new Set([...seen, callee.node]) }));
    if (inner !== null && inner.layers.length > 0) chains.push(inner);
  }
  return chains;
}

function ioIn(file: SourceFile, subject: Node): IoCall | null {
  return callsAmong(file, file.index.calls.filter((call) => isInside(call, subject))).io.find((call) => call.operation.operation.effect !== 'none') ?? null;
}

/** The chain that multiplies most. */
function longest<One extends Pick<Chain, 'layers'>>(chains: readonly One[]): One | null {
  return chains.reduce<One | null>((best, chain) => (best === null || product(chain.layers) > product(best.layers) ? chain : best), null);
}

export function product(layers: readonly Layer[]): number {
  return layers.reduce((all, layer) => all * layer.attempts, 1);
}

/** Is a call part of what a region tries? */
function holds({ retry, kind, fn }: RetryRegion, call: Call): boolean {
  if (retry.calls.length > 0) return retry.calls.some((tried) => isInside(call, tried));
  if (kind === 'loop' || call === retry.node) return false;
  return retry.attempt === null ? isInside(call, fn) && (retry.handler === null || !isInside(call, retry.handler)) : isInside(call, retry.attempt.block);
}

/** `null`: it is no layer, as it tries once; `unknown`: it may be one. */
function layerOfRegion(file: SourceFile, region: RetryRegion, call: Search['call']): Layer | 'unknown' | null {
  const attempts = attemptsAt(file, region, call);
  if (attempts === 1) return null;
  if (typeof attempts !== 'number' || attempts < 1 || region.polls || region.excuse !== null || !failsAtEnd(file, region)) return 'unknown';
  return { by: 'own', attempts, name: nameOf(region.fn), kind: region.kind, causes: causesOf(file, region.fn, region.retry), file, node: region.node, client: null };
}

/** Does its failure leave the function, once it gives up? */
function failsAtEnd(file: SourceFile, { fn, node, retry }: RetryRegion): boolean {
  return ownNodes(file, fn, 'ThrowStatement').some((thrown) => isInside(thrown, node) || thrown.range[0] > node.range[1] || (retry.handler !== null && isInside(thrown, retry.handler)));
}

/** Does the failure of a call leave a piece of code? Not where it is caught, nobody waits for it, or it runs later. */
function leaves(file: SourceFile, call: Call, root: Node, regions: readonly RetryRegion[]): boolean {
  let node: Node = outermost(call);
  if (node === root || isInside(root, node)) return true;
  for (let parent = node.parent; parent != null && node !== root; node = parent, parent = node.parent) {
    if (parent.type === 'TryStatement' && parent.block === node && parent.handler != null && !regions.some((region) => region.retry.attempt === parent)) {
      if (nodesWithin(file, parent.handler, 'ThrowStatement').length === 0) return false;
    }
    if (parent.type === 'CatchClause' && regions.length > 0 && regions.some((region) => region.retry.handler === parent)) return false;
    if (parent.type === 'UnaryExpression' && parent.operator === 'void') return false;
    if (parent.type === 'ExpressionStatement' && isPromiseLost(file, node)) return false;
    if (parent.type === 'MemberExpression' && parent.object === node && /^(?:catch|then)$/.test(memberName(parent) ?? '') && isCaught(file, parent)) return false;
    if (isFunction(node) && node !== root && runsElsewhere(parent)) return false;
    if (parent.type === 'CallExpression' && parent.callee !== node && isKept(file, parent, node)) return false;
  }
  return true;
}

/** A promise as a statement of its own, that nobody waits for. */
function isPromiseLost(file: SourceFile, node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type !== 'CallExpression') return false;
  return callsAmong(file, [inner]).io.length > 0 || presentAlternatives(evaluate(file, inner.callee)).some((value) => value.kind === 'function' && value.node.async);
}

/** `await tryCatch(load())`: does what is handed a promise, or a function, keep its failure, as far as is known? */
function isKept(file: SourceFile, call: TSESTree.CallExpression, argument: Node): boolean {
  const name = describe(call.callee);
  if (/^Promise\.\w+$/.test(name)) return name === 'Promise.allSettled';
  const inner = unwrap(argument);
  // What an operand gives is no promise: `save(await load())`.
  if (!isFunction(inner) && !(inner.type === 'CallExpression')) return false;
  const callees = presentAlternatives(evaluate(file, call.callee));
  if (callees.every((callee) => callee.kind === 'policy-export' || callee.kind === 'policy' || callee.kind === 'operation')) return false;
  const own = callees.find((callee) => callee.kind === 'function');
  if (own?.kind === 'function') return /\bcatch\b/.test(own.file.text.slice(own.node.range[0], own.node.range[1])) && nodesWithin(own.file, own.node, 'ThrowStatement').length === 0;
  return isFunction(inner) ? KEEPS_FAILURES.test(name) : true;
}

function isCaught(file: SourceFile, member: TSESTree.MemberExpression): boolean {
  const call = outermost(member).parent;
  if (call?.type !== 'CallExpression') return false;
  const handler = memberName(member) === 'catch' ? call.arguments[0] : call.arguments[1];
  return handler !== undefined && nodesWithin(file, handler, 'ThrowStatement').length === 0;
}

/** Is a function handed to something that runs it later? */
function runsElsewhere(parent: Node): boolean {
  if (parent.type !== 'CallExpression') return false;
  const callee = unwrap(parent.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
  return name !== null && RUNS_LATER.has(name);
}

function nameOf(fn: FunctionNode): string {
  const named = fn.id ?? (fn.parent?.type === 'VariableDeclarator' ? fn.parent.id : fn.parent?.type === 'MethodDefinition' || fn.parent?.type === 'Property' || fn.parent?.type === 'PropertyDefinition' ? fn.parent.key : null);
  return named?.type === 'Identifier' ? named.name : 'the function';
}
