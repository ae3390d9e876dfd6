import type { OutcomesName } from './outcomes.js';

/** Where a policy can be put without changing the client's type: part of the schema in `types.ts`, for codemods. */
export interface SeamModel {
  readonly kind: 'adapter' | 'fetch-option' | 'handler' | 'dispatcher' | 'middleware' | 'extension' | 'interceptor' | 'call' | 'none';
  readonly path?: string;
  readonly note?: string;
  /** How what the client gives and throws is read, by name (`outcomes.ts`); absent: no policy is written around it. */
  readonly outcomes?: OutcomesName;
  /** Methods chained to a call that read its reply, and so belong into the attempt: `json` of ky. */
  readonly readers?: readonly string[];
  /** How a policy is written where a client is made; absent: it is put around each call. */
  readonly write?: SeamWrite;
  /** `false`: its calls take no signal, so that a policy only stops waiting for them. */
  readonly takesSignal?: false;
  /** `unsent`: reads cannot be told from writes, so only what was never sent is tried again, and there is no circuit. */
  readonly policies?: 'all' | 'unsent';
  /** semver range of the package in which the seam is there; absent: every version of the model. */
  readonly versions?: string;
  /** Proved by running it, not only read. */
  readonly tried: boolean;
}

/** How a policy gets into a client that is made. */
export interface SeamWrite {
  /** The function of the module that makes the policy fit the client (`sections.ts` of the codemod's module). */
  readonly section: SectionName;
  /**
   * - `option`: `adapter: axiosAdapter(payments)` among the options
   * - `list`: the same, as the last item of a list of options: `handlers: [gotHandler(payments)]`
   * - `around`: `throughPolicy(payments, new S3Client({}))`, which gives the client itself
   * - `chain`: a method called on the client, whose result takes its place: `.$extends(prismaPolicy(database))`
   */
  readonly form: 'option' | 'list' | 'around' | 'chain';
  /** The option, or the method. */
  readonly path: string;
  /** Options that are written beside it, and what they do: `retry: 0`, so that one layer alone tries again. */
  readonly beside?: readonly { readonly path: string; readonly text: string }[];
  /** What says which service a client talks to. */
  readonly service: SeamService;
}

export type SeamService =
  /** An option with its address, below which all calls are. */
  | { readonly is: 'option'; readonly path: string }
  /** An argument with its address. */
  | { readonly is: 'argument'; readonly at: number }
  /** The end of the package's name: `s3` of `@aws-sdk/client-s3`. */
  | { readonly is: 'package'; readonly after: string }
  /** One such client talks to one service, whatever its address: a database. */
  | { readonly is: 'constant'; readonly name: string };

export type SectionName = 'axiosAdapter' | 'grpcPolicy' | 'store' | 'throughPolicy';
