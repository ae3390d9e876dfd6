import { ACCEPTABLE_DEFAULT_MS } from '../facts/judge-call.js';
import type { BoundModel, ClientModel } from '../models/types.js';
import { holdsFor } from '../models/version-range.js';

/**
 * What holds when nobody sets a bound.
 * - `in-process`: it calls nobody
 * - `bounded`: a default of the library ends the wait for a reply in time
 * - `too-late`: it does, but after every caller has gone
 * - `by-driver`: a driver below the library decides
 * - `unbounded`: nothing does; `unmendable`: and no option could
 */
export type DefaultBound = 'in-process' | 'bounded' | 'too-late' | 'by-driver' | 'unbounded' | 'unmendable';

/** @param version the one in question; `null`: the newest that the model is of */
export function defaultBound(model: ClientModel, version: string | null): { readonly is: DefaultBound; readonly ms: number | null } {
  if (model.inProcess !== undefined) return { is: 'in-process', ms: null };
  const limits = model.bounds.filter((bound) => endsTheWait(bound) && (bound.versions === undefined || holdsFor(version, bound.versions))).map(({ default: value, unit }) => (unit === 's' ? value! * 1000 : value!));
  if (limits.length > 0) {
    const ms = Math.min(...limits);
    return { is: ms <= ACCEPTABLE_DEFAULT_MS ? 'bounded' : 'too-late', ms };
  }
  if (model.driver !== undefined && model.driver.known.length === 0) return { is: 'by-driver', ms: null };
  return { is: model.unmendable === true ? 'unmendable' : 'unbounded', ms: null };
}

const NOT_THE_REPLY: ReadonlySet<BoundModel['covers']> = new Set(['queue', 'connect']);

/** By itself, and whatever the call does. */
function endsTheWait({ default: value, rejects, covers, requires, zero, effects }: BoundModel): boolean {
  if (value === null || value === Infinity || effects !== undefined || rejects === false || requires !== undefined || NOT_THE_REPLY.has(covers)) return false;
  return value > 0 || (zero !== undefined && zero !== 'unlimited');
}
