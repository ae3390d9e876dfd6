import type { TSESTree } from '@typescript-eslint/types';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { alternatives } from '../analysis/value.js';
import { registrationOptions } from '../project/package-facts.js';
import { ACTING_PATH } from '../models/host-names.js';
import type { WayOfPolicy } from '../models/policy-module-names.js';
import { mayBeView } from './views.js';
import { effectOf } from './call-effect.js';
import { awaitedObservable } from './awaited-observables.js';
import { addressArgument, downstreamOfCall } from './call-downstream.js';
import { downstreamOf, ofName, type Downstream } from './downstreams.js';
import { callsOf, type IoCall } from './io-calls.js';
import { libraryRetries } from './library-retries.js';
import { isInPolicy, isInTransaction } from './policy-scopes.js';
import { isRepeatableBody } from './repeatable-bodies.js';
import { replaceableLoop, type ReplaceableLoop } from './replaceable-loops.js';
import { retryRegions } from './retries.js';
import { runsAsFunction } from './serverless.js';
import { storeRefusal, type StoreRefusal } from './store-calls.js';
import { handsOnStream } from './streamed-replies.js';

type Node = TSESTree.Node;

/** A call that a policy can be put around where it stands. */
export interface PolicySite {
  readonly call: IoCall;
  readonly node: TSESTree.CallExpression;
  /** What is one attempt, before what is chained to it: the call, or what subscribes to the observable it gives. */
  readonly whole: TSESTree.CallExpression;
  readonly verdict:
    | { readonly is: 'wrap'; readonly downstream: Extract<Downstream, { readonly is: 'constant' }>; readonly repeats: WayOfPolicy; readonly why: string; readonly instead: ReplaceableLoop | null }
    /** No circuit belongs around it; a deadline does. */
    | { readonly is: 'deadline-only'; readonly reason: 'downstream-varies' | 'serverless'; readonly detail: string }
    | { readonly is: 'refused'; readonly reason: Refusal; readonly detail: string };
}

export type Refusal = 'unsafe-retry' | 'view' | 'in-policy' | 'in-transaction' | 'stream' | 'observable' | 'not-sure-which' | StoreRefusal;

const MEMO = Symbol('policy sites');

/** The calls of a file that are wrapped one by one, as their client has no place for a policy, or is no client of the project's own. */
export function policySites(file: SourceFile): readonly PolicySite[] {
  return file.memo(MEMO, () =>
    callsOf(file).io.flatMap((call) => {
      const { node } = call;
      if (node.type !== 'CallExpression' || !isWrappedInPlace(call) || goesThroughRegistration(file, call, node)) return [];
      return [{ call, node, whole: (call.operation.operation.lazy === 'subscribe' ? awaitedObservable(file, node) : null) ?? node, verdict: verdictOf(file, call, node) }];
    }),
  );
}

/**
 * A bare function, a method of the client that the library itself makes (`fetch(url)`, `axios.get(url)`), or of one that a
 * container makes; and all calls of clients whose only place for a policy is the call.
 */
function isWrappedInPlace({ operation, through, mode }: IoCall): boolean {
  const { model, instance } = operation;
  if (through !== null || mode === 'local' || mode === 'browser' || model.seam?.outcomes === undefined) return false;
  // Commands of a store go through one client, which has no place for a policy.
  if (model.seam.policies === 'unsent') return instance !== null && operation.operation.effect !== 'none';
  if (instance === null || instance.optionsUnknown?.code === 'injected') return true;
  return instance.optionsUnknown === null && (instance.made === null || model.seam.kind === 'call');
}

/** A call of an injected client below the address of its registration, which has the policy. */
function goesThroughRegistration(file: SourceFile, call: IoCall, node: TSESTree.CallExpression): boolean {
  const { instance, model } = call.operation;
  if (instance?.optionsUnknown?.code !== 'injected') return false;
  const downstream = downstreamOfCall(file, call, node);
  if (downstream.is === 'relative') return true;
  const service = model.seam?.write?.service;
  const registrations = Object.values(model.clients).flatMap((shape) => shape.registrations ?? []);
  const found = service?.is === 'option' ? registrationOptions(instance.from, model, registrations) : null;
  const base = found === null || 'unknown' in found || service?.is !== 'option' ? null : readOption(found.value, service.path);
  const place = base?.is === 'set' ? base.place : null;
  const own = place?.node.type === 'Property' ? downstreamOf(place.file, place.node.value) : null;
  return own?.is === 'constant' && downstream.is === 'constant' && own.key === downstream.key;
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
  const repeats = repeatsOf(file, call, node);
  return repeats === null ? { is: 'refused', reason: 'unsafe-retry', detail: call.operation.name } : { is: 'wrap', downstream, ...repeats };
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
  return { is: 'wrap', downstream, repeats: retried ? 'once' : 'retryUnsent', why: retried ? 'what stands around it tries again already' : 'what was sent may have been carried out', instead: null };
}

