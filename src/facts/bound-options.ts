import { alternatives, type InstanceValue, type OperationValue, type OptionAnswer, type Place, type Reason, type Value } from '../analysis/value.js';
import { readLayers, readOption } from '../analysis/options.js';
import { packageVersion, type PackageVersion } from '../analysis/package-version.js';
import { holdsFor } from '../models/version-range.js';
import { URL_KEY } from '../analysis/instance.js';
import type { BoundModel, Covers, SignalModel } from '../models/types.js';
import type { IoCall } from './io-calls.js';

/** What one option says about a call. */
export interface BoundAnswer {
  readonly bound: BoundModel;
  /**
   * - `bounds`: set to a value that limits the wait
   * - `none`: set to a value that means no limit
   * - `partial`: set, but it does not end a hanging call (connect only, an event, a log line)
   */
  readonly says: 'bounds' | 'none' | 'partial' | 'absent' | 'unknown';
  readonly where: 'call' | 'client' | null;
  readonly value: Value | null;
  readonly place: Place | null;
  readonly reason: Reason | null;
}

type OptionName = Pick<BoundModel, 'path' | 'shorthand' | 'urlParameter'>;

const COVERS_REPLY: ReadonlySet<Covers> = new Set(['headers', 'idle', 'attempt', 'total', 'server']);

/** Does this kind of bound end the wait for a reply? */
export function coversReply(bound: BoundModel): boolean {
  return COVERS_REPLY.has(bound.covers);
}

/** The bounds of a model that hold for the installed version and for this client. */
function boundsOf(call: IoCall): readonly BoundModel[] {
  const { model, instance, operation } = call.operation;
  const { version } = versionOf(call.operation);
  return model.bounds.filter((bound) => {
    if (bound.clients !== undefined && (instance === null || !bound.clients.includes(instance.client))) return false;
    if (bound.effects !== undefined && !bound.effects.includes(operation.effect)) return false;
    return bound.versions === undefined || holdsFor(version, bound.versions);
  });
}

/** How the installed version of a library takes a signal that ends a call; `undefined` where it does not. */
export function signalTaken({ operation }: IoCall): SignalModel | undefined {
  const { signal } = operation.model;
  if (signal === undefined || signal.bounds === false) return undefined;
  return signal.versions === undefined || holdsFor(versionOf(operation).version, signal.versions) ? signal : undefined;
}

/** The version of the package that a value was imported from. */
export function versionOf({ packageName, from }: Pick<OperationValue, 'packageName' | 'from'>): PackageVersion {
  return packageName === null ? { version: null, declared: null } : packageVersion(from, packageName);
}

/** Reads every bound of a call from its options and from the layers of its client. */
export function readBounds(call: IoCall, packageLayers: readonly Value[]): readonly BoundAnswer[] {
  return boundsOf(call).map((bound) => readBound(call, bound, packageLayers));
}

function readBound(call: IoCall, bound: BoundModel, packageLayers: readonly Value[]): BoundAnswer {
  const absent: BoundAnswer = { bound, says: 'absent', where: null, value: null, place: null, reason: null };
  if (bound.fixed === true) return absent;
  if (bound.at.includes('call')) {
    const answer = answerFor(bound, call.options);
    if (answer.is !== 'absent') return judge(call, bound, answer, 'call');
  }
  if (bound.at.includes('client')) {
    const instance = call.operation.instance;
    const layers = [...packageLayers, ...(instance?.layers.map((layer) => layer.value) ?? [])];
    const answer = fromLayers(bound, layers, instance?.optionsUnknown ?? null);
    if (answer.is !== 'absent') return judge(call, bound, answer, 'client');
  } else if (packageLayers.length > 0) {
    const answer = fromLayers(bound, packageLayers, null);
    if (answer.is !== 'absent') return judge(call, bound, answer, 'client');
  }
  return absent;
}

