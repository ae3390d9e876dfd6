import type { ClientModel, OperationModel } from '../types.js';

// Without an acknowledgement nothing is waited for; while there is no connection, it is kept until there is one.
const emit = { effect: 'write', mode: 'stream' } as const satisfies OperationModel;
const asked = { effect: 'unknown' } as const satisfies OperationModel;

export const models: readonly ClientModel[] = [
  {
    id: 'socket.io-client',
    title: 'Socket.IO client',
    kind: 'rpc',
    packages: ['socket.io-client'],
    versions: '>=4',
    checked: ['4.8.4'],
    exports: {
      io: { is: 'factory', makes: 'socket', options: { at: [1, 0] } },
      connect: { is: 'factory', makes: 'socket', options: { at: [1, 0] } },
      default: { is: 'factory', makes: 'socket', options: { at: [1, 0] } },
    },
    clients: {
      socket: {
        title: 'Socket.IO socket',
        operations: { emit, send: emit, emitWithAck: asked },
        members: { timeout: { is: 'chain', client: 'timed' }, compress: { is: 'chain', client: 'socket' }, volatile: { is: 'client', client: 'socket' } },
        perCall: true,
        harmless: ['connect', 'open', 'disconnect', 'close'],
        types: ['Socket'],
      },
      // What `timeout(ms)` gives: an acknowledgement is waited for no longer.
      timed: { title: 'Socket.IO socket with a timeout', operations: { emit, emitWithAck: { ...asked, mode: 'stream' } }, perCall: true },
    },
    bounds: [
      { path: 'ackTimeout', at: ['client'], covers: 'total', unit: 'ms', default: null, zero: 'immediate', versions: '>=4.6', note: 'bounds the wait for an acknowledgement', source: 'ack' },
      { path: 'timeout', at: ['client'], covers: 'connect', unit: 'ms', default: 20_000, off: [false], note: 'bounds each attempt to connect', source: 'connect' },
    ],
    edits: [{ at: 'client', path: 'ackTimeout', value: 'ms', clients: ['socket'], versions: '>=4.6' }],
    seam: { kind: 'none', note: 'wrap the call', tried: false },
    retry: {
      retries: 0, methods: [], backoff: 'none', jitter: false,
      note: 'connecting is tried without end, 1 s to 5 s apart with jitter; with `retries` and `ackTimeout` an event is sent again until it is acknowledged', source: 'connect',
    },
    repeat: { again: ['emit', 'send', 'emitWithAck'], source: 'ack' },
    errors: { timeout: ['operation has timed out'], nothingSent: [] },
    unbounded: 'waits for an acknowledgement for as long as the connection stands, as Socket.IO sets no limit to it',
    mend: 'write `socket.timeout(ms).emitWithAck(…)`, or set `ackTimeout` where the socket is made',
    sources: {
      ack: 'socket.io-client@4.8.4 build/cjs/socket.js:252-305,365,726; run: pending without a limit, and rejected by each of the two',
      connect: 'socket.io-client@4.8.4 build/cjs/manager.js:62-72; run: the gaps between attempts',
    },
    verified: 'source+test',
  },
];
