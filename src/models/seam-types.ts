import type { OutcomesName } from './outcomes.js';

/** Where a policy can be put without changing the client's type: part of the schema in `types.ts`, for codemods. */
export interface SeamModel {
  /** What the policy is put into; `none`: nothing of the client takes one. */
  readonly kind: 'adapter' | 'fetch-option' | 'handler' | 'dispatcher' | 'middleware' | 'extension' | 'interceptor' | 'call' | 'none';
  /** The option, or the member, that takes it. */
  readonly path?: string;
  /** One clause for reports. */
  readonly note?: string;
  /** How what the client gives and throws is read, by name (`outcomes.ts`); absent: no policy is written around it. */
  readonly outcomes?: OutcomesName;
  /** The word by which an option of the codemod chooses it; absent: it is not asked. */
  readonly client?: SeamClient;
  /** The shapes of the model's clients that take a policy; absent: all. A lent connection or a pipeline is no client of its own. */
  readonly on?: readonly string[];
  /** Policies around calls: the service, where the client says it and no address does. */
  readonly service?: string;
  /** A call is not made before it is awaited, and what it gives is more than a promise: only a call that is awaited where it stands is wrapped. */
  readonly lazy?: true;
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
  /** The package whose place it is, where the client is a layer over another one, and the range of its versions. */
  readonly of?: { readonly package: string; readonly versions: string };
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
  /** Options that cannot stand beside it: the client throws, or goes another way. */
  readonly notWith?: readonly string[];
  /** Added to the report's title: which layer tries again. */
  readonly note?: string;
  /** What says which service a client talks to. */
  readonly service: SeamService;
  /** The client tries again and ends its attempts by itself: one of two layers has to go. */
  readonly own?: OwnAttempts;
}

/** How a client makes its attempts by itself; what the function of the module is told of it: `{ once: true, attempt: 5_000 }`. */
export interface OwnAttempts {
  /** Options that choose how it tries again: where one may be set, or a library does it, that stays, and each attempt is a call of its own. */
  readonly retries: { readonly paths: readonly string[]; readonly told: 'once' };
  /** The option that bounds one attempt: its number moves into the policy, which could not tell it from a caller's impatience. */
  readonly bound?: { readonly path: string; readonly told: 'attempt' };
}

export type SeamService =
  /** An option with its address, below which all calls are. */
  | { readonly is: 'option'; readonly path: string }
  /** An argument with its address. */
  | { readonly is: 'argument'; readonly at: number }
  /** The end of the package's name: `s3` of `@aws-sdk/client-s3`. */
  | {
      readonly is: 'package';
      readonly after: string;
      /** The option that names an address of another service in its place. */
      readonly address: string;
      /** The option that tells one of several such services from another: a region. */
      readonly among: string;
      /** Services whose calls take minutes, by their nature: no common bound fits them. */
      readonly slow: readonly string[];
    }
  /** One such client talks to one service, whatever its address: a database. */
  | { readonly is: 'constant'; readonly name: string };

/** Clients by the word of the codemod's option. */
export type SeamClient = 'fetch' | 'undici' | 'axios' | 'got' | 'ky' | 'nest' | 'aws-sdk' | 'grpc' | 'prisma' | 'pg' | 'ioredis' | 'redis';

export type SectionName = 'axiosAdapter' | 'gotHandler' | 'grpcPolicy' | 'kyFetch' | 'store' | 'throughPolicy';
