import type { ClientModel, OperationModel } from '../types.js';

// It gives the socket: who reads it says how long.
const connect = { options: { at: [0] }, effect: 'none', mode: 'stream', ends: ['timeout'], chained: [{ method: 'setTimeout', path: '', covers: 'idle', endsBy: 'destroy' }] } as const satisfies OperationModel;

export const models: readonly ClientModel[] = [
  {
    id: 'node-net',
    title: 'node:net',
    kind: 'rpc',
    packages: ['node:net', 'node:tls', 'net', 'tls'],
    checked: ['node@20.20.2'],
    exports: {
      connect: { is: 'operation', ...connect },
      createConnection: { is: 'operation', ...connect },
    },
    clients: {},
    bounds: [
      {
        path: 'timeout', at: ['call'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited', rejects: false,
        note: "only emits 'timeout': the socket stays open, and connecting goes on, unless the handler calls `socket.destroy()`", source: 'test',
      },
      {
        path: 'autoSelectFamilyAttemptTimeout', at: ['call'], covers: 'connect', unit: 'ms', default: 250,
        note: 'bounds an attempt at one address where a name has several, and none where it has one', source: 'test',
      },
    ],
    signal: { path: 'signal', at: ['call'], source: 'test' },
    seam: { kind: 'call', tried: false },
    errors: { timeout: ['ETIMEDOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits until the system gives up connecting, minutes later, and for ever once connected',
    mend: "pass `signal`, or set `timeout` and destroy the socket in its 'timeout' handler",
    sources: { test: "run on node 20.20.2: after the event the socket was neither destroyed nor closed, while connecting and after; lib/net.js (lookupAndConnectMultiple)" },
    verified: 'source+test',
  },
];
