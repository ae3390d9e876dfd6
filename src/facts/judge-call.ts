import { readOption } from '../analysis/options.js';
import { alternatives, type OptionAnswer, type Place, type Reason, type Value } from '../analysis/value.js';
import type { BoundModel } from '../models/types.js';
import { packageDefaults, registrationOptions } from '../project/package-facts.js';
import { atConstructions } from '../project/construction-sites.js';
import { readBounds, coversReply, type BoundAnswer } from './bound-options.js';
import { chainedBound } from './chained-bounds.js';
import { driverIsKnown } from './client-driver.js';
import { enclosingBound, type CooperativeSignal } from './enclosing-bounds.js';
import type { IoCall } from './io-calls.js';
import { placeOf, reasonText } from './reason-words.js';
import type { TimeBound } from './time-bounds.js';

/**
 * A library's own default counts as a bound up to here. Longer ones (300 s of undici, 600 s of
 * openai) outlive every caller that waits for them.
 */
export const ACCEPTABLE_DEFAULT_MS = 120_000;

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
  if (reason === null && model.driver !== undefined && !driverIsKnown(model, scoped.operation.instance, layers)) {
    reason = { code: 'driver', detail: model.title };
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
  // `defaults.adapter` is where it stands on the client; `request.fetch` is where it is given, too.
  const options = [...new Set([model.seam.path, model.seam.path.split('.').at(-1)!])];
  return [call.options, ...(instance?.layers.map((layer) => layer.value) ?? [])].some((given) =>
    options.some((option) => {
      const answer = readOption(given, option);
      // `adapter: 'http'` names one of the library's own.
      return answer.is === 'set' && answer.value.kind !== 'literal';
    }),
  );
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

