import { builtinModules } from 'node:module';
import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { operationOf } from '../analysis/operation.js';
import type { SourceFile } from '../analysis/source-file.js';
import { ownNodes } from '../analysis/summarize-body.js';
import { FILE_PACKAGES } from '../models/error-names.js';
import { retriesItself, type Retry } from '../analysis/summarize-retries.js';
import { waits } from '../analysis/summarize-sleeps.js';
import { describe } from '../analysis/syntax.js';
import type { FunctionNode, Value } from '../analysis/value.js';
import { isOfCallbackApi } from './callback-apis.js';
import { backsOffByItself } from './client-backoff.js';
import { callsIn, type IoCall } from './io-calls.js';

/** What is tried again leaves the process, as far as is known. */
export interface Reach {
  /**
   * - `io`: a modelled client
   * - `given`: a function that a caller hands in: a helper such as `retry(fn)`
   * - `local`: Node's own modules (files, processes), or nothing that waits
   */
  readonly is: 'io' | 'given' | 'local' | 'unknown';
  /** Of `io`: `axios.get`. */
  readonly name: string | null;
  /** Of `io`: the client itself tries again, with a delay that grows. */
  readonly backsOff?: boolean;
  /** It answers by a callback: what it throws comes before anything leaves the process. */
  readonly byCallback?: boolean;
}

const MAX_DEPTH = 3;
const LOCAL_MODULES: ReadonlySet<string> = new Set(builtinModules.filter((name) => !/^(?:https?2?|net|tls|dgram|dns)\b/.test(name)));

/** Where do the attempts of a retry lead? */
export function reachOf(file: SourceFile, fn: FunctionNode, retry: Retry): Reach {
  const reaches: Reach[] = retry.calls.length > 0 ? retry.calls.map((call) => (waitsByItself(file, call) ? { is: 'io', name: describe(call.callee), backsOff: true } : reachOfCall(file, call, fn))) : reachesIn(file, fn, retry);
  return (
    reaches.find((reach) => reach.is === 'io') ??
    reaches.find((reach) => reach.is === 'given') ??
    (reaches.length > 0 && reaches.every((reach) => reach.is === 'local') ? reaches[0]! : { is: 'unknown', name: null, byCallback: reaches.length > 0 && reaches.every((reach) => reach.byCallback === true) })
  );
}

/** A function of the project that waits between attempts of its own. */
function waitsByItself(file: SourceFile, call: TSESTree.CallExpression): boolean {
  return retriesItself(file, call) && waits(file, call).is === 'yes';
}

/** Of a function that calls itself: what it awaits, or calls, in its `try`. */
function reachesIn(file: SourceFile, fn: FunctionNode, retry: Retry): Reach[] {
  const io = firstCall(callsIn(file, fn).io);
  if (io !== null) return [ioReach(io)];
  const around = retry.attempt?.block ?? fn;
  return ownNodes(file, fn, 'CallExpression')
    .filter((call) => call !== retry.node && call.range[0] >= around.range[0] && call.range[1] <= around.range[1])
    .map((call) => reachOfCall(file, call, fn));
}

function reachOfCall(file: SourceFile, call: TSESTree.CallExpression, owner: FunctionNode): Reach {
  const values = presentAlternatives(evaluate(file, call.callee));
  for (const value of values) {
    const reach = reachOfValue(file, call, value, owner);
    if (reach.is !== 'unknown') return reach;
  }
  // `limit(() => fetch(url))`: what is done in a callback.
  const io = firstCall(callsIn(file, call).io);
  return io === null ? { is: 'unknown', name: null, byCallback: isOfCallbackApi(file, call.callee) } : ioReach(io);
}

function reachOfValue(file: SourceFile, call: TSESTree.CallExpression, value: Value, owner: FunctionNode | null, depth = 0): Reach {
  const operation = operationOf(value);
  if (operation !== null) {
    const { operation: what, name } = operation;
    return { is: 'io', name, backsOff: backsOffByItself(operation, what.options === undefined ? null : (argumentValue(file, call.arguments, what.options)?.value ?? null)) };
  }
  switch (value.kind) {
    case 'parameter':
      return { is: value.node === owner && value.path.length === 0 ? 'given' : 'unknown', name: null };
    case 'export':
      return { is: isLocal(value.package.replace(/^node:/, '')) ? 'local' : 'unknown', name: null };
    case 'function': {
      const { io, project } = callsIn(value.file, value.node);
      const first = firstCall(io);
      if (first !== null) return ioReach(first);
      if (depth >= MAX_DEPTH) return { is: 'unknown', name: null };
      for (const inner of project) {
        const reach = reachOfValue(inner.file, inner.node, inner.callee, null, depth + 1);
        if (reach.is === 'io') return reach;
      }
      return { is: 'unknown', name: null };
    }
    default:
      return { is: 'unknown', name: null };
  }
}

function isLocal(module: string): boolean {
  return LOCAL_MODULES.has(module) || FILE_PACKAGES.has(module);
}

function ioReach({ operation, options }: IoCall): Reach {
  return { is: 'io', name: operation.name, backsOff: backsOffByItself(operation, options) };
}

function firstCall(calls: readonly IoCall[]): IoCall | null {
  return calls.find((call) => call.operation.operation.effect !== 'none') ?? null;
}
