import type { CallGraph } from '../facts/call-graph.js';
import { keyOf, type FoundOperation } from './operations.js';
import { notKnown } from './guard-words.js';
import type { Guard, MapOperation, MapState } from './types.js';

/** A call with all that is known of it, and the function that it stands in. */
export interface JudgedOperation {
  readonly found: FoundOperation;
  readonly operation: MapOperation;
  /** Id of that function; `null` at the top of a module. */
  readonly owner: string | null;
}

/**
 * Joins what a call says with what stands on the ways to it. A call inside of a wrapper that is judged where the wrapper
 * is called is left out: one call is told once.
 */
export function judgeOperations(all: readonly FoundOperation[], retried: ReadonlyMap<string, Guard>, graph: CallGraph): readonly JudgedOperation[] {
  const spokenFor = new Set(all.flatMap(({ speaksFor }) => speaksFor));
  const called = new Set(all.flatMap(({ isClient, client, timeout }) => (isClient || client.madeAt === null || timeout.answer !== 'no' ? [] : [client.madeAt])));
  return all.flatMap((found) => {
    if (found.isForwarded && spokenFor.has(keyOf(found.path, found.offset))) return [];
    if (found.isClient && called.has(found.client.madeAt!)) return [];
    const owner = graph.functionAt(found.path, found.offset);
    const around = owner === null ? null : waysTo(owner.id, graph);
    const retry = retryWith(found, retried, around);
    const breaker = breakerWith(found.breaker, around);
    const { file, line, column, name, target, effect, timeout } = found;
    return [{ found, owner: owner?.id ?? null, operation: { file, line, column, name, target, effect, timeout, retry, breaker, state: stateOf(timeout, retry, breaker), within: owner?.name ?? null } }];
  });
}

interface Ways {
  readonly broken: 'all' | 'some' | 'none';
  readonly speaksOfRetries: string | null;
  readonly speaksOfBreakers: string | null;
  readonly consumer: string | null;
}

const ways = new WeakMap<CallGraph, Map<string, Ways>>();

function waysTo(owner: string, graph: CallGraph): Ways {
  let memo = ways.get(graph);
  if (memo === undefined) ways.set(graph, (memo = new Map()));
  let known = memo.get(owner);
  if (known === undefined) {
    const { functions, broken } = graph.reach([owner]);
    const first = (is: (fn: (typeof functions)[number]['fn']) => boolean): string | null => functions.find(({ fn }) => is(fn))?.fn.name ?? null;
    known = { broken, speaksOfRetries: first(({ speaksOf }) => speaksOf.retries), speaksOfBreakers: first(({ speaksOf }) => speaksOf.breakers), consumer: first(({ registered }) => registered === 'consumer') };
    memo.set(owner, known);
  }
  return known;
}

function retryWith(found: FoundOperation, retried: ReadonlyMap<string, Guard>, around: Ways | null): Guard {
  const own = found.retry;
  if (own.answer === 'yes') return own;
  const shown = [keyOf(found.path, found.offset), ...found.speaksFor].map((key) => retried.get(key)).find((guard) => guard !== undefined);
  if (shown !== undefined && found.timeout.detail !== 'it waits on purpose') return shown;
  if (own.answer !== 'no' || around === null) return own;
  if (around.speaksOfRetries !== null) return notKnown(`\`${around.speaksOfRetries}\` speaks of retries`);
  return around.consumer === null ? own : notKnown(`\`${around.consumer}\` may be handed the same message again`);
}

function breakerWith(own: Guard, around: Ways | null): Guard {
  if (own.answer === 'yes' || own.answer === 'not-asked' || around === null) return own;
  if (around.broken === 'all') return { answer: 'yes', detail: 'a circuit breaker on every way to it', at: null };
  if (around.broken === 'some') return notKnown('a circuit breaker on some ways to it');
  return own.answer === 'no' && around.speaksOfBreakers !== null ? notKnown(`\`${around.speaksOfBreakers}\` speaks of a circuit breaker`) : own;
}

/** See `MapState`: a bound that is not known is no fault, a guard that is shown to be missing is one. */
function stateOf(timeout: Guard, retry: Guard, breaker: Guard): MapState {
  if (timeout.answer === 'no') return 'unbounded';
  const guards = [retry.answer, breaker.answer];
  if (guards.includes('no') && guards.every((answer) => answer === 'no' || answer === 'not-asked')) return 'unprotected';
  if (timeout.answer === 'unknown') return 'unknown';
  const isGuarded = guards.includes('yes') || (timeout.answer === 'yes' && guards.every((answer) => answer === 'not-asked'));
  return isGuarded ? 'protected' : 'unknown';
}
