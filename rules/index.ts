// Generated from the files of this folder by `npm run update`. Do not edit.
import type { ResilienceRule } from '../src/eslint/create-rule.js';
import requireTimeout from './require-timeout.js';

export const rules: Readonly<Record<string, ResilienceRule>> = {
  'require-timeout': requireTimeout,
};
