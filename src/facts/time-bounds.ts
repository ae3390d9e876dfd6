import type { TSESTree } from '@typescript-eslint/types';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { dependsOn, substitute } from '../analysis/substitute.js';
import { describe } from '../analysis/syntax.js';
import { alternatives, type OptionAnswer, type Place, type Reason, type Value } from '../analysis/value.js';
import type { BoundModel } from '../models/types.js';
import { packageDefaults, registrationOptions } from '../project/package-facts.js';
import { atConstructions } from '../project/construction-sites.js';
import { readBounds, coversReply, type BoundAnswer } from './bound-options.js';
import { chainedBound } from './chained-bounds.js';
import { enclosingBound, type CooperativeSignal } from './enclosing-bounds.js';
import { callsOf, type IoCall, type ProjectCall } from './io-calls.js';

/** What bounds a call in time, or why nothing does. One per I/O call. */
export interface TimeBound {
  readonly call: IoCall;
  readonly verdict: 'bounded' | 'unbounded' | 'unknown';
  /**
   * What decided: `call-option`, `signal`, `client-option`, `package-default`, `library-default`,
   * `policy`, `chained`, `stream`, `blocking`, `no-limit-chosen`, `absent`; for `unknown`, the code of the reason.
   */
  readonly by: string;
  /** Where the deciding thing stands. */
  readonly place: Place | null;
  readonly reason: Reason | null;
  /** For `unbounded`: a bound that is set but does not end a hanging call (connect only, an event only). */
  readonly partial: BoundModel | null;
  /** For `unbounded`: a signal is passed that only cancels. */
  readonly cancelOnly: boolean;
  /** For `unbounded`: the library's own limit, too long to serve as one; ms. */
  readonly defaultMs: number | null;
  /** The steps of the judgement, for `explain`, one sentence each. */
  readonly steps: readonly string[];
}

/**
 * A library's own default counts as a bound up to here. Longer ones (300 s of undici, 600 s of
 * openai) outlive every caller that waits for them.
 */
export const ACCEPTABLE_DEFAULT_MS = 120_000;

const MEMO = Symbol('time-bounds');
/** Wrappers of wrappers are followed this far. */
const MAX_WRAPPERS = 3;

interface Holder {
  bounds: readonly TimeBound[] | null;
}

/** The time bounds of all I/O calls of a file, calls of its wrappers included. */
export function timeBounds(file: SourceFile): readonly TimeBound[] {
  return boundsAt(file, 0);
}

function boundsAt(file: SourceFile, depth: number): readonly TimeBound[] {
  const holder = file.memo<Holder>(MEMO, () => ({ bounds: null }));
  if (holder.bounds !== null) return holder.bounds;
  // A cycle of files sees what has been judged so far: nothing.
  holder.bounds = [];
  const calls = callsOf(file);
  const direct = calls.io.map((call) => judgeCall(call));
  holder.bounds = direct;
  const forwarded = depth < MAX_WRAPPERS ? calls.project.flatMap((call) => judgeProjectCall(call, depth)) : [];
  holder.bounds = forwarded.length === 0 ? direct : [...direct, ...forwarded].sort((a, b) => a.call.node.range[0] - b.call.node.range[0]);
  return holder.bounds;
}

/** A call of a project function that forwards a parameter as options: judged with what is passed here. */
function judgeProjectCall(call: ProjectCall, depth: number): TimeBound[] {
  const results: TimeBound[] = [];
  const { file, node } = call.callee;
  for (const inner of file === call.file ? boundsInside(file, node, callsOf(file)) : boundsAt(file, depth + 1)) {
    const at = inner.call.node.range;
    if (at[0] < node.range[0] || at[1] > node.range[1]) continue;
    if (inner.verdict !== 'unknown' || inner.reason?.code !== 'parameter') continue;
    const receiver = inner.call.operation.instance;
    // Options that did not come from this function's parameters stay the business of its own caller.
    if (!((inner.call.options !== null && dependsOn(inner.call.options, node)) || (receiver !== null && dependsOn(receiver, node)))) continue;
    const options = inner.call.options === null ? null : substitute(inner.call.options, node, call.node.arguments, call.file);
    const instance = inner.call.operation.instance;
    const seen = instance === null ? null : substitute(instance, node, call.node.arguments, call.file);
    const forwarded: IoCall = {
      ...inner.call,
      file: call.file,
      node: call.node,
      options,
      operation: { ...inner.call.operation, instance: seen?.kind === 'instance' ? seen : instance },
      optionsNode: optionsNodeOf(inner.call, call),
      through: { callee: node, name: describe(call.node.callee), inner: inner.call },
    };
    const judged = judgeCall(forwarded, inner.call);
    results.push({ ...judged, steps: [`\`${describe(call.node.callee)}\` forwards its options to ${inner.call.operation.name} (${placeOf({ file, node: inner.call.node })})`, ...judged.steps] });
  }
  return results;
}

