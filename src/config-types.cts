// Generated from the schemas of rules and the options of codemods by `npm run update`. Do not edit.
/** @ts-ignore Before 5.3 a compiler has no syntax for a type of an ES module in a CommonJS one. */
import type { GivenModels } from './models/given-models.js';

export type RuleName = 'no-ambiguous-cache-hit' | 'no-cache-fill-on-error' | 'no-empty-catch' | 'no-inverted-null-guard' | 'no-keyspace-scan' | 'no-nested-retry' | 'no-swallowed-error' | 'no-timeout-overrun' | 'no-unguarded-null' | 'no-unsafe-retry' | 'require-cache-ttl' | 'require-circuit-breaker' | 'require-error-cause' | 'require-pool-limits' | 'require-release' | 'require-retry-backoff' | 'require-retry-limit' | 'require-timeout';

export type PresetName = 'recommended' | 'strict' | 'all' | 'cache' | 'errors' | 'nulls' | 'resources' | 'retries' | 'timeouts';

type Severity = 0 | 1 | 2 | 'off' | 'warn' | 'error';

/** A severity, alone or with options. */
export type RuleEntry<Options extends unknown[]> = Severity | [Severity, ...Options];

/** The entries of `rules` that this plugin knows. A type and no interface: only such a one fits ESLint's `RulesConfig`. */
export type ResilienceRules = {
  /**
   * Disallow hit tests that cannot tell a missing or empty cache entry from one that is there.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-ambiguous-cache-hit.md
   */
  'resilience/no-ambiguous-cache-hit'?: RuleEntry<[{
    /** Also report parsed values that are stored and served unchecked, where nothing is known of the function that loads them. Default: `false`. */
    readonly checkUnknown?: boolean;
  }?]>;
  /**
   * Disallow writing to a cache because something failed: the read before it, or the load of the value.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-cache-fill-on-error.md
   */
  'resilience/no-cache-fill-on-error'?: RuleEntry<[{
    /** Also report writes after a read by a function of the project that gives a failure back as a miss. Default: `false`. */
    readonly checkWrappers?: boolean;
  }?]>;
  /**
   * Disallow error handlers that do nothing with the failure of a write or another awaited call.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-empty-catch.md
   */
  'resilience/no-empty-catch'?: RuleEntry<[{
    /** Which comments excuse a handler that does nothing: any words, words that give a reason (`ignore` and `noop` do not), or none. Default: `"any"`. */
    readonly comments?: 'any' | 'reason' | 'never';
    /** What has to be at stake: a call that leaves the process or is awaited, or any call that can throw. Default: `"io"`. */
    readonly calls?: 'io' | 'any';
  }?]>;
  /**
   * Disallow conditions that let through exactly what they were to keep out.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-inverted-null-guard.md
   */
  'resilience/no-inverted-null-guard'?: RuleEntry<[Record<string, never>?]>;
  /**
   * Disallow commands that touch every key of a store in code that serves requests.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-keyspace-scan.md
   */
  'resilience/no-keyspace-scan'?: RuleEntry<[Record<string, never>?]>;
  /**
   * Disallow a retry around a call that retries by itself.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-nested-retry.md
   */
  'resilience/no-nested-retry'?: RuleEntry<[]>;
  /**
   * Disallow error handlers after which a caller takes a failure for a result.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-swallowed-error.md
   */
  'resilience/no-swallowed-error'?: RuleEntry<[{
    /** Constants in place of a result: those that look like an empty result (`[]`, `{}`), also `null` and `undefined`, and `.catch(() => [])`, where the call is a known client, `.catch(() => [])` on every call, or none. Default: `"empty"`. */
    readonly defaults?: 'empty' | 'any' | 'everywhere' | 'never';
    /** Failures that are only logged: where the answer then claims success, every write as well, or none. Default: `"success"`. */
    readonly logged?: 'success' | 'writes' | 'never';
  }?]>;
  /**
   * Disallow time limits that cannot hold within each other.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-timeout-overrun.md
   */
  'resilience/no-timeout-overrun'?: RuleEntry<[]>;
  /**
   * Require a guard where something that may be missing is used.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-unguarded-null.md
   */
  'resilience/no-unguarded-null'?: RuleEntry<[{
    /** What may be missing: row, record, response, chain, member, lookup, match, env, web, reduce, function. Default: `["row","record","response","chain"]`. */
    readonly sources?: readonly ('row' | 'record' | 'response' | 'chain' | 'member' | 'lookup' | 'match' | 'env' | 'web' | 'reduce' | 'function')[];
    /** Report data from outside (row, record, response, chain) that is only claimed to be there, by `!` or a cast. Default: `false`. */
    readonly checkAssertions?: boolean;
    /** Report data from outside that is tested elsewhere in the function, though not on the way. Default: `false`. */
    readonly checkTested?: boolean;
  }?]>;
  /**
   * Disallow retries of writes that may then happen twice.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-unsafe-retry.md
   */
  'resilience/no-unsafe-retry'?: RuleEntry<[]>;
  /**
   * Require a time to live for what is put into a cache that keeps entries for ever.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-cache-ttl.md
   */
  'resilience/require-cache-ttl'?: RuleEntry<[{
    /** Also report an entry for each id that nobody removes, where nothing shows that the store is used as a cache. Default: `false`. */
    readonly checkEntries?: boolean;
  }?]>;
  /**
   * Require a circuit breaker around remote calls that are retried.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-circuit-breaker.md
   */
  'resilience/require-circuit-breaker'?: RuleEntry<[]>;
  /**
   * Require that an error which is made for another one keeps it as its cause.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-error-cause.md
   */
  'resilience/require-error-cause'?: RuleEntry<[{
    /** Also report builtin errors that are thrown in a `catch`, as `preserve-caught-error` of ESLint does. Default: `false`. */
    readonly includeCore?: boolean;
    /** Also report where the handler gives the first error to a log, to telemetry or to another function. Default: `false`. */
    readonly checkLogged?: boolean;
  }?]>;
  /**
   * Require a limit to the size of a pool and to the wait for a free connection.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-pool-limits.md
   */
  'resilience/require-pool-limits'?: RuleEntry<[{
    /** Limit of the wait for a free connection that suggestions write, in milliseconds. Default: `5000`. */
    readonly suggestedWaitMs?: number;
    /** Number of connections that suggestions write. Default: `10`. */
    readonly suggestedSize?: number;
    /** Number of waiting callers that suggestions write. Default: `100`. */
    readonly suggestedWaiters?: number;
  }?]>;
  /**
   * Require what is taken from a pool, locked or opened to be given back, also when something fails.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-release.md
   */
  'resilience/require-release'?: RuleEntry<[]>;
  /**
   * Require a delay between attempts.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-retry-backoff.md
   */
  'resilience/require-retry-backoff'?: RuleEntry<[{
    /** Report delays that are the same after each failure. Default: `false`. */
    readonly growth?: boolean;
    /** Report delays that have no random part. Default: `false`. */
    readonly jitter?: boolean;
  }?]>;
  /**
   * Require that retries end.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-retry-limit.md
   */
  'resilience/require-retry-limit'?: RuleEntry<[]>;
  /**
   * Require a time bound on every outbound call.
   * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-timeout.md
   */
  'resilience/require-timeout'?: RuleEntry<[{
    /** Kinds of dependency that must be bounded: http, rpc, db, cache, queue, sdk, exec. Default: `["http","rpc","cache","sdk"]`. */
    readonly kinds?: readonly ('http' | 'rpc' | 'db' | 'cache' | 'queue' | 'sdk' | 'exec')[];
    /** Time limit that suggestions write, in milliseconds. Default: `10000`. */
    readonly suggestedMs?: number;
  }?]>;
};

