// Generated from the files of this folder by `npm run update`. Do not edit.
import type { Codemod } from '../src/codemod/define-codemod.js';
import addTimeouts from './add-timeouts.js';
import hardenPools from './harden-pools.js';

export const codemods: Readonly<Record<string, Codemod>> = {
  'add-timeouts': addTimeouts,
  'harden-pools': hardenPools,
};
