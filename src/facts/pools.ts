import type { SourceFile } from '../analysis/source-file.js';
import { readLayers } from '../analysis/options.js';
import { alternatives, type OptionAnswer, type InstanceValue, type Place, type Reason } from '../analysis/value.js';
import type { ClientKind, PoolModel } from '../models/types.js';
import { clientOption } from './bound-options.js';
import { clientConstructions, type ClientConstruction } from './client-constructions.js';
import { driverIsKnown } from './client-driver.js';

/** Kinds of clients that keep a pool worth a limit. Sockets of HTTP clients queue without end behind a limit. */
export const POOLED: ReadonlySet<ClientKind> = new Set(['db', 'cache']);

/** What is wrong with one limit of a pool. */
export interface PoolFault {
  readonly limit: PoolModel;
  /**
   * - `none`: nothing limits it
   * - `no-pool`: the pool gives nothing out
   * - `one`: nobody said how many, and the library makes a single one
   */
  readonly is: 'none' | 'no-pool' | 'one';
  /** Where the value stands that means so; `null` where nobody set one. */
  readonly set: Place | null;
}

/** A pool that this file makes, and what is wrong with it. */
export interface Pool extends ClientConstruction {
  readonly faults: readonly PoolFault[];
  /** Limits that could not be read, and why. */
  readonly unknown: readonly Reason[];
  /** How many there are at most, where that is known. */
  readonly size: number | null;
}

const MEMO = Symbol('pools');

/** The pools that a file makes, those without a fault too. */
export function pools(file: SourceFile): readonly Pool[] {
  return file.memo(MEMO, () => {
    const found = new Map<object, Pool>();
    for (const construction of clientConstructions(file)) {
      const pool = poolOf(construction);
      if (pool === null) continue;
      const other = found.get(construction.node);
      // One of several clients: what is wrong with all of them is wrong.
      found.set(construction.node, other === undefined ? pool : { ...pool, faults: pool.faults.filter((fault) => other.faults.some(({ limit }) => limit.path === fault.limit.path)) });
    }
    return [...found.values()];
  });
}

type Judgement = { readonly fault: PoolFault } | { readonly unknown: Reason } | null;

function poolOf(construction: ClientConstruction): Pool | null {
  const { instance } = construction;
  if (!POOLED.has(instance.model.kind)) return null;
  const limits = (instance.model.pool ?? []).filter(({ limits: what, clients }) => what !== 'sockets' && clients?.includes(instance.client) !== false);
  if (limits.length === 0) return null;
  // Where the wait can be limited, the number of those who wait is no matter of its own.
  const hasWait = limits.some((limit) => limit.limits === 'wait');
  const judged = limits.filter((limit) => limit.limits !== 'waiters' || !hasWait).map((limit) => judge(construction, limit));
  return {
    ...construction,
    faults: judged.flatMap((judgement) => (judgement !== null && 'fault' in judgement ? [judgement.fault] : [])),
    unknown: judged.flatMap((judgement) => (judgement !== null && 'unknown' in judgement ? [judgement.unknown] : [])),
    size: sizeOf(construction, limits),
  };
}

/** `null`: it is limited. */
function judge({ instance }: ClientConstruction, limit: PoolModel): Judgement {
  if (limit.byDriver === true && !driverIsKnown(instance.model, instance)) return { unknown: { code: 'driver', detail: instance.model.title } };
  const { unless } = limit;
  if (unless !== undefined) {
    const answer = readLayers(instance.layers.map((layer) => layer.value), unless.path, instance.optionsUnknown);
    if (answer.is === 'unknown') return { unknown: answer.reason };
    if (answer.is === 'set') {
      const values = alternatives(answer.value);
      if (values.some((value) => value.kind !== 'literal')) return { unknown: { code: 'sometimes-set', detail: unless.path } };
      if (values.some((value) => value.kind === 'literal' && value.value === unless.equals)) return null;
    }
  }
  const answer = clientOption(instance, limit);
  if (answer.is === 'unknown') return { unknown: answer.reason };
  if (answer.is === 'set') return judgeValue(limit, answer);
  for (const path of limit.or ?? []) {
    const other = clientOption(instance, { path });
    if (other.is === 'unknown') return { unknown: other.reason };
    if (other.is === 'set') return null;
  }
  if (limit.default === 'unlimited') return { fault: { limit, is: 'none', set: null } };
  return limit.limits === 'size' && limit.default === 1 ? { fault: { limit, is: 'one', set: null } } : null;
}

/** A zero reads like "none" and means the contrary; who writes `Infinity` says what is meant. */
function judgeValue(limit: PoolModel, { value, place }: Extract<OptionAnswer, { is: 'set' }>): Judgement {
  const values = alternatives(value);
  const zeros = values.filter((one) => one.kind === 'literal' && one.value === 0);
  if (zeros.length === 0) return null;
  if (zeros.length < values.length) return { unknown: { code: 'sometimes-set', detail: limit.path } };
  switch (limit.zero) {
    case 'unlimited':
      return { fault: { limit, is: 'none', set: place } };
    case 'invalid':
      return { fault: { limit, is: 'no-pool', set: place } };
    case 'default':
      return limit.default === 'unlimited' ? { fault: { limit, is: 'none', set: place } } : null;
    default:
      return null;
  }
}

/** How many a client keeps at most, where that is known. */
export function poolSize(instance: InstanceValue): number | null {
  const limits = (instance.model.pool ?? []).filter(({ clients }) => clients?.includes(instance.client) !== false);
  return sizeOf({ instance }, limits);
}

function sizeOf({ instance }: Pick<ClientConstruction, 'instance'>, limits: readonly PoolModel[]): number | null {
  const size = limits.find((limit) => limit.limits === 'size');
  if (size === undefined) return null;
  for (const path of [size.path, ...(size.or ?? [])]) {
    const answer = clientOption(instance, { path, ...(size.urlParameter === undefined ? {} : { urlParameter: size.urlParameter }) });
    if (answer.is === 'absent') continue;
    return answer.is === 'set' && answer.value.kind === 'literal' && typeof answer.value.value === 'number' && answer.value.value > 0 ? answer.value.value : null;
  }
  return typeof size.default === 'number' ? size.default : null;
}