/** `timeout: 500` stands for `timeout.request` where the model says so. */
function answerFor(bound: OptionName, options: Value | null): OptionAnswer {
  const direct = readOption(options, bound.path);
  if (direct.is === 'set' || bound.shorthand !== true) return direct;
  const parent = bound.path.split('.').slice(0, -1).join('.');
  const short = readOption(options, parent);
  if (short.is !== 'set') return direct;
  const isScalar = alternatives(short.value).every((value) => value.kind === 'literal' || value.kind === 'env' || value.kind === 'unknown' || value.kind === 'parameter');
  return isScalar ? short : direct;
}

/** An option of a client, from where it was made or from its connection URL. */
export function clientOption(instance: InstanceValue, option: Pick<BoundModel, 'path' | 'urlParameter'>): OptionAnswer {
  return fromLayers(option, instance.layers.map((layer) => layer.value), instance.optionsUnknown);
}

function fromLayers(bound: OptionName, layers: readonly Value[], whenAbsent: Reason | null): OptionAnswer {
  let byUrl: OptionAnswer | null = null;
  for (let i = layers.length - 1; i >= 0; i--) {
    const answer = answerFor(bound, layers[i]!);
    if (answer.is !== 'absent') return answer;
    const url = urlAnswer(bound, layers[i]!);
    if (url.is === 'set') return url;
    // What a URL may say besides takes nothing away from what the options do say.
    if (url.is === 'unknown') byUrl ??= url;
  }
  return byUrl ?? readLayers([], bound.path, whenAbsent);
}

/** A connection URL may carry this bound as a parameter. */
function urlAnswer(bound: OptionName, layer: Value): OptionAnswer {
  if (bound.urlParameter === undefined) return { is: 'absent' };
  const answer = readOption(layer, URL_KEY);
  if (answer.is !== 'set') return answer;
  const text = answer.value.kind === 'literal' && typeof answer.value.value === 'string' ? answer.value.value : null;
  if (text === null) return { is: 'unknown', reason: { code: 'connection-url', detail: `\`${bound.urlParameter}\` may stand in it` } };
  const value = parameterIn(text, bound.urlParameter);
  return value === null ? { is: 'absent' } : { is: 'set', value: { kind: 'literal', value: Number(value) }, place: answer.place };
}

function parameterIn(url: string, name: string): string | null {
  const query = url.split('?')[1];
  return query === undefined ? null : new URLSearchParams(query).get(name);
}

function judge(call: IoCall, bound: BoundModel, answer: OptionAnswer, where: 'call' | 'client'): BoundAnswer {
  if (answer.is !== 'set') {
    return { bound, says: answer.is === 'unknown' ? 'unknown' : 'absent', where, value: null, place: null, reason: answer.is === 'unknown' ? answer.reason : null };
  }
  const base = { bound, where, value: answer.value, place: answer.place, reason: null } as const;
  // `(url, timeout) => axios.get(url, { timeout })`: whoever leaves it out sets no limit.
  if (alternatives(answer.value).every((value) => value.kind === 'parameter')) return { ...base, says: 'unknown', reason: { code: 'parameter', detail: bound.path } };
  if (alternatives(answer.value).every((value) => meansNoLimit(bound, value))) return { ...base, says: 'none' };
  if (bound.rejects === false || !coversReply(bound)) return { ...base, says: 'partial' };
  if (bound.requires !== undefined) {
    const layers = [...(call.operation.instance?.layers.map((layer) => layer.value) ?? []), ...(call.options === null ? [] : [call.options])];
    const required = readLayers(layers, bound.requires.path, call.operation.instance?.optionsUnknown ?? null);
    if (required.is === 'unknown') return { ...base, says: 'unknown', reason: required.reason };
    const holds = required.is === 'set' && (required.value.kind !== 'literal' || required.value.value === bound.requires.equals);
    if (!holds) return { ...base, says: 'partial' };
  }
  return { ...base, says: 'bounds' };
}

function meansNoLimit(bound: BoundModel, value: Value): boolean {
  if (value.kind !== 'literal') return false;
  if (value.value === Infinity) return true;
  if (value.value === 0) return bound.zero === undefined || bound.zero === 'unlimited';
  if (value.value === false || value.value === null) return bound.off === undefined || bound.off.includes(value.value);
  return false;
}
