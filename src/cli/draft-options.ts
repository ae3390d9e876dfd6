import { alternatives, type FunctionNode, type InstanceValue, type Value } from '../analysis/value.js';
import { coversReply } from '../facts/bound-options.js';
import type { IoCall } from '../facts/io-calls.js';
import type { BoundModel, Covers, ZeroMeans } from '../models/types.js';

/** An option of a wrapper that ends up as a bound of what it calls. */
export interface CarriedOption {
  /** The function whose parameter it is: the call itself, or what made the client. */
  readonly owner: FunctionNode;
  readonly index: number;
  /** Path below the parameter; empty for a number by position. */
  readonly path: readonly string[];
  readonly is: 'bound' | 'signal';
  readonly covers: Covers;
  readonly unit: BoundModel['unit'];
  readonly zero: ZeroMeans | undefined;
}

/** What a call of a wrapper leaves to its caller, and what it sets by itself. */
export interface CarriedOptions {
  readonly options: readonly CarriedOption[];
  /** The limit that holds where the caller sets none, in the unit of the bound. */
  readonly fallback: number | null;
  /** Something that is neither may set it too. */
  readonly other: boolean;
}

/** Which parameters reach the options of a call or of its client that bound it in time. */
export function carriedOptions({ operation: { model, instance }, options }: IoCall): CarriedOptions {
  const found: CarriedOption[] = [];
  const numbers: number[] = [];
  let opaque = false;
  const add = (parameters: readonly Parameter[], what: Omit<CarriedOption, 'owner' | 'index' | 'path'>): void => {
    for (const { node, index, path } of parameters) {
      if (!found.some((one) => one.owner === node && one.index === index && one.path.join('.') === path.join('.') && one.covers === what.covers && one.is === what.is)) found.push({ owner: node, index, path, ...what });
    }
  };
  for (const bound of model.bounds) {
    if (!coversReply(bound) || bound.fixed === true || bound.rejects === false || bound.requires !== undefined || bound.path.startsWith('.')) continue;
    if (bound.clients !== undefined && (instance === null || !bound.clients.includes(instance.client))) continue;
    for (const value of layersOf(bound.at, options, instance)) {
      const { parameters, limits, other } = valuesAt(value, bound.path.split('.'));
      opaque ||= other;
      // What the wrapper puts in place of a zero is its own affair.
      add(parameters, { is: 'bound', covers: bound.covers, unit: bound.unit, zero: limits.length > 0 ? undefined : bound.zero });
      numbers.push(...limits);
      // A number that is written here leaves nothing to what stands below it.
      if (limits.length > 0) break;
    }
  }
  const { signal } = model;
  if (signal !== undefined && signal.bounds !== false) {
    for (const value of layersOf(signal.at, options, instance)) {
      const { parameters, limits, timers, other } = valuesAt(value, signal.path.split('.'));
      opaque ||= other;
      add(parameters, { is: 'signal', covers: 'total', unit: 'ms', zero: undefined });
      add(timers, { is: 'bound', covers: 'total', unit: 'ms', zero: undefined });
      numbers.push(...limits);
    }
  }
  return { options: found, fallback: numbers.length === 0 ? null : Math.max(...numbers), other: opaque };
}

/** The limit that is written where a client was made; `unknown` where something else decides. */
export function limitOfClient(instance: InstanceValue): number | 'none' | 'unknown' {
  if (instance.optionsUnknown !== null) return 'unknown';
  const numbers: number[] = [];
  for (const bound of instance.model.bounds.filter((each) => coversReply(each) && each.fixed !== true && each.rejects !== false)) {
    for (const { value } of instance.layers) {
      const { parameters, limits, other } = valuesAt(value, bound.path.split('.'));
      if (other || parameters.length > 0) return 'unknown';
      numbers.push(...limits);
    }
  }
  return numbers.length === 0 ? 'none' : Math.max(...numbers);
}

/** The options of the call, then those of its client, the one that wins first. */
function layersOf(at: readonly ('call' | 'client')[], options: Value | null, instance: InstanceValue | null): readonly Value[] {
  return [...(at.includes('call') && options !== null ? [options] : []), ...(at.includes('client') ? ([...(instance?.layers ?? [])].reverse().map(({ value }) => value)) : [])];
}

type Parameter = Extract<Value, { kind: 'parameter' }>;

interface Values {
  readonly parameters: readonly Parameter[];
  /** Numbers that are written. */
  readonly limits: readonly number[];
  /** Parameters that are the number of a timed signal. */
  readonly timers: readonly Parameter[];
  /** Something else may stand there. */
  readonly other: boolean;
}

const NOTHING: Values = { parameters: [], limits: [], timers: [], other: false };
const MAX_LEVEL = 6;

/** What may stand at a path in an options object, handed-on objects included. */
function valuesAt(value: Value, path: readonly string[], level = 0): Values {
  if (level > MAX_LEVEL) return { ...NOTHING, other: true };
  const [key, ...rest] = path;
  return joined(
    alternatives(value).map((member): Values => {
      if (member.kind === 'parameter') return { ...NOTHING, parameters: [{ ...member, path: [...member.path, ...path] }] };
      if (member.kind === 'literal') return typeof member.value === 'number' && key === undefined ? { ...NOTHING, limits: [member.value] } : NOTHING;
      if (key === undefined) {
        if (member.kind !== 'signal') return { ...NOTHING, other: true };
        const timed = member.ms === null ? NOTHING : valuesAt(member.ms, [], level + 1);
        return { ...timed, parameters: [], timers: timed.parameters };
      }
      if (member.kind !== 'object') return { ...NOTHING, other: true };
      const entry = member.entries.get(key);
      if (entry !== undefined) return valuesAt(entry.value(), rest, level + 1);
      if (member.open === null) return NOTHING;
      return member.parts === undefined ? { ...NOTHING, other: true } : joined(member.parts.map((part) => valuesAt(part, path, level + 1)));
    }),
  );
}

function joined(all: readonly Values[]): Values {
  return { parameters: all.flatMap((one) => one.parameters), limits: all.flatMap((one) => one.limits), timers: all.flatMap((one) => one.timers), other: all.some((one) => one.other) };
}
