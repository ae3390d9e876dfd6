import type { TSESTree } from '@typescript-eslint/types';
import { presentAlternatives } from '../analysis/member.js';
import { returnedBy } from '../analysis/returns.js';
import type { SourceFile } from '../analysis/source-file.js';
import { dependsOn, substitute } from '../analysis/substitute.js';
import { describe } from '../analysis/syntax.js';
import type { FunctionNode, Place, Reason } from '../analysis/value.js';
import type { BoundModel, ClientKind } from '../models/types.js';
import { callsIn, callsOf, type IoCall, type ProjectCall } from './io-calls.js';
import { judgeCall } from './judge-call.js';
import { placeOf } from './reason-words.js';

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

const MEMO = Symbol('time-bounds');
const FUNCTIONS = Symbol('time-bounds of functions');
/** Wrappers of wrappers are followed this far. */
const MAX_WRAPPERS = 3;

/** The time bounds of all I/O calls of a file, calls of its wrappers included, in source order. */
export function timeBounds(file: SourceFile): readonly TimeBound[] {
  return file.memo(MEMO, () => {
    const { io, project } = callsOf(file);
    const direct = io.map((call) => judgeCall(call));
    const forwarded = project.flatMap((call) => judgeProjectCall(call, 0));
    return forwarded.length === 0 ? direct : [...direct, ...forwarded].sort((a, b) => a.call.node.range[0] - b.call.node.range[0]);
  });
}

/** Does a function hand a parameter on as the options of a request, or make the client that it gives? Its calls are judged then. */
export function forwardsOptions(file: SourceFile, node: FunctionNode, kinds?: ReadonlySet<ClientKind>): boolean {
  const isAsked = (kind: ClientKind): boolean => kinds === undefined || kinds.has(kind);
  if (presentAlternatives(returnedBy(file, node)).some((value) => value.kind === 'object-of-class' || (value.kind === 'instance' && isAsked(value.model.kind)))) return true;
  return boundsOfFunction(file, node, 0).some((bound) => bound.verdict === 'unknown' && bound.reason?.code === 'parameter' && isAsked(bound.call.operation.model.kind));
}

/** The bounds of the calls inside one function: what its callers need, and no more of its file. */
export function boundsOfFunction(file: SourceFile, node: FunctionNode, depth = 0): readonly TimeBound[] {
  if (depth >= MAX_WRAPPERS) return [];
  const memo = file.memo(FUNCTIONS, () => new WeakMap<FunctionNode, readonly TimeBound[]>());
  const known = memo.get(node);
  if (known !== undefined) return known;
  // A function that calls itself sees nothing of itself.
  memo.set(node, []);
  const { io, project } = callsIn(file, node);
  const bounds = [...io.map((call) => judgeCall(call)), ...project.flatMap((call) => judgeProjectCall(call, depth + 1))];
  memo.set(node, bounds);
  return bounds;
}

/** A call of a project function that forwards a parameter as options: judged with what is passed here. */
function judgeProjectCall(call: ProjectCall, depth: number): TimeBound[] {
  const results: TimeBound[] = [];
  const { file, node } = call.callee;
  // Two ways through the same wrapper to the same request are one question; counted each, they would double at every level.
  const roots = new Set<TSESTree.Node>();
  for (const inner of boundsOfFunction(file, node, depth)) {
    if (inner.verdict !== 'unknown' || inner.reason?.code !== 'parameter') continue;
    const root = rootOf(inner.call);
    if (roots.has(root)) continue;
    const receiver = inner.call.operation.instance;
    // Options that did not come from this function's parameters stay the business of its own caller.
    const byOptions = inner.call.options !== null && dependsOn(inner.call.options, node);
    if (!byOptions && !(receiver !== null && dependsOn(receiver, node))) continue;
    const options = inner.call.options === null ? null : substitute(inner.call.options, node, call.node.arguments, call.file);
    const instance = inner.call.operation.instance;
    const seen = instance === null ? null : substitute(instance, node, call.node.arguments, call.file);
    // A client that is handed in and bounds only as a whole is judged where it was made.
    if (instance?.made === null && seen?.kind === 'instance' && seen.made !== null && seen.model.clients[seen.client]?.perCall !== true) continue;
    const forwarded: IoCall = {
      ...inner.call,
      file: call.file,
      node: call.node,
      options,
      // Which version a client has is told by the file that made it.
      operation: { ...inner.call.operation, instance: seen?.kind === 'instance' ? seen : instance, from: seen?.kind === 'instance' && seen.made !== null ? seen.from : inner.call.operation.from },
      optionsNode: optionsNodeOf(inner.call, call),
      through: { callee: node, name: describe(call.node.callee), inner: inner.call, byClient: !byOptions },
    };
    roots.add(root);
    const judged = judgeCall(forwarded, inner.call);
    results.push({ ...judged, steps: [`\`${describe(call.node.callee)}\` ${byOptions ? 'forwards its options to' : 'is handed the client of'} ${inner.call.operation.name} (${placeOf({ file, node: inner.call.node })})`, ...judged.steps] });
  }
  return results;
}

/** The request at the end of a chain of wrappers. */
function rootOf(call: IoCall): TSESTree.Node {
  let current = call;
  while (current.through !== null) current = current.through.inner;
  return current.node;
}

/** The argument of the wrapper call that ends up as the options, where it is simply handed on. */
function optionsNodeOf(inner: IoCall, call: ProjectCall): TSESTree.Node | null {
  const parameter = inner.options?.kind === 'parameter' ? inner.options : null;
  if (parameter === null || parameter.node !== call.callee.node || parameter.path.length > 0) return null;
  return call.node.arguments[parameter.index] ?? null;
}
