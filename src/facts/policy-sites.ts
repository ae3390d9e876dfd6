import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { alternatives } from '../analysis/value.js';
import { effectOf } from './call-effect.js';
import { downstreamOf, ofName, type Downstream } from './downstreams.js';
import { callsOf, type IoCall } from './io-calls.js';
import { libraryRetries } from './library-retries.js';
import { isInPolicy, isInTransaction } from './policy-scopes.js';
import { isRepeatableBody } from './repeatable-bodies.js';
import { retryRegions } from './retries.js';
import { runsAsFunction } from './serverless.js';
import { storeRefusal, type StoreRefusal } from './store-calls.js';
import { handsOnStream } from './streamed-replies.js';

type Node = TSESTree.Node;

/** Which calls a policy may send again. */
export type Repeats = 'retry' | 'retryUnsent' | 'once';

/** A call that a policy can be put around where it stands. */
export interface PolicySite {
  readonly call: IoCall;
  readonly node: TSESTree.CallExpression;
  readonly verdict:
    | { readonly is: 'wrap'; readonly downstream: Extract<Downstream, { readonly is: 'constant' }>; readonly repeats: Repeats; readonly why: string }
    /** No circuit belongs around it; a deadline does. */
    | { readonly is: 'deadline-only'; readonly reason: 'downstream-varies' | 'serverless'; readonly detail: string }
    | { readonly is: 'refused'; readonly reason: Refusal; readonly detail: string };
}

export type Refusal = 'in-policy' | 'in-transaction' | 'stream' | 'not-sure-which' | StoreRefusal;

const MEMO = Symbol('policy sites');

/** The calls of a file that are wrapped one by one, as their client has no place for a policy, or is no client of the project's own. */
export function policySites(file: SourceFile): readonly PolicySite[] {
  return file.memo(MEMO, () =>
    callsOf(file).io.flatMap((call) => {
      const { node } = call;
      return node.type === 'CallExpression' && isWrappedInPlace(call) ? [{ call, node, verdict: verdictOf(file, call, node) }] : [];
    }),
  );
}

/** A bare function, or a method of the client that the library itself makes: `fetch(url)`, `axios.get(url)`. */
function isWrappedInPlace({ operation, through, mode }: IoCall): boolean {
  const { model, instance } = operation;
  if (through !== null || mode === 'local' || mode === 'browser' || model.seam?.outcomes === undefined) return false;
  // Commands of a store go through one client, which has no place for a policy.
  if (model.seam.policies === 'unsent') return instance !== null && operation.operation.effect !== 'none';
  return instance === null || (instance.made === null && instance.optionsUnknown === null);
}

function verdictOf(file: SourceFile, call: IoCall, node: TSESTree.CallExpression): PolicySite['verdict'] {
  const refusal = refusalOf(file, call, node);
  if (refusal !== null) return { is: 'refused', reason: refusal, detail: call.operation.name };
  const store = storeOf(call);
  if (store !== null) return ofStore(file, call, node, store);
  const platform = runsAsFunction(file);
  if (platform !== null) return { is: 'deadline-only', reason: 'serverless', detail: `${call.operation.name} (${platform})` };
  const downstream = downstreamOfCall(file, call, node);
  if (downstream.is !== 'constant') return { is: 'deadline-only', reason: 'downstream-varies', detail: `${call.operation.name}: ${downstream.is === 'varies' ? downstream.why : 'its address is a path alone'}` };
  return { is: 'wrap', downstream, ...repeatsOf(file, call, node) };
}

/** The name of the store that a call goes to; `null` for a service whose calls say more. */
function storeOf({ operation: { model } }: IoCall): string | null {
  return model.seam?.policies === 'unsent' ? (model.seam.service ?? null) : null;
}