/** Within one file the wrapper's own calls are judged without the calls of wrappers, which are being judged now. */
function boundsInside(file: SourceFile, node: TSESTree.Node, calls: ReturnType<typeof callsOf>): readonly TimeBound[] {
  const holder = file.memo<Holder>(MEMO, () => ({ bounds: null }));
  if (holder.bounds !== null && holder.bounds.length > 0) return holder.bounds;
  return calls.io.filter((io) => io.node.range[0] >= node.range[0] && io.node.range[1] <= node.range[1]).map((io) => judgeCall(io));
}

/** The argument of the wrapper call that ends up as the options, where it is simply handed on. */
function optionsNodeOf(inner: IoCall, call: ProjectCall): TSESTree.Node | null {
  const parameter = inner.options?.kind === 'parameter' ? inner.options : null;
  if (parameter === null || parameter.node !== call.callee.node || parameter.path.length > 0) return null;
  return call.node.arguments[parameter.index] ?? null;
}

/** @param inside for forwarded calls: the inner call, whose surroundings also count */
export function judgeCall(call: IoCall, inside: IoCall | null = null): TimeBound {
  const steps: string[] = [];
  const decide = (
    verdict: TimeBound['verdict'],
    by: string,
    more: Partial<Pick<TimeBound, 'place' | 'reason' | 'partial' | 'cancelOnly' | 'defaultMs'>> = {},
  ): TimeBound => ({ call, verdict, by, place: null, reason: null, partial: null, cancelOnly: false, defaultMs: null, ...more, steps });

  if (call.mode !== 'reply') {
    steps.push(MODE_WORDS[call.mode]);
    return decide('bounded', call.mode);
  }
  const { model, instance } = call.operation;
  if (call.operation.operation.effect === 'none') {
    steps.push('it does no I/O by itself');
    return decide('bounded', 'no-io');
  }

  // What is chained to a wrapper's call is chained to the wrapper's result, not to the request.
  const chained = chainedBound(inside ?? call);
  if (chained?.is === 'bounded') {
    steps.push(`bounded by ${chained.by} (${placeOf(chained.place)})`);
    return decide('bounded', 'chained', { place: chained.place });
  }

  const defaults = packageDefaults(call.operation.from, model, instance);
  const registration = registered(call);
  const layers = registration?.layer == null ? defaults.layers : [...defaults.layers, registration.layer];
  const scoped = registration?.settled === true && instance !== null ? { ...call, operation: { ...call.operation, instance: { ...instance, optionsUnknown: null } } } : call;
  const answers = readBounds(scoped, layers);
  let reason: Reason | null = null;
  let chosenNone: BoundAnswer | null = null;
  let partial: BoundAnswer | null = null;
  for (const answer of answers) {
    switch (answer.says) {
      case 'bounds': {
        const where = answer.where === 'call' ? 'call-option' : answer.place !== null && instance?.layers.some((layer) => contains(layer.value, answer.place!)) !== true && layers.length > 0 ? 'package-default' : 'client-option';
        steps.push(`\`${answer.bound.path}\` is set${answer.place === null ? '' : ` (${placeOf(answer.place)})`}: bounds ${COVERS_WORDS[answer.bound.covers]}`);
        return decide('bounded', where, { place: answer.place });
      }
      case 'none':
        if (coversReply(answer.bound)) chosenNone ??= answer;
        break;
      case 'partial':
        partial ??= answer;
        steps.push(`\`${answer.bound.path}\` is set, but ${answer.bound.note ?? `covers only ${COVERS_WORDS[answer.bound.covers]}`}`);
        break;
      case 'unknown':
        if (coversReply(answer.bound)) {
          reason ??= answer.reason;
          steps.push(`\`${answer.bound.path}\` cannot be read: ${reasonText(answer.reason!)}`);
        }
        break;
      case 'absent':
        break;
    }
  }

  const signal = signalOf(scoped, layers);
  if (signal.is === 'bounded') {
    steps.push('its signal is aborted by a timer');
    return decide('bounded', 'signal', { place: signal.place });
  }
  if (signal.is === 'cancel') steps.push('its signal only cancels: nothing aborts it by time');
  if (signal.is === 'unknown') {
    reason ??= signal.reason;
    steps.push(`its signal cannot be judged: ${reasonText(signal.reason)}`);
  }

  if (reason === null && hasOwnTransport(scoped)) {
    reason = { code: 'replaced-transport' };
    steps.push(reasonText(reason));
  }

  const around = enclosing(call, inside);
  if (around?.is === 'bounded') {
    if (around.cooperative === null || takesSignal(scoped, around.cooperative)) {
      steps.push(`bounded by ${around.by} (${placeOf(around.place)})`);
      return decide('bounded', 'policy', { place: around.place });
    }
    steps.push(`${around.by} only aborts a signal, and the call is not handed that signal`);
  }
  if (chosenNone !== null) {
    steps.push(`\`${chosenNone.bound.path}\` is set to a value that means no limit: somebody chose it`);
    return decide('bounded', 'no-limit-chosen', { place: chosenNone.place });
  }
  if (reason === null && defaults.opaque !== null) {
    reason = defaults.opaque;
    steps.push(reasonText(reason));
  }
  if (reason === null && registration?.unknown != null) {
    reason = registration.unknown;
    steps.push(reasonText(reason));
  }
  if (reason === null && call.uncertain) {
    reason = { code: 'untyped-receiver', detail: 'it may be something else' };
    steps.push(reasonText(reason));
  }
  if (reason === null && chained?.is === 'unknown') {
    reason = chained.reason;
    steps.push(reasonText(reason));
  }
  if (reason === null && around?.is === 'unknown') {
    reason = around.reason;
    steps.push(reasonText(reason));
  }
  if (reason?.code === 'parameter' && inside === null) {
    const settled = judgeInjected(call);
    if (settled !== null) return settled;
  }
  if (reason !== null) return decide('unknown', reason.code, { reason, partial: partial?.bound ?? null });

  const own = libraryDefault(answers);
  if (own !== null && own <= ACCEPTABLE_DEFAULT_MS) {
    steps.push(`the library's own limit of ${own} ms holds`);
    return decide('bounded', 'library-default');
  }
  steps.push('no option of the call or its client bounds it, no signal is passed, nothing around it gives up');
  return decide('unbounded', 'absent', { partial: partial?.bound ?? null, cancelOnly: signal.is === 'cancel', defaultMs: own });
}

