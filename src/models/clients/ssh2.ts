import type { ClientModel } from '../types.js';

export const models: readonly ClientModel[] = [
  {
    id: 'ssh2',
    title: 'ssh2',
    kind: 'exec',
    packages: ['ssh2'],
    checked: ['1.17.0'],
    exports: { Client: { is: 'class', makes: 'client' } },
    clients: {
      client: {
        title: 'SSH client',
        operations: {
          // The callback is handed a stream, and the command may run for hours.
          exec: { effect: 'unknown', mode: 'stream' },
          shell: { effect: 'unknown', mode: 'stream' },
          'forward*': { effect: 'none', mode: 'stream' },
          sftp: { effect: 'none', mode: 'stream' },
          subsys: { effect: 'none', mode: 'stream' },
        },
        perCall: true,
        harmless: ['end', 'destroy'],
        types: ['Client'],
      },
    },
    // They stand in the argument of `connect`, not where the client is made.
    bounds: [{ path: 'readyTimeout', at: ['call'], covers: 'connect', unit: 'ms', default: 20_000, zero: 'unlimited', note: 'bounds connecting and the handshake, no command', source: 'ready' }],
    seam: { kind: 'none', note: 'what it gives are streams', tried: false },
    errors: { timeout: ['Timed out while waiting for handshake'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever for a command that does not end, as only the handshake has a limit',
    mend: 'set `keepaliveInterval`, and end the stream of a command by a timer',
    unmendable: true,
    sources: { ready: 'ssh2@1.17.0 lib/client.js:133-144' },
    verified: 'source',
  },
];
