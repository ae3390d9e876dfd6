import type { ClientModel } from '../types.js';

export const models: readonly ClientModel[] = [
  {
    id: 'basic-ftp',
    title: 'basic-ftp',
    kind: 'rpc',
    packages: ['basic-ftp'],
    checked: ['6.2.6'],
    exports: { Client: { is: 'class', makes: 'client' } },
    clients: {
      client: {
        title: 'FTP client',
        operations: {
          access: { effect: 'none', waits: ['connect'] }, connect: { effect: 'none', waits: ['connect'] }, 'connect*': { effect: 'none', waits: ['connect'] }, login: { effect: 'none' }, useTLS: { effect: 'none' },
          list: { effect: 'read', empty: { path: '[0]', value: 'undefined' } }, size: { effect: 'read' }, lastMod: { effect: 'read' }, pwd: { effect: 'read' }, features: { effect: 'read' },
          'download*': { effect: 'read' },
          'upload*': { effect: 'write' }, appendFrom: { effect: 'write' }, rename: { effect: 'write' }, 'remove*': { effect: 'write' }, clearWorkingDir: { effect: 'write' }, ensureDir: { effect: 'write' },
          cd: { effect: 'none' }, cdup: { effect: 'none' }, send: { effect: 'unknown' },
        },
        perCall: false,
        harmless: ['close', 'closed', 'trackProgress', 'parseList'],
        types: ['Client'],
      },
    },
    bounds: [{ path: '', at: ['client'], covers: 'idle', unit: 'ms', default: 30_000, zero: 'unlimited', note: 'closes the client for good, which has to connect again', source: 'timeout' }],
    seam: { kind: 'none', note: 'wrap the call', tried: false },
    errors: { timeout: ['Timeout (control socket)', 'Timeout (data socket)'] },
    unbounded: 'is given up after 30 s of silence',
    mend: 'pass the timeout to `new Client(ms)`',
    sources: { timeout: 'basic-ftp@6.2.6 dist/Client.js:38-57' },
    verified: 'source',
  },
];
