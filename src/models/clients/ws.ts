import type { ClientModel, OperationModel } from '../types.js';

// What is sent is sent: nobody answers it, so nothing waits.
const sent = { effect: 'write', mode: 'stream' } as const satisfies OperationModel;

export const models: readonly ClientModel[] = [
  {
    id: 'ws',
    title: 'ws',
    kind: 'rpc',
    packages: ['ws'],
    versions: '>=7',
    checked: ['8.23.0', '7.5.14'],
    exports: {
      default: { is: 'class', makes: 'socket', options: { at: [2, 1] } },
      WebSocket: { is: 'class', makes: 'socket', options: { at: [2, 1] } },
    },
    clients: {
      socket: { title: 'WebSocket', operations: { send: sent, ping: sent, pong: sent }, perCall: true, harmless: ['terminate', 'pause', 'resume'], types: ['WebSocket'] },
    },
    // A socket that is opened may take its time or be given up by a timer of the code; the model tells, and no rule asks.
    bounds: [{ path: 'handshakeTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: null, zero: 'unlimited', note: 'bounds the opening handshake, connecting too', source: 'handshake' }],
    edits: [{ at: 'client', path: 'handshakeTimeout', value: 'ms' }],
    seam: { kind: 'none', note: 'a socket is no call', tried: false },
    retry: { retries: 0, methods: [], backoff: 'none', jitter: false, note: 'a connection that is lost stays lost', source: 'handshake' },
    errors: { timeout: ['Opening handshake has timed out'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever for the opening handshake',
    mend: 'set `handshakeTimeout`, and end a connection whose pong does not come',
    unmendable: true,
    sources: { handshake: 'ws@8.23.0 lib/websocket.js:22,668,789,918-922,1374; ws@7.5.14 lib/websocket.js' },
    verified: 'source+test',
  },
];
