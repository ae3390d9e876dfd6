import type { SourceFile } from './source-file.js';
import { assertsOf, type AssertedParameter } from './summarize-asserts.js';
import { boundedParameters, type BoundedParameter } from './summarize-bounds.js';
import { carriedBy, type CarriedParameter } from './summarize-carries.js';
import { logs, reports } from './summarize-logs.js';
import type { Judged } from './summarize-question.js';
import { retryIn, type Retry } from './summarize-retries.js';
import { returnedFrom, type Returned } from './summarize-returns.js';
import { sleeps } from './summarize-sleeps.js';
import { completionOf, type Throws } from './summarize-throws.js';
import type { FunctionNode } from './value.js';

export type { AssertedParameter } from './summarize-asserts.js';
export type { BoundedParameter } from './summarize-bounds.js';
export type { CarriedParameter } from './summarize-carries.js';
export { isLog, isReport } from './summarize-logs.js';
export type { Judged } from './summarize-question.js';
export type { Retry } from './summarize-retries.js';
export type { Returned } from './summarize-returns.js';
export type { Throws } from './summarize-throws.js';

/**
 * What a function does, as its callers need to know it. Each answer is worked out when it is first
 * read, and goes on into the functions of the project that it calls.
 */
export interface FunctionSummary {
  /** Does waiting for it take time by a timer, on some path? */
  readonly sleeps: Judged;
  /** Does it end in an error (of an async function: is its promise rejected)? */
  readonly throws: Throws;
  /** Can it return? `false`: it throws, ends the process or runs for ever, on every path. */
  readonly returnsAtAll: boolean;
  /** Does it write to a log? */
  readonly logs: Judged;
  /** Does it report an error to telemetry, or as fatal? */
  readonly reports: Judged;
  /** The parameters that hold after it returned. */
  readonly asserts: readonly AssertedParameter[];
  readonly returns: Returned;
  /** The parameters that it bounds in time. */
  readonly bounds: readonly BoundedParameter[];
  /** How it tries again after a failure; `null` where it has no such loop. */
  readonly retries: Retry | null;
  /** The parameters that reach the options of an I/O call. */
  readonly carries: readonly CarriedParameter[];
}

class LazySummary implements FunctionSummary {
  readonly #file: SourceFile;
  readonly #fn: FunctionNode;

  constructor(file: SourceFile, fn: FunctionNode) {
    this.#file = file;
    this.#fn = fn;
  }
  get sleeps(): Judged {
    return sleeps(this.#file, this.#fn);
  }
  get throws(): Throws {
    return completionOf(this.#file, this.#fn).throws;
  }
  get returnsAtAll(): boolean {
    return completionOf(this.#file, this.#fn).returns;
  }
  get logs(): Judged {
    return logs(this.#file, this.#fn);
  }
  get reports(): Judged {
    return reports(this.#file, this.#fn);
  }
  get asserts(): readonly AssertedParameter[] {
    return assertsOf(this.#file, this.#fn);
  }
  get returns(): Returned {
    return returnedFrom(this.#file, this.#fn);
  }
  get bounds(): readonly BoundedParameter[] {
    return boundedParameters(this.#file, this.#fn);
  }
  get retries(): Retry | null {
    return retryIn(this.#file, this.#fn);
  }
  get carries(): readonly CarriedParameter[] {
    return carriedBy(this.#file, this.#fn);
  }
}

const MEMO = Symbol('summarize');

/** The summary of a function of this file: one for each, kept with the file. Never throws, whatever the code. */
export function summarize(file: SourceFile, fn: FunctionNode): FunctionSummary {
  // Parents and ranges that all answers rely on.
  void file.index;
  const memo = file.memo(MEMO, () => new WeakMap<FunctionNode, FunctionSummary>());
  let summary = memo.get(fn);
  if (summary === undefined) memo.set(fn, (summary = new LazySummary(file, fn)));
  return summary;
}