/** Options of codemods, by name. */
export interface CodemodSettings {
  /** Hand the caught error to the one that is thrown in its place. */
  readonly 'add-error-causes'?: {
    /** Also mend builtin errors that are thrown in a `catch`, which `preserve-caught-error` of ESLint reports. Default: `true`. */
    readonly core?: boolean;
    /** Also where the handler gives the first error to a log, to telemetry or to another function. Default: `false`. */
    readonly logged?: boolean;
  };
  /** Give a time bound to every outbound call and client that `require-timeout` reports. */
  readonly 'add-timeouts'?: {
    /** Kinds of dependency whose calls are bounded. Default: `["http","rpc"]`. */
    readonly kinds?: readonly ('http' | 'rpc' | 'db' | 'cache' | 'queue' | 'sdk' | 'exec')[];
    /** Bound of a request. Default: `10000`. */
    readonly request?: number;
    /** Bound of a download or an upload. Default: `120000`. */
    readonly transfer?: number;
    /** Bound of the answer of a language model. Default: `120000`. */
    readonly generation?: number;
    /** Bound clients of databases, caches and queues as a whole: every statement and command through them. Default: `false`. */
    readonly 'whole-clients'?: boolean;
  };
  /** Give every pool that `require-pool-limits` reports the limits that it lacks. */
  readonly 'harden-pools'?: {
    /** How long a caller waits for a free connection. Default: `5000`. */
    readonly wait?: number;
    /** How many connections a pool without a limit gets. Default: `10`. */
    readonly size?: number;
    /** How many callers may wait, where a library cannot limit how long. Default: `100`. */
    readonly waiters?: number;
  };
  /** Give every retry that lacks them a growing, capped delay with full jitter, and a limit. */
  readonly 'harden-retries'?: {
    /** The longest first wait, where nobody wrote one; it doubles from there. Default: `200`. */
    readonly base?: number;
    /** The longest wait, where nobody wrote one. Default: `10000`. */
    readonly cap?: number;
    /** How often a retry without an end tries in all. Default: `3`. */
    readonly attempts?: number;
    /** The first wait of a job of a queue, where nobody wrote one. Default: `1000`. */
    readonly job?: number;
  };
  /** Move releases that only the happy path reaches into a `finally`. */
  readonly 'release-in-finally'?: Record<string, never>;
  /** Put calls to other services behind policies: a deadline, retries of what may be sent again, a bulkhead, a circuit breaker and a bound for each attempt. */
  readonly 'wrap-clients'?: {
    /** Clients whose calls go behind policies; those of databases and stores get a deadline, and retries of what was never sent, at each call. Default: `["fetch","undici","axios","got","ky","nest","aws-sdk","grpc"]`. */
    readonly clients?: readonly ('fetch' | 'undici' | 'axios' | 'got' | 'ky' | 'nest' | 'aws-sdk' | 'grpc' | 'prisma' | 'pg' | 'ioredis' | 'redis')[];
    /** Module of the policies, below each package; the name of a package (`@acme/resilience`) for one that all share. Default: `"src/resilience"`. */
    readonly module?: string;
    /** What a new module of policies is made on. Default: `"cockatiel"`. */
    readonly library?: 'cockatiel' | 'opossum';
    /** Bound of a whole call: all attempts, and the waiting between them. Default: `30000`. */
    readonly deadline?: number;
    /** Bound of one attempt. Default: `10000`. */
    readonly attempt?: number;
    /** Attempts after the first, of calls that may be sent again. Default: `2`. */
    readonly retries?: number;
    /** Longest wait before the first retry; it doubles with each one. Default: `200`. */
    readonly backoff?: number;
    /** Longest wait between two attempts. Default: `5000`. */
    readonly 'max-backoff'?: number;
    /** Calls to one service under way at once. Default: `200`. */
    readonly concurrency?: number;
    /** The circuit opens when more than this share of the last attempts failed, percent. Default: `50`. */
    readonly 'failure-rate'?: number;
    /** How many attempts are looked at for that. Default: `20`. */
    readonly window?: number;
    /** How long an open circuit rejects calls before it lets one through to try. Default: `10000`. */
    readonly 'half-open-after'?: number;
    /** Deadline of a download or an upload. Default: `120000`. */
    readonly transfer?: number;
    /** Deadline of the answer of a language model. Default: `120000`. */
    readonly generation?: number;
  };
}

