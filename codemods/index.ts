// Generated from the files of this folder by `npm run update`. Do not edit.
import type { Codemod } from '../src/codemod/define-codemod.js';
import addErrorCauses from './add-error-causes.js';
import addTimeouts from './add-timeouts.js';
import hardenPools from './harden-pools.js';
import hardenRetries from './harden-retries.js';
import releaseInFinally from './release-in-finally.js';
import wrapClients from './wrap-clients.js';

export const codemods: Readonly<Record<string, Codemod>> = {
  'add-error-causes': addErrorCauses,
  'add-timeouts': addTimeouts,
  'harden-pools': hardenPools,
  'harden-retries': hardenRetries,
  'release-in-finally': releaseInFinally,
  'wrap-clients': wrapClients,
};
