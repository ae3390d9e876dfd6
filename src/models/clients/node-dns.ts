import type { ClientModel, OperationModel } from '../types.js';

// `lookup` is none of them: the system resolves, by limits of its own, and no option of Node ends it.
const read = { effect: 'read' } as const satisfies OperationModel;

export const models: readonly ClientModel[] = [
  {
    id: 'node-dns',
    title: 'node:dns',
    kind: 'rpc',
    packages: ['node:dns', 'dns'],
    checked: ['node@20.20.2'],
    exports: {
      'resolve*': { is: 'operation', ...read },
      reverse: { is: 'operation', ...read },
      'promises.resolve*': { is: 'operation', ...read },
      'promises.reverse': { is: 'operation', ...read },
      Resolver: { is: 'class', makes: 'resolver', options: { at: [0] } },
      'promises.Resolver': { is: 'class', makes: 'resolver', options: { at: [0] } },
    },
    clients: {
      resolver: { title: 'DNS resolver', operations: { 'resolve*': read, reverse: read }, perCall: false, harmless: ['cancel', 'setServers', 'getServers', 'setLocalAddress'], types: ['Resolver'] },
    },
    bounds: [{ path: 'timeout', at: ['client'], covers: 'attempt', unit: 'ms', default: 3000, note: 'bounds the first of 4 tries, later ones longer: 20 s to 30 s in all', source: 'timeout' }],
    edits: [{ at: 'client', path: 'timeout', value: 'ms' }],
    seam: { kind: 'call', tried: false },
    errors: { timeout: ['ETIMEOUT'], nothingSent: ['ECONNREFUSED'] },
    unbounded: 'is given up after the tries of c-ares',
    mend: 'make a `Resolver({ timeout, tries })`',
    sources: { timeout: 'node 20.20.2 lib/internal/dns/utils.js; run: a name server that answers nothing was asked 4 times, 3 s to 8 s apart, and given up after 24 s to 29 s' },
    verified: 'source+test',
  },
];
