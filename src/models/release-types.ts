/** The schema of what is handed out and has to be given back: data, as in `types.ts`. */

/** What is lent. It decides what happens when it is not given back. */
export type Lent = 'connection' | 'resource' | 'session' | 'transaction' | 'lock' | 'file' | 'browser' | 'page' | 'span';

/**
 * How it is given back.
 * - `method`: a method of the thing itself: `client.release()`
 * - `argument`: a method that is handed the thing: `pool.release(resource)`
 * - `call`: the thing is called: `release()`
 * - `lender`: a method of what lent it: `mutex.release()`
 */
export type ReturnModel = { readonly by: 'method' | 'argument' | 'lender'; readonly name: string } | { readonly by: 'call' };

/** A call that hands something out. */
export interface LoanModel {
  /** The client shape that has the call; absent: an export of the package. */
  readonly client?: string;
  /** The call, below the client or the exports: `getConnection`. A step that ends in `()` is what calling it gives: `Mutex().acquire`. */
  readonly call: string;
  readonly lent: Lent;
  /** Named in messages: `pg client`. */
  readonly title: string;
  /** Each of these ends the loan; the first is what one writes. */
  readonly returned: readonly ReturnModel[];
  /** Which of them is right depends on how the work went: commit or rollback. */
  readonly byOutcome?: true;
  /** The call gives it at once, without a promise. */
  readonly atOnce?: true;
  /** It is this element of what the call gives: `[value, release]`. */
  readonly element?: number;
  /** Handed a function, the call runs it and gives it back by itself. */
  readonly runsFunction?: true;
  /** It holds nothing before it is first used; while one of these methods fails, it still does not. */
  readonly opens?: readonly string[];
  /** It ends by itself after a time, so leaving it to that may be meant. */
  readonly expires?: true;
  /** Methods of the thing after which it is kept on purpose: listeners. */
  readonly keeps?: readonly string[];
  /** Methods of what lent it that take back all that it lent: `dataSource.destroy()`. */
  readonly endedBy?: readonly string[];
  /** Key into the model's `sources`. */
  readonly source: string;
}

/** A library that lends something and is no client: locks, files, browsers, spans. */
export interface LenderModel {
  readonly id: string;
  readonly title: string;
  readonly packages: readonly string[];
  /** Versions whose documentation or source was read. */
  readonly checked: readonly string[];
  /** Type names of what its exports give, and the step that they stand for: `Mutex` is `Mutex()`. */
  readonly types?: Readonly<Record<string, string>>;
  readonly lends: readonly LoanModel[];
  readonly sources: Readonly<Record<string, string>>;
  readonly verified: 'source' | 'source+test' | 'docs';
}
