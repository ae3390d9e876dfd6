// Generated from the files of this folder by `npm run update`. Do not edit.
import type { ResilienceRule } from '../src/eslint/create-rule.js';
import noAmbiguousCacheHit from './no-ambiguous-cache-hit.js';
import noCacheFillOnError from './no-cache-fill-on-error.js';
import noEmptyCatch from './no-empty-catch.js';
import noInvertedNullGuard from './no-inverted-null-guard.js';
import noKeyspaceScan from './no-keyspace-scan.js';
import noNestedRetry from './no-nested-retry.js';
import noSwallowedError from './no-swallowed-error.js';
import noTimeoutOverrun from './no-timeout-overrun.js';
import noUnguardedNull from './no-unguarded-null.js';
import noUnsafeRetry from './no-unsafe-retry.js';
import requireCacheTtl from './require-cache-ttl.js';
import requireCircuitBreaker from './require-circuit-breaker.js';
import requireErrorCause from './require-error-cause.js';
import requirePoolLimits from './require-pool-limits.js';
import requireRelease from './require-release.js';
import requireRetryBackoff from './require-retry-backoff.js';
import requireRetryLimit from './require-retry-limit.js';
import requireTimeout from './require-timeout.js';

export const rules: Readonly<Record<string, ResilienceRule>> = {
  'no-ambiguous-cache-hit': noAmbiguousCacheHit,
  'no-cache-fill-on-error': noCacheFillOnError,
  'no-empty-catch': noEmptyCatch,
  'no-inverted-null-guard': noInvertedNullGuard,
  'no-keyspace-scan': noKeyspaceScan,
  'no-nested-retry': noNestedRetry,
  'no-swallowed-error': noSwallowedError,
  'no-timeout-overrun': noTimeoutOverrun,
  'no-unguarded-null': noUnguardedNull,
  'no-unsafe-retry': noUnsafeRetry,
  'require-cache-ttl': requireCacheTtl,
  'require-circuit-breaker': requireCircuitBreaker,
  'require-error-cause': requireErrorCause,
  'require-pool-limits': requirePoolLimits,
  'require-release': requireRelease,
  'require-retry-backoff': requireRetryBackoff,
  'require-retry-limit': requireRetryLimit,
  'require-timeout': requireTimeout,
};
