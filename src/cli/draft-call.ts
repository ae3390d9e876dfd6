import type { SourceFile } from '../analysis/source-file.js';
import { summarize } from '../analysis/summarize.js';
import type { FunctionNode } from '../analysis/value.js';
import { describe } from '../analysis/syntax.js';
import { effectOf } from '../facts/call-effect.js';
import { callsIn } from '../facts/io-calls.js';
import { reasonText } from '../facts/reason-words.js';
import { boundsOfFunction, type TimeBound } from '../facts/time-bounds.js';
import type { ClientModel } from '../models/types.js';
import { carriedOptions, type CarriedOption } from './draft-options.js';

/** A function of a wrapper as an operation of a model. */
export interface DraftedCall {
  /** `null`: nothing is asked of it, or it could not be told; a note says which. */
  readonly operation: DraftedOperation | null;
  readonly bounds: readonly DraftedBound[];
  readonly signals: readonly { readonly path: string; readonly at: 'call' | 'client' }[];
  /** Attempts after the first, where the function tries again by itself. */
  readonly retries: number | null;
  /** The libraries that it calls. */
  readonly models: readonly ClientModel[];
  readonly notes: readonly string[];
}

export interface DraftedOperation {
  readonly effect: 'read' | 'write' | 'unknown';
  readonly options: { readonly at: readonly number[] };
  readonly noEdit?: true;
  readonly empty?: { readonly path: ''; readonly value: 'null' | 'undefined' };
}

export interface DraftedBound {
  readonly path: string;
  readonly at: 'call' | 'client';
  readonly covers: CarriedOption['covers'];
  readonly unit: CarriedOption['unit'];
  readonly zero: CarriedOption['zero'];
  readonly default: number | null;
}

/**
 * What calling a function of a wrapper does; `null` where it calls nobody that is known.
 * @param name as its callers write it, for notes
 * @param maker the constructor or factory that is handed the options of the client
 */
export function draftCall(file: SourceFile, fn: FunctionNode, name: string, maker: FunctionNode | null): DraftedCall | null {
  const found = boundsOfFunction(file, fn).filter(({ by }) => by !== 'no-io');
  if (found.length === 0) return throughOthers(file, fn, name);
  const notes: string[] = [];
  const models = [...new Set(found.map(({ call }) => call.operation.model))];
  const left = (why: string): DraftedCall => ({ operation: null, bounds: [], signals: [], retries: null, models, notes: [`${name}: left out: ${why}`] });

  const carried = found.map((bound) => ({ bound, ...carriedOptions(bound.call) }));
  const opaque = carried.find(({ bound, options, other }) => bound.verdict === 'unknown' && (options.length === 0 || (bound.reason?.code !== 'parameter' && (other || bound.reason?.code !== 'sometimes-set'))));
  if (opaque !== undefined) return left(`what bounds ${nameOf(opaque.bound)} cannot be told (${reasonText(opaque.bound.reason!)})`);
  const known = carried.flatMap(({ options, fallback }) => options.map((option) => ({ option, fallback })));
  const foreign = known.find(({ option }) => option.owner !== fn && option.owner !== maker);
  if (foreign !== undefined) return left(`\`${foreign.option.path.join('.')}\` comes from a function around it that no consumer calls as a factory`);
  if (known.length === 0 && found.every(({ verdict }) => verdict === 'bounded')) return left(`it bounds itself (${[...new Set(found.map(({ steps }) => steps.at(-1) ?? ''))].join('; ')}), so nothing is asked of its callers`);
  const never = found.find(({ verdict }) => verdict === 'unbounded');
  if (never !== undefined && known.length > 0) return left(`nothing bounds ${nameOf(never)}, whatever its callers pass`);

  const named = known.filter(({ option }) => option.path.length > 0);
  for (const { option } of known) if (option.path.length === 0) notes.push(`${name}: argument ${option.index + 1} is a limit by position, which a model cannot say`);
  const ofCall = named.filter(({ option }) => option.owner === fn);
  const position = ofCall[0]?.option.index;
  const inPlace = named.filter(({ option }) => option.owner !== fn || option.index === position);
  for (const { option } of named) if (option.owner === fn && option.index !== position) notes.push(`${name}: \`${option.path.join('.')}\` of argument ${option.index + 1} is left out: a model has one options argument a call`);
  // By position alone: whether a call is bounded cannot be read from its options.
  if (inPlace.length === 0 && known.length > 0) return { ...left('only a limit by position bounds it'), notes: [...notes, `${name}: left out: only a limit by position bounds it`] };

  const at = ({ owner }: CarriedOption): 'call' | 'client' => (owner === fn ? 'call' : 'client');
  const summary = summarize(file, fn);
  const empty = emptyOf(summary.returns, fn);
  const retries = retriesOf(summary.retries, name, notes);
  const effects = new Set(found.map(({ call }) => effectOf(call).does));
  const [effect] = effects;
  return {
    operation: {
      effect: effects.size === 1 && (effect === 'read' || effect === 'write') ? effect : 'unknown',
      options: { at: position === undefined ? [] : [position] },
      ...(position === undefined ? { noEdit: true } : {}),
      ...(empty === null ? {} : { empty: { path: '', value: empty } }),
    },
    bounds: inPlace.filter(({ option }) => option.is === 'bound').map(({ option, fallback }) => ({ path: option.path.join('.'), at: at(option), covers: option.covers, unit: option.unit, zero: option.zero, default: fallback })),
    signals: inPlace.filter(({ option }) => option.is === 'signal').map(({ option }) => ({ path: option.path.join('.'), at: at(option) })),
    retries,
    models,
    notes,
  };
}

/** It calls a function of the project that calls out, and none of its own parameters gets there. */
function throughOthers(file: SourceFile, fn: FunctionNode, name: string): DraftedCall | null {
  const through = callsIn(file, fn).project.find(({ callee }) => callee.node !== fn && boundsOfFunction(callee.file, callee.node).some(({ by }) => by !== 'no-io'));
  if (through === undefined) return null;
  return { operation: null, bounds: [], signals: [], retries: null, models: [], notes: [`${name}: left out: it calls out through \`${describe(through.node.callee)}\`, and what bounds that is not read from here`] };
}

const nameOf = ({ call }: TimeBound): string => `\`${call.operation.name}\` (line ${call.file.lines.locate(call.node.range[0]).line})`;

/** The result that stands for nothing there, where it is written in the function. */
function emptyOf({ empty, alwaysEmpty }: ReturnType<typeof summarize>['returns'], fn: FunctionNode): 'null' | 'undefined' | null {
  if (alwaysEmpty) return null;
  // The end of a body may be out of reach: behind a loop that only success and failure leave.
  const form = empty.find((one) => (one.form === 'null' || one.form === 'undefined') && one.place.node !== fn)?.form;
  return form === 'null' || form === 'undefined' ? form : null;
}

function retriesOf(retry: ReturnType<typeof summarize>['retries'], name: string, notes: string[]): number | null {
  if (retry === null || retry.runs !== null) return null;
  if (typeof retry.attempts !== 'number') {
    notes.push(`${name}: tries again ${retry.attempts === 'unbounded' ? 'without end' : 'up to a limit that could not be read'}: write \`retry\` yourself`);
    return null;
  }
  // How waits grow is more than is known here; a wrong word would be reported in the code of others.
  if (retry.delayed !== 'no') {
    notes.push(`${name}: makes up to ${retry.attempts} attempts with a wait between; how it grows is not told: write \`"retry": { "retries": ${retry.attempts - 1}, "backoff": …, "jitter": … }\` yourself`);
    return null;
  }
  return retry.attempts - 1;
}