/** A client that a constructor was handed: judged by what the constructions of the class hand it, where they agree. */
function judgeInjected(call: IoCall): TimeBound | null {
  const instance = call.operation.instance;
  if (instance?.parameter === undefined) return null;
  const values = atConstructions(call.file, instance, instance.parameter.node);
  if (values === null) return null;
  const judged: TimeBound[] = [];
  for (const value of values) {
    if (value.kind !== 'instance' || value.optionsUnknown !== null) return null;
    judged.push(judgeCall({ ...call, operation: { ...call.operation, instance: value } }));
  }
  const first = judged[0]!;
  if (!judged.every((bound) => bound.verdict === first.verdict)) return null;
  return { ...first, steps: [`its client is handed to the constructor (${judged.length === 1 ? 'one construction' : `${judged.length} constructions that agree`})`, ...first.steps] };
}

/** A function of the project's own sends the request (`adapter`, `fetch`, `handlers`): it may bound it. */
function hasOwnTransport(call: IoCall): boolean {
  const { model, instance } = call.operation;
  if (model.seam?.path === undefined || !['adapter', 'fetch-option', 'handler'].includes(model.seam.kind)) return false;
  const option = model.seam.path.split('.').at(-1)!;
  return [call.options, ...(instance?.layers.map((layer) => layer.value) ?? [])].some((options) => {
    const answer = readOption(options, option);
    // `adapter: 'http'` names one of the library's own.
    return answer.is === 'set' && answer.value.kind !== 'literal';
  });
}

/** The library's own limit on the reply, ms; `null` where it has none. */
function libraryDefault(answers: readonly BoundAnswer[]): number | null {
  let least: number | null = null;
  for (const { bound, says } of answers) {
    if (says !== 'absent' || !coversReply(bound) || bound.rejects === false || bound.default === null || bound.default === 0) continue;
    const ms = bound.unit === 's' ? bound.default * 1000 : bound.default;
    least = least === null ? ms : Math.min(least, ms);
  }
  return least;
}

function contains(layer: Value, place: Place): boolean {
  return layer.kind === 'object' && [...layer.entries.values()].some((entry) => entry.place.node === place.node);
}

type SignalAnswer = { readonly is: 'bounded'; readonly place: Place | null } | { readonly is: 'cancel' } | { readonly is: 'absent' } | { readonly is: 'unknown'; readonly reason: Reason };

