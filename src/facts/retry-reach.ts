import { builtinModules } from 'node:module';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { operationOf } from '../analysis/operation.js';
import type { SourceFile } from '../analysis/source-file.js';
import { ownNodes } from '../analysis/summarize-body.js';
import type { Retry } from '../analysis/summarize-retries.js';
import type { FunctionNode, OperationValue, Value } from '../analysis/value.js';
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
}

const MAX_DEPTH = 3;
const LOCAL_MODULES: ReadonlySet<string> = new Set(builtinModules.filter((name) => !/^(?:https?2?|net|tls|dgram|dns)\b/.test(name)));

/** Where do the attempts of a retry lead? */
export function reachOf(file: SourceFile, fn: FunctionNode, retry: Retry): Reach {
  const reaches: Reach[] = retry.calls.length > 0 ? retry.calls.map((call) => reachOfCall(file, call, fn)) : reachesIn(file, fn, retry);
  return (
    reaches.find((reach) => reach.is === 'io') ??
    reaches.find((reach) => reach.is === 'given') ??
    (reaches.length > 0 && reaches.every((reach) => reach.is === 'local') ? reaches[0]! : { is: 'unknown', name: null })
  );
}

/** Of a function that calls itself: what it awaits, or calls, in its `try`. */
function reachesIn(file: SourceFile, fn: FunctionNode, retry: Retry): Reach[] {
  const io = firstCall(callsIn(file, fn).io);
  if (io !== null) return [ioReach(io.operation)];
  const around = retry.attempt?.block ?? fn;
  return ownNodes(file, fn, 'CallExpression')
    .filter((call) => call !== retry.node && call.range[0] >= around.range[0] && call.range[1] <= around.range[1])
    .map((call) => reachOfCall(file, call, fn));
}

function reachOfCall(file: SourceFile, call: TSESTree.CallExpression, owner: FunctionNode): Reach {
  const values = presentAlternatives(evaluate(file, call.callee));
  for (const value of values) {
    const reach = reachOfValue(value, owner, 0);
    if (reach.is !== 'unknown') return reach;
  }
  // `limit(() => fetch(url))`: what is done in a callback.
  const inside = callsIn(file, call).io;
  const io = firstCall(inside);
  return io === null ? { is: 'unknown', name: null } : ioReach(io.operation);
}

function reachOfValue(value: Value, owner: FunctionNode | null, depth: number): Reach {
  const operation = operationOf(value);
  if (operation !== null) return ioReach(operation);
  switch (value.kind) {
    case 'parameter':
      return { is: value.node === owner && value.path.length === 0 ? 'given' : 'unknown', name: null };
    case 'export':
      return { is: LOCAL_MODULES.has(value.package.replace(/^node:/, '')) ? 'local' : 'unknown', name: null };
    case 'function': {
      const { io, project } = callsIn(value.file, value.node);
      const first = firstCall(io);
      if (first !== null) return ioReach(first.operation);
      if (depth >= MAX_DEPTH) return { is: 'unknown', name: null };
      for (const inner of project) {
        const reach = reachOfValue(inner.callee, null, depth + 1);
        if (reach.is === 'io') return reach;
      }
      return { is: 'unknown', name: null };
    }
    default:
      return { is: 'unknown', name: null };
  }
}

function ioReach({ name, model }: OperationValue): Reach {
  return { is: 'io', name, backsOff: model.retry !== undefined && model.retry.retries > 0 && model.retry.backoff === 'exponential' };
}

function firstCall(calls: readonly IoCall[]): IoCall | null {
  return calls.find((call) => call.operation.operation.effect !== 'none') ?? null;
}
