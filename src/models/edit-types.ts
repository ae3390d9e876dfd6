/**
 * Written beside an option; `{ms}` in the text is the limit, `{half}` the half of it. `needed`: the option bounds
 * nothing without it (`throwOnRequestTimeout: true`), so it is also written where the option itself is there already.
 */
export interface EditBeside {
  /** Option path that is written. */
  readonly path: string;
  /** What is written there. */
  readonly text: string;
  /** Written also where the option itself is there already, as that bounds nothing without it. */
  readonly needed?: boolean;
}

/** How a bound is written: what the suggestion and the codemod insert. */
export interface EditModel {
  /** Where it is written. */
  readonly at: 'call' | 'client';
  /** Option path that is written; with `chain`, unused. */
  readonly path: string;
  /** `ms`: the number itself; `signal`: `AbortSignal.timeout(ms)`; `deadline`: `Date.now() + ms`. */
  readonly value: 'ms' | 'signal' | 'deadline';
  /** A method called on the result instead of an option: `.timeout(ms)` of superagent. */
  readonly chain?: string;
  /** Written beside it. */
  readonly beside?: EditBeside | readonly EditBeside[];
  /** Client shapes that take it, where it is not all of them. */
  readonly clients?: readonly string[];
  /** semver range of the package in which it bounds. */
  readonly versions?: string;
}