function refusalOf(file: SourceFile, call: IoCall, node: Node): Refusal | null {
  if (mayBeView(file)) return 'view';
  if (isInPolicy(file, node)) return 'in-policy';
  if (isInTransaction(file, node)) return 'in-transaction';
  if (call.mode === 'blocking') return 'waits-on-purpose';
  if (call.mode !== 'reply' || handsOnStream(call)) return 'stream';
  if (call.uncertain) return 'not-sure-which';
  return call.operation.operation.lazy === 'subscribe' && node.type === 'CallExpression' && awaitedObservable(file, node) === null ? 'observable' : null;
}

/**
 * Reads may be sent again, and writes that carry a key; where something around the call tries again already, that is enough.
 * `null`: it tries a write again that may then happen twice, and a bound would make that likelier.
 */
function repeatsOf(file: SourceFile, call: IoCall, node: TSESTree.CallExpression): { readonly repeats: WayOfPolicy; readonly why: string; readonly instead: ReplaceableLoop | null } | null {
  const instead = loopAround(file, call);
  if (instead === null && isRetried(file, node)) {
    return effectOf(call).mayRepeat === 'no' ? null : { repeats: 'once', why: 'what stands around it tries again already', instead };
  }
  if (retriesItself(call)) return { repeats: 'once', why: `${call.operation.model.title} tries again by itself`, instead };
  return { ...byEffect(file, call, node), instead };
}

function byEffect(file: SourceFile, call: IoCall, node: TSESTree.CallExpression): { readonly repeats: WayOfPolicy; readonly why: string } {
  const effect = effectOf(call);
  const verb = effect.verb === '' ? 'call' : effect.verb;
  if (effect.does === 'read' && actsByGet(file, call, node)) return { repeats: 'once', why: `its address names an action, which a ${verb} may take twice` };
  if (effect.does === 'read') return { repeats: 'retry', why: `a ${verb} may be sent again` };
  if (effect.does !== 'write') return { repeats: 'once', why: 'whether it only reads is not known' };
  if (effect.twice === 'again' && effect.key.is === 'stable') {
    return isRepeatableBody(call) ? { repeats: 'retry', why: `the ${verb} carries ${effect.key.name ?? 'a key'}` } : { repeats: 'once', why: `the body of the ${verb} may be a stream, which cannot be sent twice` };
  }
  // A redirect that is refused a connection comes after a write that was applied.
  return neverRedirects(call) ? { repeats: 'retryUnsent', why: `a ${verb} without a key, and without redirects` } : { repeats: 'once', why: `a ${verb} without a key` };
}

/** A loop around this one call that the policy can stand in for. */
function loopAround(file: SourceFile, { node }: IoCall): ReplaceableLoop | null {
  const regions = retryRegions(file).filter((region) => region.kind === 'loop' && isInside(node, region.node));
  const [region] = regions;
  if (regions.length !== 1 || region === undefined || callsOf(file).io.filter((other) => isInside(other.node, region.node)).length !== 1) return null;
  return replaceableLoop(file, region, node);
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

/** `fetch(`${API}/sendMessage?text=…`)`: the method is not all that a call says of itself. */
function actsByGet(file: SourceFile, { operation: { operation } }: IoCall, node: TSESTree.CallExpression): boolean {
  const url = addressArgument(operation.url, node);
  return url !== null && ACTING_PATH.test(file.text.slice(...url.range));
}

/** Does a loop, a function that calls itself, a library or a helper of the project try again what the call stands in? */
function isRetried(file: SourceFile, node: Node): boolean {
  const within = (outer: Node): boolean => isInside(node, outer);
  if (retryRegions(file).some((region) => within(region.kind === 'loop' ? region.node : region.fn))) return true;
  if (libraryRetries(file).some((retry) => retry.node.arguments.some(within))) return true;
  return callsOf(file).project.some(({ node: call, callee }) => call.arguments.some(within) && retryRegions(callee.file).some(({ fn }) => fn === callee.node));
}
