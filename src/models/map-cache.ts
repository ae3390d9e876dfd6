import type { ClientModel } from './types.js';

/**
 * A Map in the process, where a class of the project makes a cache of it. No package leads here, and no
 * bare Map either: too many are registries.
 */
export const MAP_CACHE: ClientModel = {
  id: 'map-cache',
  title: 'Map',
  kind: 'cache',
  packages: [],
  checked: ['ECMAScript 2024'],
  exports: {},
  clients: {
    map: {
      title: 'Map',
      perCall: false,
      operations: {
        get: { effect: 'none', empty: { path: '', value: 'undefined' }, cache: { role: 'read', holds: 'reference' } },
        set: { effect: 'none', cache: { role: 'write', value: { at: [1] }, holds: 'reference' } },
      },
    },
  },
  bounds: [],
  inProcess: 'always',
  unmendable: true,
  unbounded: 'never leaves the process',
  mend: 'ask no time limit of it',
  sources: { empty: 'ECMAScript 2024, 24.1.3.6 Map.prototype.get' },
  verified: 'docs',
};
