import type { ClientModel, OperationModel } from '../types.js';

// The limit counts only where a handler of the 'timeout' event ends the request.
const request = {
  options: { at: [1, 0] },
  url: { at: [0] },
  ends: ['timeout'],
  streamsToCallback: true,
  chained: [{ method: 'setTimeout', path: '', covers: 'idle', endsBy: 'destroy' }],
} as const satisfies Partial<OperationModel>;

export const models: readonly ClientModel[] = [
  {
    id: 'node-http',
    title: 'node:http',
    kind: 'http',
    packages: ['node:http', 'node:https', 'http', 'https'],
    checked: ['node@20.20.2'],
    exports: {
      request: { is: 'operation', ...request, effect: 'by-http-method' },
      get: { is: 'operation', ...request, effect: 'read' },
      Agent: { is: 'options', options: { at: [0] } },
    },
    clients: {},
    bounds: [
      {
        path: 'timeout', at: ['call'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited', rejects: false,
        note: "only emits 'timeout': the request goes on unless the handler calls `req.destroy()`", source: 'test',
      },
      {
        path: 'agent.timeout', at: ['call'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited', rejects: false,
        note: "only emits 'timeout' on a request that is under way", source: 'test',
      },
    ],
    signal: { path: 'signal', at: ['call'], source: 'test' },
    edits: [{ at: 'call', path: 'signal', value: 'signal' }],
    mutators: [
      { text: 'globalAgent', by: 'assign', path: 'globalAgent', sets: 'agent' },
      { text: 'globalAgent.options.timeout', by: 'assign', path: 'globalAgent.options.timeout', sets: 'agent.timeout' },
    ],
    seam: { kind: 'call', tried: false },
    errors: { timeout: [], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    pool: [{ limits: 'sockets', path: 'agent.maxSockets', default: 'unlimited', source: 'agent' }],
    unbounded: 'waits for ever on a silent server, as Node sets no limit of its own',
    mend: "pass `signal: AbortSignal.timeout(ms)`, or set `timeout` and destroy the request in its 'timeout' handler",
    sources: {
      test: 'run on node 20: after the event the request was still pending and req.destroyed was false',
      agent: 'node 20.20.2, http.globalAgent.maxSockets',
    },
    verified: 'source+test',
  },
];
