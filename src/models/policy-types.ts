import type { RetryModel } from './retry-types.js';
import type { ArgumentRef, ZeroMeans } from './types.js';

/** What a policy export does with the function or promise it is given. */
export interface PolicyExport {
  /**
   * - `bounds-promise`: bounds the promise in `subject` (p-timeout)
   * - `bounds-function`: bounds every run of the function in `subject` (opossum)
   * - `bounds-stream`: an operator that bounds the Observable it is piped into (rxjs `timeout`)
   * - `makes-policy`: makes an object whose `execute` runs a function under the bound (cockatiel)
   * - `combines`: the policies in its arguments, one around the other (cockatiel `wrap`)
   * - `passes`: runs the function and bounds nothing (p-retry, p-limit)
   */
  readonly does: 'bounds-promise' | 'bounds-function' | 'bounds-stream' | 'makes-policy' | 'combines' | 'passes';
  readonly subject?: ArgumentRef;
  /** Where the limit is: an argument, and a path in it ('' for the argument itself). */
  readonly limit?: { readonly argument: ArgumentRef; readonly path: string; readonly default: number | null; readonly zero?: ZeroMeans };
  /**
   * When the limit only aborts a signal: bounded only where the callee's signal is passed on.
   * `always`, or unless the argument at `unlessArgument` is the export path `is` or the literal
   * `equals`; with `path` it may stand in an object there as well.
   */
  readonly cooperative?: { readonly unlessArgument: number; readonly is: string; readonly equals?: string; readonly path?: string } | 'always';
  /** This export tries again, as the model's `retry` says. */
  readonly retries?: boolean;
  /** Where the options that govern the attempts stand, in a call of this export. */
  readonly retryOptions?: ArgumentRef;
  /** The same for methods of what this export makes: `add` of a queue. What they leave out, `retryOptions` may say. */
  readonly retryMethods?: Readonly<Record<string, ArgumentRef>>;
  /** The client in this argument tries again from then on: axios-retry. */
  readonly attachesTo?: ArgumentRef;
  /** It sends nothing while too much fails; this is how an error says so. */
  readonly breaker?: { readonly open: string };
  /** Methods of the made policy which run the function ('' is the policy called itself), and where the signal is in its context. */
  readonly runs?: { readonly methods: readonly string[]; readonly signal?: string };
  /** semver range of the package in which it does so. */
  readonly versions?: string;
}

/** A library that bounds or repeats what it is given: a policy, no client. */
export interface PolicyModel {
  /** Names the model; the name of its first package where it says nothing. The id of a shipped model takes that one's place. */
  readonly id: string;
  /** Of a user's model: ids of the shipped models whose place it takes, for its own packages. */
  readonly overrides?: readonly string[];
  /** Named in messages; the id where it says nothing. */
  readonly title: string;
  /** Names of packages. */
  readonly packages: readonly string[];
  /** semver range; absent: every version. */
  readonly versions?: string;
  /** Versions that were read or run. */
  readonly checked: readonly string[];
  /** By path of exports. */
  readonly exports: Readonly<Record<string, PolicyExport>>;
  /** How those exports try again that say `retries`. */
  readonly retry?: RetryModel;
  /** Where the facts are from, by the names that `source` uses. */
  readonly sources: Readonly<Record<string, string>>;
  /** `test`: run against a server; `source`: read in the package. */
  readonly verified: 'source' | 'source+test' | 'docs';
}
