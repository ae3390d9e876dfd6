// Generated from the schemas of rules and the options of codemods by `npm run update`. Do not edit.
import type { ResilienceRules, ResilienceSettings } from './config-types.cjs';

export type { CodemodSettings, PresetName, ResilienceRules, ResilienceSettings, RuleName } from './config-types.cjs';

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