/** `settings.resilience`. */
export interface ResilienceSettings {
  /** Read other files of the project. Default: `true`. */
  readonly crossFile?: boolean;
  /** Where the code runs, where detection is wrong. */
  readonly runtime?: 'node' | 'browser' | 'worker' | 'script' | 'unknown';
  /** What your own or unlisted libraries do. */
  readonly models?: GivenModels;
  /** Options of codemods; flags of the command line win. */
  readonly codemods?: CodemodSettings;
  /** Written by `withProject()`. */
  readonly workspaceFingerprint?: string;
}

// Where a package manager hides ESLint's own dependencies from its plugins, this names nothing and does nothing.
/** @ts-ignore */
declare module '@eslint/core' {
  interface RulesConfig {
    /**
     * Disallow hit tests that cannot tell a missing or empty cache entry from one that is there.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-ambiguous-cache-hit.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-ambiguous-cache-hit'?: ResilienceRules['resilience/no-ambiguous-cache-hit'];
    /**
     * Disallow writing to a cache because something failed: the read before it, or the load of the value.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-cache-fill-on-error.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-cache-fill-on-error'?: ResilienceRules['resilience/no-cache-fill-on-error'];
    /**
     * Disallow error handlers that do nothing with the failure of a write or another awaited call.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-empty-catch.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-empty-catch'?: ResilienceRules['resilience/no-empty-catch'];
    /**
     * Disallow conditions that let through exactly what they were to keep out.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-inverted-null-guard.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-inverted-null-guard'?: ResilienceRules['resilience/no-inverted-null-guard'];
    /**
     * Disallow commands that touch every key of a store in code that serves requests.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-keyspace-scan.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-keyspace-scan'?: ResilienceRules['resilience/no-keyspace-scan'];
    /**
     * Disallow a retry around a call that retries by itself.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-nested-retry.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-nested-retry'?: ResilienceRules['resilience/no-nested-retry'];
    /**
     * Disallow error handlers after which a caller takes a failure for a result.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-swallowed-error.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-swallowed-error'?: ResilienceRules['resilience/no-swallowed-error'];
    /**
     * Disallow time limits that cannot hold within each other.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-timeout-overrun.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-timeout-overrun'?: ResilienceRules['resilience/no-timeout-overrun'];
    /**
     * Require a guard where something that may be missing is used.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-unguarded-null.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-unguarded-null'?: ResilienceRules['resilience/no-unguarded-null'];
    /**
     * Disallow retries of writes that may then happen twice.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/no-unsafe-retry.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/no-unsafe-retry'?: ResilienceRules['resilience/no-unsafe-retry'];
    /**
     * Require a time to live for what is put into a cache that keeps entries for ever.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-cache-ttl.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/require-cache-ttl'?: ResilienceRules['resilience/require-cache-ttl'];
    /**
     * Require a circuit breaker around remote calls that are retried.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-circuit-breaker.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/require-circuit-breaker'?: ResilienceRules['resilience/require-circuit-breaker'];
    /**
     * Require that an error which is made for another one keeps it as its cause.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-error-cause.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/require-error-cause'?: ResilienceRules['resilience/require-error-cause'];
    /**
     * Require a limit to the size of a pool and to the wait for a free connection.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-pool-limits.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/require-pool-limits'?: ResilienceRules['resilience/require-pool-limits'];
    /**
     * Require what is taken from a pool, locked or opened to be given back, also when something fails.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-release.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/require-release'?: ResilienceRules['resilience/require-release'];
    /**
     * Require a delay between attempts.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-retry-backoff.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/require-retry-backoff'?: ResilienceRules['resilience/require-retry-backoff'];
    /**
     * Require that retries end.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-retry-limit.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/require-retry-limit'?: ResilienceRules['resilience/require-retry-limit'];
    /**
     * Require a time bound on every outbound call.
     * @see https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules/require-timeout.md
     * @ts-ignore Optional beside an index signature. */
    'resilience/require-timeout'?: ResilienceRules['resilience/require-timeout'];
  }
  interface SettingsConfig {
    /** What all rules of `resilience` share. */
    resilience?: ResilienceSettings;
  }
}
