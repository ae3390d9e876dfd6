import type { ArgumentRef } from './types.js';

/** Something that changes defaults for calls made elsewhere in the package. */
export interface MutatorModel {
  /** Plain text that a file must hold to be looked at. */
  readonly text: string;
  /**
   * - `assign`: an assignment to this path of exports (`default.defaults.timeout`)
   * - `call`: a call of this path of exports (`setGlobalDispatcher`)
   */
  readonly by: 'assign' | 'call';
  /** What is assigned or called. */
  readonly path: string;
  /** The path is below instances of this client shape, instead of the exports: `defaults.timeout`. */
  readonly onClient?: string;
  /** The option it sets; absent: the options of the argument are the new client options. */
  readonly sets?: string;
  readonly options?: ArgumentRef;
  /**
   * It runs a function of the project, so what it sets is unknown, unless the function is found and
   * mentions none of these words: an interceptor that only adds a header sets no bound.
   */
  readonly opaqueUnless?: readonly string[];
  /** The thing itself is replaced (`globalThis.fetch = f`): what its calls do is what the replacement does. */
  readonly replaces?: boolean;
  /** Models whose clients are affected, besides this one: `setGlobalDispatcher` of undici changes global fetch. */
  readonly affects?: readonly string[];
}