function signalOf(call: IoCall, packageLayers: readonly Value[]): SignalAnswer {
  const signal = call.operation.model.signal;
  if (signal === undefined || signal.bounds === false) return { is: 'absent' };
  const answers: OptionAnswer[] = [];
  if (signal.at.includes('call')) answers.push(readOption(call.options, signal.path));
  if (signal.at.includes('client')) {
    const layers = [...packageLayers, ...(call.operation.instance?.layers.map((layer) => layer.value) ?? [])];
    for (let i = layers.length - 1; i >= 0; i--) answers.push(readOption(layers[i]!, signal.path));
  }
  for (const answer of answers) {
    if (answer.is === 'absent') continue;
    if (answer.is === 'unknown') return { is: 'unknown', reason: answer.reason };
    const members = alternatives(answer.value);
    const there = members.filter((member) => !(member.kind === 'literal' && member.value == null));
    if (there.length === 0) continue;
    if (there.every((member) => member.kind === 'signal' && member.abortedBy === 'timer') && there.length === members.length) return { is: 'bounded', place: answer.place };
    if (there.every((member) => member.kind === 'signal' && member.abortedBy === 'cancel') && there.length === members.length) return { is: 'cancel' };
    const timed = there.some((member) => member.kind === 'signal' && member.abortedBy === 'timer');
    if (timed) return { is: 'bounded', place: answer.place };
    const first = there[0]!;
    if (first.kind === 'parameter') return { is: 'unknown', reason: { code: 'parameter' } };
    return { is: 'unknown', reason: first.kind === 'unknown' && first.reason.code !== 'opaque-call' ? first.reason : { code: 'signal', detail: 'made elsewhere' } };
  }
  return { is: 'absent' };
}

/** Is the signal that a cooperative policy aborts handed to the call? */
function takesSignal(call: IoCall, cooperative: CooperativeSignal): boolean {
  const signal = call.operation.model.signal;
  if (signal === undefined) return false;
  const answer = readOption(call.options, signal.path);
  if (answer.is === 'absent') return false;
  if (answer.is === 'unknown') return true;
  return alternatives(answer.value).some((value) => (value.kind === 'parameter' ? value.node === cooperative.owner : value.kind === 'unknown'));
}

function enclosing(call: IoCall, inside: IoCall | null) {
  const own = enclosingBound(call.file, call.node);
  if (own?.is === 'bounded' || inside === null) return own;
  return enclosingBound(inside.file, inside.node) ?? own;
}

/** The options under which a container made an injected client. */
function registered(call: IoCall): { readonly layer: Value | null; readonly settled: boolean; readonly unknown: Reason | null } | null {
  const { instance, model, from } = call.operation;
  if (instance === null || instance.optionsUnknown?.code !== 'injected') return null;
  const registrations = model.clients[instance.client]?.registrations;
  if (registrations === undefined) return null;
  const found = registrationOptions(from, model, registrations);
  if ('unknown' in found) return { layer: null, settled: false, unknown: found.unknown };
  return { layer: found.value, settled: true, unknown: null };
}

const MODE_WORDS: Readonly<Record<Exclude<IoCall['mode'], 'reply'>, string>> = {
  stream: 'its reply is a stream: it wants an abort signal, not a timeout',
  blocking: 'it waits on purpose: it wants an abort signal, not a timeout',
  local: 'its URL names something that was shipped with the code',
  browser: 'its URL is relative, which only a browser can resolve',
};

const COVERS_WORDS: Readonly<Record<BoundModel['covers'], string>> = {
  queue: 'the wait in the local queue',
  connect: 'the connection attempt',
  headers: 'the wait for the reply',
  idle: 'silence on the socket',
  attempt: 'one attempt',
  total: 'the whole call',
  server: 'the work on the server',
};

/** `src/a.ts:12` */
export function placeOf(place: Place): string {
  const { line } = place.file.lines.locate(place.node.range[0]);
  return `${place.file.path.split(/[\\/]/).slice(-2).join('/')}:${line}`;
}

/** A reason as a clause for people. */
export function reasonText(reason: Reason): string {
  const text = REASON_TEXT[reason.code];
  return reason.detail === undefined ? text : `${text} (${reason.detail})`;
}

const REASON_TEXT: Readonly<Record<Reason['code'], string>> = {
  parameter: 'it comes from the caller',
  'opaque-call': 'it is the result of a call that is not followed',
  'opaque-spread': 'something unknown is spread in',
  'other-file-off': 'it is made in another file, and cross-file reading is off',
  'unresolved-import': 'it comes from an import that could not be resolved',
  environment: 'it depends on the environment',
  'connection-url': 'options may travel in a connection URL that is not known here',
  interceptor: 'an interceptor runs before each request and may bound it',
  mutated: 'the object may be changed before it is used',
  'untyped-receiver': 'the receiver is not known',
  injected: 'a container makes the client with options we cannot see',
  'sometimes-set': 'it is set in some cases only',
  'dynamic-key': 'a computed key may be this option',
  wrapper: 'a helper around it may bound it',
  signal: 'the origin of the signal is not known',
  'registrations-differ': 'the client is registered more than once',
  version: 'the installed version is not covered by the model',
  'replaced-global': 'the global is replaced in this package',
  'replaced-transport': 'a transport of its own is passed',
  depth: 'it is nested too deeply to follow',
  syntax: 'it is written in a form that is not evaluated',
};
