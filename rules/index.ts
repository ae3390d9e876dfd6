// Generated from the files of this folder by `npm run update`. Do not edit.
import type { ResilienceRule } from '../src/eslint/create-rule.js';
import noInvertedNullGuard from './no-inverted-null-guard.js';
import noUnguardedNull from './no-unguarded-null.js';
import requireTimeout from './require-timeout.js';

export const rules: Readonly<Record<string, ResilienceRule>> = {
  'no-inverted-null-guard': noInvertedNullGuard,
  'no-unguarded-null': noUnguardedNull,
  'require-timeout': requireTimeout,
};
