import type { TSESTree } from '@typescript-eslint/types';
import { packageVersion } from '../analysis/package-version.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, unwrap } from '../analysis/syntax.js';
import type { InstanceValue } from '../analysis/value.js';
import { effectOf } from '../facts/call-effect.js';
import type { FileFacts } from '../facts/file-facts.js';
import type { IoCall } from '../facts/io-calls.js';
import type { TimeBound } from '../facts/time-bounds.js';
import { boundedByCall, isDeadCode, wholeClients } from '../facts/unbounded-sites.js';
import { isModuleOfPolicies } from '../models/policy-module-names.js';
import { pathOf } from './address.js';
import { rootClient } from './client-root.js';
import { downstreamOf, type Downstream } from './downstream.js';
import { breakerOf } from './guard-breaker.js';
import { poolOf } from './guard-pool.js';
import { retryOf } from './guard-retry.js';
import { timeoutOf } from './guard-timeout.js';
import { notAsked, notKnown } from './guard-words.js';
import type { Places } from './places.js';
import type { Guard, MapClient, MapOperation } from './types.js';

/** One call as its file alone tells it. Plain data: the file may be forgotten. */
export interface FoundOperation extends Omit<MapOperation, 'state' | 'within'> {
  /** Absolute path and offset. */
  readonly path: string;
  readonly offset: number;
  readonly client: MapClient;
  readonly downstream: Downstream;
  readonly pool: Guard;
  /** Keys of the calls inside of wrappers which are judged here, with what is handed to them. */
  readonly speaksFor: readonly string[];
  /** What it is bounded by comes from whoever calls its function. */
  readonly isForwarded: boolean;
  /** The making of a client that nobody is seen to call. */
  readonly isClient: boolean;
}

/** The same call, in whichever reading of its file. */
export const keyOf = (path: string, offset: number): string => `${path}:${offset}`;

/** The calls of a file that leave the process. What calls nobody, or nobody but a browser, is none. */
export function operationsOf(facts: FileFacts, places: Places): readonly FoundOperation[] {
  const { file } = facts;
  // What such a module calls itself, it calls for others.
  if (isModuleOfPolicies(file.text)) return [];
  const found = facts.timeBounds().flatMap((bound) => (leavesProcess(bound) && !isDeadCode(file, bound.call.node) ? [describeCall(file, bound, places)] : []));
  return [...worstOfEach(found), ...facts.wholeClients().flatMap((bound) => describeClient(facts, bound, places))];
}

function leavesProcess({ call, by }: TimeBound): boolean {
  return call.mode !== 'local' && call.mode !== 'browser' && by !== 'no-io' && call.operation.operation.effect !== 'none';
}

function describeCall(file: SourceFile, bound: TimeBound, places: Places): FoundOperation {
  const { call } = bound;
  const { operation, node } = call;
  const instance = operation.instance === null ? null : rootClient(operation.instance);
  const client = clientOf(call, instance, places);
  return {
    ...placeIn(file, node, places),
    name: nameOf(call),
    target: pathOf(call),
    effect: effectIn(call),
    timeout: bound.verdict === 'unbounded' && instance !== null && !isReported(instance) ? notKnown('its client is made of options that are handed in') : timeoutOf(bound, places),
    retry: retryOf(call, places),
    breaker: breakerOf(call, places),
    client,
    downstream: downstreamOf(instance === null ? call : { ...call, operation: { ...operation, instance } }, client.package),
    pool: poolOf(instance, places),
    speaksFor: innerKeys(call),
    isForwarded: bound.verdict === 'unknown' && bound.reason?.code === 'parameter',
    isClient: false,
  };
}

/** A client that bounds only as a whole is at fault where it is made, or nowhere: a function that makes it of its caller's options is not. */
function isReported(instance: InstanceValue): boolean {
  const { made } = instance;
  if (made === null || boundedByCall(instance)) return true;
  return wholeClients(made.file).some(({ call, verdict }) => call.node === made.node && verdict === 'unbounded');
}

/** A client that bounds only as a whole, and has no bound: where nobody is seen to call it, it stands for its calls. */
function describeClient(facts: FileFacts, bound: TimeBound, places: Places): readonly FoundOperation[] {
  const { file } = facts;
  const { call } = bound;
  const { instance } = call.operation;
  if (instance === null || !facts.unboundedSites().some((site) => site.at === 'construction' && site.node === call.node)) return [];
  const client = clientOf(call, instance, places);
  return [
    {
      ...placeIn(file, call.node, places),
      name: nameOf(call),
      target: null,
      effect: 'unknown',
      timeout: timeoutOf(bound, places),
      retry: notAsked('no call of it is seen'),
      breaker: notAsked('no call of it is seen'),
      client,
      downstream: downstreamOf(call, client.package),
      pool: poolOf(instance, places),
      speaksFor: [],
      isForwarded: false,
      isClient: true,
    },
  ];
}

function placeIn(file: SourceFile, node: TSESTree.Node, places: Places): Pick<FoundOperation, 'path' | 'offset' | 'file' | 'line' | 'column'> {
  const { line, column } = file.lines.locate(node.range[0]);
  return { path: file.path, offset: node.range[0], file: places.pathOf(file.path), line, column: column + 1 };
}

function clientOf({ operation }: IoCall, instance: InstanceValue | null, places: Places): MapClient {
  const { model, packageName, from } = operation;
  return {
    package: packageName ?? 'globalThis',
    title: instance === null ? model.title : (model.clients[instance.client]?.title ?? model.title),
    kind: model.kind,
    version: packageName === null ? null : packageVersion(from, packageName).version,
    madeAt: instance === null ? null : places.at(instance.made),
  };
}

/** As it is written where it is short, else as the model names it. */
function nameOf({ node, operation }: IoCall): string {
  if (node.type === 'TaggedTemplateExpression') return operation.name;
  const text = `${node.type === 'NewExpression' ? 'new ' : ''}${describe(unwrap(node.callee))}`;
  return text.length <= 40 && /^(?:new )?[\w$.#]+$/.test(text) ? text : operation.name;
}

function effectIn(call: IoCall): MapOperation['effect'] {
  const { does } = effectOf(call);
  return does === 'read' || does === 'write' ? does : 'unknown';
}

function innerKeys(call: IoCall): readonly string[] {
  const keys: string[] = [];
  for (let inner = call.through?.inner; inner !== undefined; inner = inner.through?.inner) keys.push(keyOf(inner.file.path, inner.node.range[0]));
  return keys;
}

const BADNESS: Readonly<Record<Guard['answer'], number>> = { no: 3, unknown: 2, yes: 1, 'not-asked': 0 };

/** `secure ? https.get : http.get`: one call that may be two operations is told once, as the worse. */
function worstOfEach(found: readonly FoundOperation[]): readonly FoundOperation[] {
  const byPlace = new Map<number, FoundOperation>();
  for (const one of found) {
    const other = byPlace.get(one.offset);
    if (other === undefined) byPlace.set(one.offset, one);
    else byPlace.set(one.offset, { ...(BADNESS[one.timeout.answer] > BADNESS[other.timeout.answer] ? one : other), speaksFor: [...other.speaksFor, ...one.speaksFor], isForwarded: other.isForwarded && one.isForwarded });
  }
  return [...byPlace.values()];
}
