// Generated from the files of this folder by `npm run update`. Do not edit.
import type { ResilienceRule } from '../src/eslint/create-rule.js';
import requireRetryBackoff from './require-retry-backoff.js';
import requireRetryLimit from './require-retry-limit.js';
import requireTimeout from './require-timeout.js';

export const rules: Readonly<Record<string, ResilienceRule>> = {
  'require-retry-backoff': requireRetryBackoff,
  'require-retry-limit': requireRetryLimit,
  'require-timeout': requireTimeout,
};
