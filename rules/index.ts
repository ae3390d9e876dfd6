// Generated from the files of this folder by `npm run update`. Do not edit.
import type { ResilienceRule } from '../src/eslint/create-rule.js';
import noAmbiguousCacheHit from './no-ambiguous-cache-hit.js';
import noCacheFillOnError from './no-cache-fill-on-error.js';
import requireTimeout from './require-timeout.js';

export const rules: Readonly<Record<string, ResilienceRule>> = {
  'no-ambiguous-cache-hit': noAmbiguousCacheHit,
  'no-cache-fill-on-error': noCacheFillOnError,
  'require-timeout': requireTimeout,
};