/** There is no circuit that another store could open, and no count that a platform's instances would each keep. */
function ofStore(file: SourceFile, call: IoCall, node: TSESTree.CallExpression, store: string): PolicySite['verdict'] {
  const refusal = storeRefusal(file, call, node);
  if (refusal !== null) return { is: 'refused', reason: refusal, detail: call.operation.name };
  const downstream = ofName(store);
  const retried = isRetried(file, node);
  return { is: 'wrap', downstream, repeats: retried ? 'once' : 'retryUnsent', why: retried ? 'what stands around it tries again already' : 'what was sent may have been carried out' };
}

function refusalOf(file: SourceFile, call: IoCall, node: Node): Refusal | null {
  if (isInPolicy(file, node)) return 'in-policy';
  if (isInTransaction(file, node)) return 'in-transaction';
  if (call.mode === 'blocking') return 'waits-on-purpose';
  if (call.mode !== 'reply' || handsOnStream(call)) return 'stream';
  return call.uncertain ? 'not-sure-which' : null;
}

function downstreamOfCall(file: SourceFile, { operation: { operation }, options }: IoCall, node: TSESTree.CallExpression): Downstream {
  const url = operation.url === undefined ? null : argumentAt(node, operation.url.at);
  if (url !== null) return downstreamOf(file, url);
  const named = readOption(options, 'url');
  return named.is === 'set' && named.place?.file === file && named.place.node.type === 'Property' ? downstreamOf(file, named.place.node.value) : { is: 'varies', why: 'its address is not written here' };
}

function argumentAt(node: TSESTree.CallExpression, at: readonly number[] | 'last'): Node | null {
  const argument = node.arguments[at === 'last' ? node.arguments.length - 1 : (at[0] ?? 0)];
  return argument === undefined || argument.type === 'SpreadElement' ? null : argument;
}

/** Reads may be sent again, and writes that carry a key; where something around the call tries again already, that is enough. */
function repeatsOf(file: SourceFile, call: IoCall, node: Node): { readonly repeats: Repeats; readonly why: string } {
  if (isRetried(file, node)) return { repeats: 'once', why: 'what stands around it tries again already' };
  if (retriesItself(call)) return { repeats: 'once', why: `${call.operation.model.title} tries again by itself` };
  const effect = effectOf(call);
  const verb = effect.verb === '' ? 'call' : effect.verb;
  if (effect.does === 'read') return { repeats: 'retry', why: `a ${verb} may be sent again` };
  if (effect.does !== 'write') return { repeats: 'once', why: 'whether it only reads is not known' };
  if (effect.twice === 'again' && effect.key.is === 'stable') {
    return isRepeatableBody(call) ? { repeats: 'retry', why: `the ${verb} carries ${effect.key.name ?? 'a key'}` } : { repeats: 'once', why: `the body of the ${verb} may be a stream, which cannot be sent twice` };
  }
  // A redirect that is refused a connection comes after a write that was applied.
  return neverRedirects(call) ? { repeats: 'retryUnsent', why: `a ${verb} without a key, and without redirects` } : { repeats: 'once', why: `a ${verb} without a key` };
}

function neverRedirects({ options, operation }: IoCall): boolean {
  const answer = readOption(options, 'redirect');
  // undici's own `request` follows none.
  if (operation.operation.followsRedirects === false) return true;
  return answer.is === 'set' && alternatives(answer.value).every((value) => value.kind === 'literal' && (value.value === 'error' || value.value === 'manual'));
}

function retriesItself({ operation: { model } }: IoCall): boolean {
  return (model.retry?.retries ?? 0) > 0;
}

/** Does a loop, a function that calls itself or a library try again what the call stands in? */
function isRetried(file: SourceFile, node: Node): boolean {
  const within = (outer: Node): boolean => outer.range[0] <= node.range[0] && outer.range[1] >= node.range[1];
  return retryRegions(file).some((region) => within(region.kind === 'loop' ? region.node : region.fn)) || libraryRetries(file).some((retry) => retry.node.arguments.some(within));
}

/** The argument of a call in which its options travel, where one is written. */
export function optionsArgument(file: SourceFile, { operation: { operation } }: IoCall, node: TSESTree.CallExpression): Node | null {
  return operation.options === undefined ? null : (argumentValue(file, node.arguments, operation.options)?.node ?? null);
}
